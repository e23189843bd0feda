"""Prints, as JSON, what an interpreter says of the extension modules that it loads. For any Python from 2.7 on."""
import json
import os
import sys
import sysconfig

try:
    from importlib.machinery import EXTENSION_SUFFIXES as suffixes
except ImportError:
    import imp
    suffixes = [suffix for suffix, mode, kind in imp.get_suffixes() if kind == imp.C_EXTENSION]

value = sysconfig.get_config_var
folders = [sysconfig.get_path("include"), sysconfig.get_path("platinclude"), value("INCLUDEPY"),
           os.path.dirname(sysconfig.get_config_h_filename())]
tag = value("EXT_SUFFIX") or value("SO")
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d" % sys.version_info[:2],
    "debug": hasattr(sys, "gettotalrefcount"),
    "suffixes": list(suffixes),
    "suffix": tag if tag in suffixes else suffixes[0],
    "include": sorted(set(folder for folder in folders if folder)),
    "library": value("INSTSONAME") or "",
    "ldversion": value("LDVERSION") or value("VERSION") or "",
    "pkgconfig": value("LIBPC") or "",
}))
