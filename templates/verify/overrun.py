"""The debug allocator notices a byte written past the end of a block, and ends the program with words."""
import os
import subprocess
import sys
import tempfile

import compiled

folder = tempfile.mkdtemp()
compiled.compile_module("overrun", compiled.OVERRUN, folder)
child = subprocess.Popen(
    [sys.executable, "-c", "import sys; sys.path.insert(0, %r); import overrun; overrun.call(None)" % folder],
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
    env=dict(os.environ, PYTHONFAULTHANDLER=""),
)
output = child.communicate()[0].decode("utf-8", "replace")
print(output)
if child.returncode >= 0:
    sys.exit("the program continued, and exited with status %d" % child.returncode)
if "bad trailing pad byte" not in output:
    sys.exit("signal %d stopped it, but not because of the block" % -child.returncode)
