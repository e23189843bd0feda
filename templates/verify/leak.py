"""How far 1000 leaked references move the count of all references."""
import sys
import tempfile

import compiled

folder = tempfile.mkdtemp()
compiled.compile_module("leak", compiled.LEAK, folder)
sys.path.insert(0, folder)
import leak  # noqa: E402

subject = object()
before = sys.gettotalrefcount()
for _ in range(1000):
    leak.call(subject)
print(sys.gettotalrefcount() - before)
