"""What an interpreter says on stderr when it ends: from 3.4 on, -X showrefcount asks for the count of references."""
import subprocess
import sys

options = ["-X", "showrefcount"] if sys.version_info >= (3, 4) else []
command = [sys.executable] + options + ["-c", "print(1)"]
child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
output, errors = child.communicate()
if output != b"1\n":
    sys.exit("stdout has more than the program's own output: %r" % output)
print("at exit: " + errors.decode("utf-8", "replace").strip())
