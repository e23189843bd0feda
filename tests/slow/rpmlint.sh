#!/usr/bin/env bash
# rpmlint finds no error; what it may warn about is listed with reasons.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

status=0
# The stacks share their filters, and not each needs all of them.
rpmlint --ignore-unused-rpmlintrc --rpmlintrc "$project/specs/$stack/$stack.rpmlintrc" "$dist/RPMS" "$dist/SRPMS" >"$folder/rpmlint.log" 2>&1 ||
    status=$?
tail -n 40 "$folder/rpmlint.log"
summary=$(grep -E 'packages and .* specfiles checked; 0 errors, 0 warnings' "$folder/rpmlint.log" || true)
[ -n "$summary" ] || fail "rpmlint (status $status): see $folder/rpmlint.log"
pass "$summary"
