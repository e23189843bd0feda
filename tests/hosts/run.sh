#!/usr/bin/env bash
# Tries pystacks on another distribution, whose root folder make_root.sh made.
#
#     tests/hosts/run.sh ROOT fast [OPTION…]   compiles with warnings as errors, and runs the fast tests: those that
#                                              ctest takes by these options (default: --label-exclude slow)
#     tests/hosts/run.sh ROOT stack SOURCES    a real stack: builds, rebuilds and verifies it; builds extensions, and
#                                              pystacks' own package
#     tests/hosts/run.sh ROOT packages         the same with the stack that bare_root.sh has built in ROOT
#
# SOURCES is a folder that has CPython's archive, or gets it. Results are in build/hosts/NAME, NAME being that of ROOT.
# The compiler's cache is kept in HOSTS_CCACHE_DIR, if that is set.
set -euo pipefail

usage() {
    echo 'usage: run.sh ROOT fast [OPTION...] | run.sh ROOT stack SOURCES | run.sh ROOT packages' >&2
    exit 2
}

[ $# -ge 2 ] || usage
root=$1
name=$(basename "$root")
project=$(realpath "$(dirname "$0")/../..")
# Always the same folder in there: precompiled headers have it in them, and the compiler's cache would miss.
inside=/opt/pystacks
binds=(--bind "$project:$inside")
settings=()
options=()
if [ -n "${HOSTS_CCACHE_DIR:-}" ]; then
    mkdir -p "$HOSTS_CCACHE_DIR"
    binds+=(--bind "$HOSTS_CCACHE_DIR:/var/cache/ccache")
    settings+=(CCACHE_DIR=/var/cache/ccache CCACHE_COMPILERCHECK=content)
fi
case $2 in
fast)
    options=("${@:3}")
    [ $# -gt 2 ] || options=(--label-exclude slow)
    ;;
packages) [ $# -eq 2 ] || usage ;;
stack)
    [ $# -eq 3 ] || usage
    mkdir -p "$3"
    binds+=(--bind "$(realpath "$3"):/var/tmp/sources")
    ;;
*) usage ;;
esac
exec "$project/tests/hosts/enter.sh" "$root" "${binds[@]}" -- \
    env "${settings[@]}" "$inside/tests/hosts/inside.sh" "$2" "$inside/build/hosts/$name" "${options[@]}"
