#!/bin/sh
# Checks all rules, those of tests/rules, without CMake: run.sh [BUILD-FOLDER]
#
# With a build folder also those that need one: what the program writes, missing includes, and clang-tidy.
set -eu
here=$(dirname "$0")
build=${1:-}

failed=0
# rule SCRIPT ARGUMENT…
rule() {
    script=$1
    status=0
    shift
    "$here/$script" "$@" || status=$?
    case $status in
    0) echo "ok: $script" ;;
    77) echo "skipped: $script" ;;
    *)
        echo "FAILED: $script" >&2
        failed=1
        ;;
    esac
}

rule layers.py
rule lines.py
rule listed.py
rule ../../docs/manual_page.py check
rule ../../setup/packages.sh check
rule python.py
rule shell.sh
rule format.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rule skips.sh "$(cd "$here/../.." && pwd)" "$scratch/skips"
if [ -n "$build" ]; then
    rule lua.py "$build/pystacks"
    rule includes.py "$build"
    rule tidy.py "$build"
else
    rule lua.py
fi
exit "$failed"
