#!/bin/sh
# scikit-build-core with a wrapper called cmake that is first in PATH (scikit-build-core 0.11.1, CMake
# 3.31.6), and with flags in CFLAGS.
# Expected: scikit-build-core runs the cmake that comes first in PATH, as every Makefile does, and CFLAGS says
#     how to compile.
# Actual: if there is a cmake3 anywhere in PATH, scikit-build-core silently runs that one and never the
#     wrapper. And if the project names no build type, it is Release: -O3 -DNDEBUG come after CFLAGS and
#     override -O0 -UNDEBUG. The module is stripped, even with -g.
# Affected: distributions (EPEL has cmake3), and tools that add options through a wrapper for cmake. Anyone
#     who builds a debug module with CFLAGS gets one without asserts and symbols.
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root py-trixie
versions cmake python3.13
for wheel in scikit-build-core==0.11.1 pathspec==0.12.1 packaging==25.0; do
    python3 -m pip download --quiet --no-deps --dest "$scratch" "$wheel" || skip "$wheel cannot be had"
done
mkdir "$root/m" "$root/wrapper"
for wheel in "$scratch"/*.whl; do python3 -m zipfile -e "$wheel" "$root/m/lib"; done
cat >"$root/m/pyproject.toml" <<'PROJECT'
[build-system]
requires = ["scikit-build-core"]
build-backend = "scikit_build_core.build"
[project]
name = "m"
version = "1"
PROJECT
cat >"$root/m/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.18)
project(m C)
find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)
Python_add_library(mod MODULE WITH_SOABI mod.c)
install(TARGETS mod DESTINATION .)
CMAKE
cat >"$root/m/mod.c" <<'SOURCE'
#include <Python.h>
#ifdef NDEBUG
#define DOC "asserts are off"
#else
#define DOC "asserts are on"
#endif
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "mod", DOC, -1, NULL};
PyMODINIT_FUNC PyInit_mod(void) { return PyModule_Create(&module); }
SOURCE
# A cmake that notes each of its calls in the file $1.
wrapper() {
    printf '#!/bin/sh\necho call >>%s\nexec /usr/bin/cmake "$@"\n' "$1"
}
wrapper /calls >"$root/wrapper/cmake"
wrapper /calls3 >"$root/usr/bin/cmake3"
chmod 755 "$root/wrapper/cmake" "$root/usr/bin/cmake3"
build="cd /m; : >/calls; : >/calls3; export PATH=/wrapper:/usr/bin PYTHONPATH=/m/lib CFLAGS='-O0 -UNDEBUG -g'
    python3.13 -c 'import scikit_build_core.build as backend; backend.build_wheel(\"dist\")' >log 2>&1
    [ ! -s /calls ] || echo wrapper
    [ ! -s /calls3 ] || echo cmake3"
expect "with a cmake3 behind the wrapper, what is called" cmake3 "$(inside "$build" | paste -sd' ')"
rm "$root/usr/bin/cmake3"
expect "without it" wrapper "$(inside "$build" | paste -sd' ')"
inside 'mkdir /x; cd /x; python3.13 -m zipfile -e /m/dist/*.whl .
    python3.13 -c "import mod; print(mod.__doc__)" >/doc
    readelf -SW mod.*.so | grep -cE "\.debug_info|\.symtab" >/sections || :'
expect "the module, in spite of -UNDEBUG" "asserts are off" "$(cat "$root/doc")"
expect "sections of symbols, in spite of -g" 0 "$(cat "$root/sections")"
finish
