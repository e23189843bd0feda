#!/usr/bin/env bash
# 3.11 as the distribution's python3: the same build with other names. Debian 12's own Python is 3.11, so there it has
# to run the distribution's tools.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root

# In the folder of the stack without that switch, and written elsewhere: nothing is compiled again.
main=$folder/main_python
rm -rf "$main"
mkdir -p "$main"
"$pystacks" build python3.11 -bb --with main_python --output "$folder/stacks/python3.11" --sources "$sources" \
    --define "_rpmdir $main/RPMS" >/dev/null 2>"$main/build.log" || { tail -n 40 "$main/build.log"; fail "the build"; }
for configuration in optimized debug; do
    grep -qE "^$configuration: make \(skipped: up to date\)" "$main/build.log" || fail "names made $configuration again"
done
if grep 'warning' "$main/build.log"; then fail "it is built with the warnings above"; fi
"$pystacks" verify "$main/RPMS" --regrtest none >"$main/verified.txt" 2>"$main/verified.log" || {
    cat "$main/verified.txt"
    fail "3.11 as the distribution's python3"
}
if [ "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = 3.11 ]; then
    for at in optimized debug; do
        grep -qE "^passed +distribution\.tools@$at" "$main/verified.txt" || fail "dnf does not run on 3.11 ($at)"
    done
fi
pass "$(tail -n 1 "$main/verified.txt")"
