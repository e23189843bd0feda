"""Imports modules and says which file each was loaded from. For any Python from 2.7 on.

Standard input: one JSON object, "folders" to put in front of sys.path and "modules", a list of [name, file].
Exits with 1, and a line for each, when a module does not import or another file was loaded for it.
"""
import importlib
import json
import os
import sys
import traceback

sys.dont_write_bytecode = True
task = json.load(sys.stdin)
sys.path[:0] = task["folders"]
failed = 0
for name, wanted in task["modules"]:
    try:
        module = importlib.import_module(name)
        loaded = getattr(module, "__file__", None) or "nothing"
        if os.path.realpath(loaded) == os.path.realpath(wanted):
            continue
        problem = "%s was loaded instead of %s" % (loaded, wanted)
    except BaseException:
        problem = traceback.format_exc().strip()
    failed += 1
    print("%s: %s" % (name, problem))
sys.stdout.flush()
# Not through the end of the interpreter: what modules do there is not the question.
os._exit(1 if failed else 0)
