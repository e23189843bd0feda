"""sys.pydebug is True in a debug build and False in another."""
import sys

expected = hasattr(sys, "gettotalrefcount")
found = sys.pydebug
if found is not expected:
    sys.exit("sys.pydebug is %r" % (found,))
print("sys.pydebug is %r" % (found,))
