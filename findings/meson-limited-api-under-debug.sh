#!/bin/sh
# A module of the limited API, built by Meson for a debug interpreter (meson 1.7.0, CPython 3.13.5).
# Expected: mod.abi3.so as in a release build, or the debug interpreter's own name, mod.cpython-313d-….so.
# Actual: mod.cpython-313-….so, which is the *release* interpreter's name for a module that does not use the
#     limited API. (Meson takes the second of the interpreter's module suffixes. For a debug interpreter, that
#     is the suffix with the release tag.) The release interpreter prefers this file to any other, and it
#     works: debug code for the limited API calls Py_IncRef, which both interpreters export.
# Affected: anyone who installs debug and release modules side by side. The debug build silently takes the
#     place of the release module.
# The text in single quotes is for the shell in the root.
# shellcheck disable=SC2016
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root py-trixie
versions meson python3.13-dbg
mkdir "$root/m"
cat >"$root/m/meson.build" <<'MESON'
project('m', 'c')
python = import('python').find_installation(get_option('interpreter'), pure: false)
python.extension_module('mod', 'mod.c', limited_api: '3.9', install: true)
python.extension_module('full', 'mod.c', install: true)
MESON
echo "option('interpreter', type: 'string')" >"$root/m/meson.options"
cat >"$root/m/mod.c" <<'SOURCE'
#include <Python.h>
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "mod", NULL, -1, NULL};
PyMODINIT_FUNC PyInit_mod(void) { return PyModule_Create(&module); }
PyObject* same(PyObject* object) { Py_INCREF(object); return object; }
SOURCE
# The shell in the root expands it.
# shellcheck disable=SC2016
inside 'cd /m
    for python in python3.13 python3.13-dbg; do
        meson setup -Dinterpreter=/usr/bin/$python build-$python >log 2>&1
        ninja -C build-$python >log 2>&1
    done'
names() {
    (cd "$root/m/build-$1" && echo full.*.so mod.*.so)
}
expect "release build" "full.cpython-313-x86_64-linux-gnu.so mod.abi3.so" "$(names python3.13)"
expect "debug build" "full.cpython-313d-x86_64-linux-gnu.so mod.cpython-313-x86_64-linux-gnu.so" \
    "$(names python3.13-dbg)"
inside 'cd /m
    cp build-python3.13/mod.abi3.so .
    cp build-python3.13-dbg/mod.cpython-313-x86_64-linux-gnu.so .
    python3.13 -c "import mod; print(mod.__file__)" >loaded'
expect "what the release interpreter imports, with both there" /m/mod.cpython-313-x86_64-linux-gnu.so \
    "$(cat "$root/m/loaded")"
expect "calls of Py_IncRef in it" 1 "$(inside 'nm -D /m/mod.cpython-313-x86_64-linux-gnu.so | grep -c "U Py_IncRef"')"
finish
