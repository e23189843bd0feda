#!/bin/sh
# update.sh [--check]: makes the specs in */after out of those in */before, as a packager would.
#
# `pystacks extension add`, then by-hand.patch where an example has one. With --check nothing is written, and the exit
# status says whether each spec is what comes out. PYSTACKS names another program than the installed one.
set -eu

case $#:${1:-} in
0: | 1:--check) ;;
*)
    echo 'usage: update.sh [--check]' >&2
    exit 2
    ;;
esac
cd "$(dirname "$0")"
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
status=0
for before in */before/*.spec; do
    example=${before%%/*}
    spec=${before##*/}
    # Where it refuses, all is by hand.
    "${PYSTACKS:-pystacks}" extension add "$before" >"$made/$spec" 2>"$made/log" || {
        [ -f "$example/by-hand.patch" ] || { cat "$made/log" >&2; exit 1; }
        cp "$before" "$made/$spec"
    }
    if [ -f "$example/by-hand.patch" ]; then
        patch --quiet --no-backup-if-mismatch "$made/$spec" "$example/by-hand.patch"
    fi
    if [ "${1:-}" = --check ]; then
        diff -u "$example/after/$spec" "$made/$spec" || status=1
    else
        mkdir -p "$example/after"
        cp "$made/$spec" "$example/after/$spec"
    fi
done
exit "$status"
