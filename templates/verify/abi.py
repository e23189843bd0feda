"""Modules of two ABIs in one folder: each interpreter takes its own, and the optimized one refuses the other."""
import os
import subprocess
import sys
import tempfile

import compiled

optimized = sys.argv[1] if len(sys.argv) > 1 else ""
if not optimized:
    print("there is no optimized interpreter among the packages")
    sys.exit(77)

here = os.path.dirname(os.path.abspath(__file__))
folder = tempfile.mkdtemp()
MODULE = "abi_sample"
LOAD = "import sys; sys.path.insert(0, %r); import %s as sample; print(sample.__file__)" % (folder, MODULE)
COMPILE = (
    "import sys; sys.path.insert(0, %r); import compiled; "
    "print(compiled.compile_module(%r, compiled.LEAK, %r))" % (here, MODULE, folder)
)


def ask(interpreter, code):
    child = subprocess.Popen([interpreter, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = child.communicate()
    return child.returncode, output.decode().strip(), errors.decode("utf-8", "replace").strip()


def require(condition, message):
    if not condition:
        sys.exit(message)


own = compiled.compile_module(MODULE, compiled.LEAK, folder)
status, output, errors = ask(optimized, LOAD)
require(
    status == 1 and "Error" in errors,
    "the optimized interpreter loaded the debug extension, or died: " + output + errors,
)

status, others, errors = ask(optimized, COMPILE)
require(status == 0, "cannot compile for the optimized interpreter: " + errors)
require(own != others, "both interpreters use one file name, " + own)
for interpreter, module in [(sys.executable, own), (optimized, others)]:
    status, output, errors = ask(interpreter, LOAD)
    require(output == module, "%s loaded %s, not %s %s" % (interpreter, output, module, errors))

# Under the other's name the file name no longer protects: then it has to be the linker, or a check at import.
os.rename(own, others)
status, output, errors = ask(optimized, LOAD)
require(
    status == 1 and "ImportError" in errors,
    "the optimized interpreter loaded a debug extension that had its suffix (status %d) %s"
    % (status, output + errors),
)
print("refused: " + errors.splitlines()[-1][:120])
