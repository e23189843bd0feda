#!/bin/sh
# Nothing is found by shellcheck in any shell script, with and without an extension.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

need shellcheck
named=$(tracked '*.sh' '*.bash')
[ -n "$named" ] || { echo 'no shell script was found' >&2; exit 1; }
{
    printf '%s\n' "$named"
    # Of files without a dot in their names the first line tells; .ci is a folder.
    tracked | grep -E '(^|/)[^/.]+$' | while IFS= read -r file; do
        if head -n 1 "$file" | grep -qE '^#!.*[/ ](ba|da|k)?sh( |$)'; then echo "$file"; fi
    done
} | sort --unique | xargs -d '\n' --max-procs="$(nproc)" --max-args=8 shellcheck
