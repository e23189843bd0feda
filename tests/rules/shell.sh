#!/bin/sh
# Nothing is found by shellcheck in any shell script, with and without an extension.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

need shellcheck
{
    tracked '*.sh' '*.bash'
    # The first line tells of the others.
    # Those without a dot in their names; .ci is a folder.
    tracked | grep -E '(^|/)[^/.]+$' | while IFS= read -r file; do
        if head -n 1 "$file" | grep -qE '^#!.*[/ ](ba|da|k)?sh( |$)'; then echo "$file"; fi
    done
} | sort --unique | xargs --max-procs="$(nproc)" --max-args=8 shellcheck
