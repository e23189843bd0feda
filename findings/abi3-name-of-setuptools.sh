#!/bin/sh
# A module of the limited API, built by the same setuptools under two interpreters (setuptools 84.2.1, CPython
# 3.14.10 and 3.15.2).
# Expected: the file of a limited API module is called mod.abi3.so, whichever interpreter builds it.
# Actual: setuptools takes the first of the interpreter's suffixes that contains "abi3". 3.15 lists its
#     suffixes in another order, so setuptools writes mod.abi3-x86_64-linux-gnu.so, also under the debug
#     interpreter. Debian's 3.14 imports that file, because Debian had this suffix before CPython did.
# Affected: file lists in specs, and scripts that look for *.abi3.so: from 3.15 on they find nothing.
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
    inside "cd /m
        PYTHONPATH=/m/lib $python setup.py -q build_ext --build-lib /m/$python >log 2>&1"
    case $python in
    python3.14*) wanted=mod.abi3.so ;;
    *) wanted=mod.abi3-x86_64-linux-gnu.so ;;
    esac
    expect "$python" "$wanted" "$(ls "$root/m/$python")"
done
expect "3.15's module under 3.14" mod.abi3-x86_64-linux-gnu.so \
    "$(inside "cd /m/python3.15; python3.14 -c 'import mod, os; print(os.path.basename(mod.__file__))'")"
finish
