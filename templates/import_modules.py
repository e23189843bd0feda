"""Imports every extension module among the ELF files that stdin names, one path a line.

Runs in the interpreter that is checked: Python 2.7 and 3. A file is an extension module when it has
the interpreter's own suffix and lies in a folder of sys.path. Prints "import NAME" before each, so
that a crash has a name, and "failed NAME: MESSAGE"; exits 1 when one failed.
"""

import importlib
import os
import sys
import sysconfig


def module_names(paths, suffix):
    folders = set(os.path.realpath(folder) for folder in sys.path if folder)
    for path in paths:
        folder, name = os.path.split(path)
        if suffix and name.endswith(suffix) and os.path.realpath(folder) in folders:
            yield name[: -len(suffix)]


def main():
    suffix = sysconfig.get_config_var("EXT_SUFFIX") or sysconfig.get_config_var("SO")
    # The folder of this script is no place to import from.
    del sys.path[0]
    failed = False
    for name in module_names(sys.stdin.read().split("\n"), suffix):
        sys.stdout.write("import %s\n" % name)
        sys.stdout.flush()
        try:
            importlib.import_module(name)
        except BaseException as problem:  # SystemExit too: a module must not end the interpreter
            failed = True
            kind = type(problem).__name__
            sys.stdout.write("failed %s: %s: %s\n" % (name, kind, str(problem).replace("\n", " ")))
            sys.stdout.flush()
    return 1 if failed else 0


# Not through sys.exit() alone: modules that were only imported may not survive the end of the interpreter.
status = main()
sys.stdout.flush()
os._exit(status)
