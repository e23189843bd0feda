#!/bin/sh
# CMake's FindPython with a debug interpreter whose headers are links (CMake 3.25.1, gcc 12.2.0, CPython
# 3.11.2 of Debian 12).
# Expected: with the debug interpreter's include folder on the command line, Py_DEBUG is defined.
# Actual: FindPython passes the folder with -isystem. In /usr/include/python3.11d, all headers except
#     pyconfig.h are links into python3.11/. For -isystem, gcc resolves the name of a header. So Python.h
#     includes the pyconfig.h beside the target of the link, which is that of the release build. The module
#     has the debug name but is a release build, without any warning. The distribution's own
#     `python3.11-dbg-config --includes` says -I, which finds the debug pyconfig.h.
# Affected: every C or C++ extension that CMake builds for a debug interpreter: its asserts and reference
#     checks are off, although the file's name says otherwise.
# The text in single quotes is for the shell in the root.
# shellcheck disable=SC2016
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root py-bookworm
versions cmake gcc python3.11-dbg
mkdir "$root/m"
cat >"$root/m/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.18)
project(m C)
find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)
message(STATUS "include folders: ${Python_INCLUDE_DIRS}")
Python_add_library(mod MODULE WITH_SOABI mod.c)
CMAKE
cat >"$root/m/mod.c" <<'SOURCE'
#include <Python.h>
#ifdef Py_DEBUG
int is_debug;
#else
int is_release;
#endif
SOURCE
# The shell in the root expands it.
# shellcheck disable=SC2016
inside 'cd /m
    cmake -B build -DPython_EXECUTABLE=/usr/bin/python3.11-dbg >log 2>&1
    cmake --build build --verbose >>log 2>&1
    basename build/mod.*.so
    grep -oE -- "-(I|isystem) ?/usr/include/python[^ ]*" log | sed -n 1p
    nm build/mod.*.so | grep -o "is_.*"
    for option in -isystem "-fno-canonical-system-headers -isystem" -I; do
        gcc $option /usr/include/python3.11d -c mod.c
        nm mod.o | grep -o "is_.*"
    done' >"$root/seen"
line() {
    sed -n "$1p" "$root/seen"
}
expect "file" mod.cpython-311d-x86_64-linux-gnu.so "$(line 1)"
expect "option" "-isystem /usr/include/python3.11d" "$(line 2)"
expect "what the module is" is_release "$(line 3)"
expect "gcc -isystem" is_release "$(line 4)"
expect "gcc -isystem, system headers not resolved" is_debug "$(line 5)"
expect "gcc -I" is_debug "$(line 6)"
finish
