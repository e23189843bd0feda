"""Prints, as one JSON object, what this interpreter says of itself. Runs in every Python from 2.7 on."""
import json
import os
import sys
import sysconfig

variables = sysconfig.get_config_vars()


def defined(name):
    """Whether pyconfig.h defines it, which sysconfig reads. What EXTRA_CFLAGS defined is not there."""
    return bool(variables.get(name))


def dynload():
    """Where the extension modules of the library lie: on the path, not in the variables."""
    folders = [folder for folder in sys.path if os.path.basename(folder) == "lib-dynload"]
    return folders[0] if folders else ""


debug = hasattr(sys, "gettotalrefcount")
json.dump(
    {
        "debug": debug,
        "version": sys.version.split()[0].rstrip("+"),
        "major": sys.version_info[0],
        "minor": sys.version_info[1],
        "abiflags": getattr(sys, "abiflags", ""),
        "suffix": variables.get("EXT_SUFFIX") or variables.get("SO"),
        "stdlib": sysconfig.get_path("stdlib"),
        "dynload": dynload(),
        "library": variables.get("INSTSONAME", "") if variables.get("Py_ENABLE_SHARED") else "",
        "include": sysconfig.get_path("include"),
        "features": {
            "COUNT_ALLOCS": hasattr(sys, "getcounts"),
            "CALL_PROFILE": getattr(sys, "callstats", lambda: None)() is not None,
            "Py_DEBUG": defined("Py_DEBUG"),
            "Py_TRACE_REFS": defined("Py_TRACE_REFS"),
            "WITH_PYMALLOC": defined("WITH_PYMALLOC"),
            "WITH_TSC": hasattr(sys, "settscdump"),
            "sys.pydebug": hasattr(sys, "pydebug"),
        },
    },
    sys.stdout,
)
