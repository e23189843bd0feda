"""Imports the extension modules that the arguments name, each of which has to come from lib-dynload."""
import importlib
import os
import sys
import sysconfig

suffix = sysconfig.get_config_var("EXT_SUFFIX") or sysconfig.get_config_var("SO")
folder = [each for each in sys.path if os.path.basename(each) == "lib-dynload"][0]
for name in sys.argv[1:]:
    wanted = os.path.join(folder, name + suffix)
    found = importlib.import_module(name).__file__
    if found != wanted:
        sys.exit("%s was imported from %s, not from %s" % (name, found, wanted))
print("%d modules" % len(sys.argv[1:]))
