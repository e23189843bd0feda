"""Imports compiled modules, and says which file each was loaded from. Runs in every Python from 2.7 on.

Standard input is one JSON object: "folders" are put in front of sys.path; "modules" is a list of [NAME, FILE];
"candidates" is a list of files, of which those are imported that have the interpreter's own suffix and lie in a
folder of sys.path. Prints "import NAME" before each, so that a crash has a name, and "failed NAME: MESSAGE" when it
does not import or another file was loaded for it; further lines of a message begin with "  | ". If the import itself
fails, "raised NAME" comes first. Exits with 1 when one failed.
"""

import importlib
import json
import os
import sys
import sysconfig
import traceback


def named_by(candidates):
    """The name and file of each candidate that is a module of this interpreter."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX") or sysconfig.get_config_var("SO")
    folders = set(os.path.realpath(folder) for folder in sys.path if folder)
    for path in candidates:
        folder, name = os.path.split(path)
        if suffix and name.endswith(suffix) and os.path.realpath(folder) in folders:
            yield name[: -len(suffix)], path


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def problem_of(name, wanted):
    """Why a module cannot be used; empty when it can."""
    try:
        module = importlib.import_module(name)
    except BaseException:  # SystemExit too: a module must not end the interpreter
        say("raised %s" % name)
        return traceback.format_exc().strip()
    loaded = getattr(module, "__file__", None) or "nothing"
    if os.path.realpath(loaded) == os.path.realpath(wanted):
        return ""
    return "%s was loaded instead of %s" % (loaded, wanted)


def main():
    sys.dont_write_bytecode = True
    task = json.load(sys.stdin)
    # The folder of this script is no place to import from.
    sys.path[:1] = task["folders"]
    failed = False
    for name, wanted in task["modules"] + list(named_by(task["candidates"])):
        say("import %s" % name)
        problem = problem_of(name, wanted)
        if problem:
            failed = True
            say("failed %s: %s" % (name, problem.replace("\n", "\n  | ")))
    return 1 if failed else 0


# Not through the end of the interpreter: modules that were only imported may not survive it, and that is not the
# question.
status = main()
sys.stdout.flush()
os._exit(status)
