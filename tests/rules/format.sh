#!/bin/sh
# C++ is formatted as .clang-format says, by the release that everybody can have: Debian 12's. Others break lines
# elsewhere.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

for program in clang-format-14 clang-format; do
    case $("$program" --version 2>/dev/null || true) in
    *'version 14.'*)
        files=$(tracked '*.cpp' '*.hpp' '*.c' '*.h' ':!tests/integration/fake-python' ':!examples')
        [ -n "$files" ] || { echo 'no C++ file was found' >&2; exit 1; }
        printf '%s\n' "$files" | xargs -d '\n' "$program" --dry-run --Werror --style=file
        exit
        ;;
    esac
done
skip 'there is no clang-format 14'
