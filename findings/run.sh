#!/bin/sh
# Runs all findings, or only those that are named (NAME.sh), one after another. Makes each root only once,
# in a temporary folder that is removed at the end. Exit status 1: a behaviour has changed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
roots=$(mktemp -d)
trap 'rm -rf --one-file-system "$roots"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
[ "$#" -gt 0 ] || set -- "$here"/*.sh

as_described=0 changed=0 skipped=0
for script; do
    name=$(basename "$script")
    case $name in lib.sh | run.sh) continue ;; esac
    echo "== $name"
    status=0
    FINDINGS_ROOTS="${FINDINGS_ROOTS:-$roots}" "$here/$name" || status=$?
    case $status in
    0) as_described=$((as_described + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) changed=$((changed + 1)) ;;
    esac
done
echo "$as_described as described, $changed changed, $skipped skipped"
[ "$changed" -eq 0 ]
