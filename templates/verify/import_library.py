"""Imports every module and package of the library that is for this platform, its tests aside."""
import importlib
import os
import sys
import warnings

# Modules that do something when they are imported, and folders that are not packages.
SKIPPED = {"antigravity", "this", "idlelib", "turtledemo", "test", "lib-dynload", "site-packages", "lib2to3", "lib-tk"}
# What an ImportError names when the module is for another platform, or for what this host does not have.
ELSEWHERE = ("_scproxy", "_winapi", "_tkinter", "Windows", "winreg", "_winreg", "msvcrt", "nt", "_overlapped", "_os2emx",
             "macostools", "Carbon", "gestalt", "EasyDialogs", "os2", "_subprocess", "_msi", "bsddb", "_bsddb", "bsddb185", "gdbm", "_ctypes_test")

warnings.simplefilter("ignore")
library = os.path.dirname(os.__file__)
imported = 0
for name in sorted(os.listdir(library)):
    stem = name[:-3] if name.endswith(".py") else name
    package = os.path.isfile(os.path.join(library, name, "__init__.py"))
    if stem in SKIPPED or stem.startswith("__") or stem.startswith("_sysconfigdata") or not (name.endswith(".py") or package):
        continue
    try:
        importlib.import_module(stem)
    except ImportError as problem:
        if not any(other in str(problem) for other in ELSEWHERE):
            raise
        continue
    imported += 1
print("%d modules of the library" % imported)
