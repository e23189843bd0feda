"""Gives the system's interpreter the fake one's suffix of extension modules."""

import os
import sys
import sysconfig
from importlib.machinery import ExtensionFileLoader, FileFinder, SourceFileLoader

ldversion = os.environ.get("FAKE_LDVERSION")
if ldversion:
    suffix = ".fake-%s.so" % ldversion.replace(".", "")
    sysconfig.get_config_vars()["EXT_SUFFIX"] = suffix
    sys.path_hooks.insert(0, FileFinder.path_hook((ExtensionFileLoader, [suffix]), (SourceFileLoader, [".py"])))
    sys.path_importer_cache.clear()
