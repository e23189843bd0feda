#!/bin/sh
# Installs what the tests need, builds pystacks with warnings as errors, and runs the tests.
#
#     tests/run.sh            all but the long examples
#     tests/run.sh fast       without the slow ones
#
# With CI=true in the environment, a test that is skipped is a failure.
set -eu

cd "$(dirname "$0")/.."
case ${1:-all} in
all) slow=yes ;;
fast) slow=no ;;
*)
    echo "usage: tests/run.sh [all|fast]" >&2
    exit 2
    ;;
esac

if [ "$slow" = yes ]; then setup/host.sh build test slow; else setup/host.sh build test; fi
# A second run, in this clone or in another, compiles only what has changed.
export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
# Without these, nothing that uses a precompiled header is kept.
export CCACHE_SLOPPINESS=pch_defines,time_macros
cmake --preset dev
cmake --build --preset dev
if [ "$slow" = yes ]; then
    # What the real interpreters are built with.
    missing=$(for stack in python2.7 python3.9 python3.11 python3.13; do
        build/dev/pystacks doctor "$stack" --missing-packages
    done | sort -u)
    if [ -n "$missing" ]; then
        if [ "$(id -u)" -eq 0 ]; then as_root=; else as_root=sudo; fi
        # Word splitting is wanted: these are names of packages.
        # shellcheck disable=SC2086
        if command -v apt-get >/dev/null 2>&1; then
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
        else
            $as_root dnf install --assumeyes $missing
        fi
    fi
fi

failed=0
# tests KIND OPTION…: the results are in build/dev/KIND.xml, too.
tests() {
    results=$PWD/build/dev/$1.xml
    shift
    rm -f "$results"
    ctest --test-dir build/dev --no-tests=error --output-on-failure --parallel "$(nproc)" --output-junit "$results" \
        "$@" || failed=1
    # Continuous integration has all that tests need: there, a test that is skipped is a mistake.
    if [ "${CI:-}" = true ]; then tests/none_skipped.py "$results" || failed=1; fi
}
# First what has its result within minutes. ctest has no such order of its own: what others wait for comes before all
# else.
tests fast --label-exclude slow
if [ "$slow" = yes ]; then tests slow --label-regex slow; fi
exit "$failed"
