#!/usr/bin/env bash
# rpmlint finds no error; what it may warn about is listed with reasons.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

status=0
rpmlint --rpmlintrc "$project/specs/$stack/$stack.rpmlintrc" "$dist/RPMS" "$dist/SRPMS" >"$folder/rpmlint.log" 2>&1 ||
    status=$?
tail -n 40 "$folder/rpmlint.log"
# The stacks share their filters, and these are for the others, or for another rpmlint; any other that nothing
# needs is stale.
filters='bad-manual-page-folder|library-not-linked-against-libc|source-not-compressed|name-repeated-in-summary'
filters="$filters|spelling-error|-libs\.\* non-versioned-file-in-library-package"
shared="unused-rpmlintrc-filter \"($filters)[ \"]"
findings=$(grep -E ': [EW]: ' "$folder/rpmlint.log" | grep -vE "$shared" || true)
summary=$(grep -E 'packages and .* specfiles checked; ' "$folder/rpmlint.log" || true)
if [ -z "$summary" ] || [ -n "$findings" ]; then fail "rpmlint (status $status): see $folder/rpmlint.log"; fi
pass "$summary"
