#!/bin/sh
# A module of the limited API, built by one setuptools under two interpreters (setuptools 84.2.1,
# CPython 3.14.10 and 3.15.2).
# Guess: the limited API's file name is mod.abi3.so, whichever interpreter builds it.
# Is: setuptools takes the first of the interpreter's suffixes that has "abi3" in it. 3.15 has them in
#     another order, so it writes mod.abi3-x86_64-linux-gnu.so. The module needs no more than Python
#     3.9, but before 3.15 the name decides: 3.14 with a release of Debian's finds it, an interpreter
#     without that suffix does not.
# Hurts: lists of files in specs (*.abi3.so), and wheels tagged cp39-abi3 that are built under 3.15.
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root py-sid
versions python3.14-dbg python3.15-dbg
python3 -m pip download --quiet --no-deps --dest "$scratch" setuptools==84.2.1 ||
    skip "setuptools 84.2.1 cannot be had"
mkdir "$root/m"
python3 -m zipfile -e "$scratch"/setuptools-84.2.1-py3-none-any.whl "$root/m/lib"
cat >"$root/m/setup.py" <<'SETUP'
from setuptools import Extension, setup
setup(name="m", version="1", ext_modules=[
    Extension("mod", ["mod.c"], py_limited_api=True, define_macros=[("Py_LIMITED_API", "0x03090000")])])
SETUP
cat >"$root/m/mod.c" <<'SOURCE'
#include <Python.h>
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "mod", NULL, -1, NULL};
PyMODINIT_FUNC PyInit_mod(void) { return PyModule_Create(&module); }
SOURCE
for python in python3.14 python3.14-dbg python3.15 python3.15-dbg; do
    name=$(inside "cd /m
        PYTHONPATH=/m/lib $python setup.py -q build_ext --build-lib /m/$python >log 2>&1 || { cat log >&2; exit 1; }
        ls /m/$python") || :
    echo $python "$name"; inside "cd /m; $python -c 'import importlib.machinery as m; print(m.EXTENSION_SUFFIXES)'"
done
finish
