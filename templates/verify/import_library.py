"""Imports every module and package of the library that is for this platform, its tests aside."""
import gc
import importlib
import os
import re
import sys
import warnings

# Modules that do something when they are imported, and folders that are not part of the library proper.
# (Python 2's cookie jars import each other, and work from cookielib alone.)
SKIPPED = {"wintypes", "_LWPCookieJar", "_MozillaCookieJar", "antigravity", "this", "idlelib", "turtledemo",
           "test", "tests", "lib-dynload", "site-packages", "lib2to3",
           "lib-tk", "plat-linux2", "bsddb", "pydoc_data", "_pyrepl", "__main__", "__pycache__", "__phello__",
           "__phello__.foo"}
# What an ImportError names when the module is for another platform, or for a library that this host does not have.
ELSEWHERE = re.compile(
    r"(?<![\w.])(msilib|_scproxy|_winapi|_winreg|winreg|_overlapped|_subprocess|_msi|msvcrt|nt|_os2emx|os2|"
    r"Carbon|gestalt|EasyDialogs|macostools|MacOS|ic|findertools|_tkinter|_gdbm|gdbm|_dbm|_bsddb|bsddb185|"
    r"mbcs_encode|oem_encode|win32 only|Windows|ObjC)(?![\w.])"
)

warnings.simplefilter("ignore")
library = os.path.dirname(os.__file__)


def modules(folder, prefix):
    """The dotted names of all modules and packages below a folder."""
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        stem = name[:-3] if name.endswith(".py") else name
        if stem in SKIPPED or stem.startswith("_sysconfigdata") or stem.startswith("config-"):
            continue
        if name.endswith(".py") and stem != "__init__":
            yield prefix + stem
        elif os.path.isfile(os.path.join(path, "__init__.py")):
            yield prefix + name
            for each in modules(path, prefix + name + "."):
                yield each


# Nothing that is imported goes before the end: collecting would look at all of it again and again.
gc.disable()
imported = 0
for module in modules(library, ""):
    try:
        importlib.import_module(module)
    except ImportError as problem:
        if not ELSEWHERE.search(str(problem)):
            sys.exit("%s: %s" % (module, problem))
        continue
    imported += 1
print("%d modules of the library" % imported)
# Not through the end of the interpreter, which would take everything apart: that is not the question.
sys.stdout.flush()
os._exit(0)
