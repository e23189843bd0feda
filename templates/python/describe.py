"""Prints, as one JSON object, what this interpreter says of itself. Runs in every Python from 2.7 on."""
import json
import os
import sys
import sysconfig

try:
    from importlib.machinery import EXTENSION_SUFFIXES as suffixes
except ImportError:
    import imp

    suffixes = [suffix for suffix, mode, kind in imp.get_suffixes() if kind == imp.C_EXTENSION]

variables = sysconfig.get_config_vars()


def value(name):
    """A variable of the Makefile as text; empty where there is none."""
    return variables.get(name) or ""


def defined(name):
    """Whether pyconfig.h defines it, which sysconfig reads. What EXTRA_CFLAGS defined is not there."""
    return bool(variables.get(name))


def configured(option):
    """Whether configure got the option, and not its opposite: what is built by a compiler's flag has no macro."""
    return ("--with-%s'" % option) in str(value("CONFIG_ARGS")).replace("=yes'", "'")


def dynload():
    """Where the extension modules of the library lie: on the path, not in the variables."""
    folders = [folder for folder in sys.path if os.path.basename(folder) == "lib-dynload"]
    return folders[0] if folders else ""


def library():
    """The soname of the shared libpython."""
    return value("INSTSONAME") if defined("Py_ENABLE_SHARED") else ""


def library_file():
    """The shared libpython; where there are folders for several architectures, it is in one of them."""
    if not library():
        return ""
    folder = value("LIBDIR")
    with_architecture = os.path.join(folder, value("MULTIARCH"), library())
    return with_architecture if os.path.exists(with_architecture) else os.path.join(folder, library())


def header_folders():
    folders = [
        sysconfig.get_path("include"),
        sysconfig.get_path("platinclude"),
        value("INCLUDEPY"),
        os.path.dirname(sysconfig.get_config_h_filename()),
    ]
    return sorted(set(folder for folder in folders if folder))


tag = value("EXT_SUFFIX") or value("SO")
json.dump(
    {
        "version": "%d.%d" % sys.version_info[:2],
        "full_version": sys.version.split()[0].rstrip("+"),
        "traits": {
            "debug": hasattr(sys, "gettotalrefcount"),
            "free_threaded": defined("Py_GIL_DISABLED"),
            "address_sanitizer": configured("address-sanitizer"),
            "thread_sanitizer": configured("thread-sanitizer"),
            "undefined_sanitizer": configured("undefined-behavior-sanitizer"),
        },
        "suffixes": list(suffixes),
        "suffix": tag if tag in suffixes else suffixes[0],
        "ldversion": value("LDVERSION") or value("VERSION"),
        "pkgconfig": value("LIBPC"),
        "stdlib": sysconfig.get_path("stdlib"),
        "dynload": dynload(),
        "library": library(),
        "library_file": library_file(),
        "include": sysconfig.get_path("include"),
        "header_folders": header_folders(),
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
