#!/usr/bin/env bash
# 3.11 as the distribution's python3 (slow_stack_main_python3.11 builds it). Debian 12's own Python is 3.11: there it has to
# run the distribution's tools.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root

results=$folder/main_python
mkdir -p "$results"
"$pystacks" verify "$folder/stacks/main-python3.11/RPMS" --regrtest none >"$results/verified.txt" 2>"$results/verified.log" || {
    cat "$results/verified.txt"
    fail "3.11 as the distribution's python3"
}
if [ "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = 3.11 ]; then
    for at in optimized debug; do
        grep -qE "^passed +distribution\.tools@$at" "$results/verified.txt" || fail "dnf does not run on 3.11 ($at)"
    done
fi
pass "$(tail -n 1 "$results/verified.txt")"
