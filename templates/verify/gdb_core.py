"""gdb on a core of this interpreter: debug information by build id, source lines, and py-bt."""
import os
import subprocess
import sys
import tempfile

PROGRAM = "import time\ndef sleeper():\n    time.sleep(0)\nsleeper()\n"


def gdb(*commands, **keywords):
    arguments = ["gdb", "-nx", "-batch", "-iex", "set debuginfod enabled off", "-iex", "set auto-load safe-path /"]
    for command in commands:
        arguments += ["-ex", command]
    child = subprocess.Popen(
        arguments + keywords["arguments"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return child.communicate()[0].decode("utf-8", "replace")


if not any(os.access(os.path.join(folder, "gdb"), os.X_OK) for folder in os.environ["PATH"].split(":")):
    print("this host has no gdb")
    sys.exit(78)  # not run

folder = tempfile.mkdtemp()
script = os.path.join(folder, "sleeper.py")
with open(script, "w") as file:
    file.write(PROGRAM)
core = os.path.join(folder, "core")
output = gdb(
    "set breakpoint pending on",
    "break time_sleep",
    "run",
    "generate-core-file " + core,
    "kill",
    arguments=["--args", sys.executable, script],
)
if not os.path.exists(core):
    sys.exit("gdb made no core:\n" + output)
output = gdb("bt 3", "py-bt", arguments=[sys.executable, core])
print(output)
for wanted, what in [
    ("timemodule.c:", "a line of C source: is the debuginfo package among the packages?"),
    ("in sleeper", "the Python function in py-bt"),
]:
    if wanted not in output:
        sys.exit("gdb does not show " + what)
print("py-bt: shows sleeper()")
