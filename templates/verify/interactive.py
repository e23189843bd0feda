"""Types three commands at a terminal, and counts how often the number of references is shown after one."""
import os
import pty
import re
import sys

COMMANDS = ["print(6 * 7)", "x = 1", "print(x)"]


def read_until(terminal, pattern):
    text = ""
    while not re.search(pattern, text):
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other side has gone
            piece = b""
        if not piece:
            sys.exit("the interpreter exited after:\n" + text)
        text += piece.decode("utf-8", "replace")
    return text


os.environ["PYTHON_BASIC_REPL"] = "1"  # from 3.13 on the other one draws on the screen
child, terminal = pty.fork()
if child == 0:
    options = ["-X", "showrefcount", "-q"] if sys.version_info >= (3, 4) else []
    os.execv(sys.executable, [sys.executable, "-i"] + options)
read_until(terminal, ">>> ")
counts = 0
for command in COMMANDS:
    os.write(terminal, (command + "\n").encode())
    counts += len(re.findall(r"\[-?\d+ refs", read_until(terminal, r">>> $")))
os.close(terminal)
os.waitpid(child, 0)
print("%d counts after %d commands" % (counts, len(COMMANDS)))
