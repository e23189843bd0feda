#!/usr/bin/env bash
# SIGKILL at several moments, then the same command again: it goes on, and ends with the same bytes.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

killed=$folder/killed
rm -rf "$killed"
kills=0
# Early (configure), in the middle of make, and late (merge, byte-compilation, packaging).
for seconds in 8 45 150; do
    "$pystacks" build "$stack" -bb --output "$killed" --sources "$sources" >"$folder/killed.log" 2>&1 &
    child=$!
    waited=0
    while [ "$waited" -lt "$seconds" ] && kill -0 "$child" 2>/dev/null; do
        sleep 1
        waited=$((waited + 1))
    done
    kill -KILL "$child" 2>/dev/null || true
    status=0
    wait "$child" 2>/dev/null || status=$?
    if [ "$status" -eq 137 ]; then kills=$((kills + 1)); fi
    echo "after $waited s: status $status"
done
# A fast machine may be done before the last one; without any kill there would be nothing to show.
[ "$kills" -ge 2 ] || fail "only $kills of the runs were killed"
"$pystacks" build "$stack" -bb --output "$killed" --sources "$sources" >/dev/null 2>"$folder/killed.log" ||
    { tail -40 "$folder/killed.log"; fail "the build did not go on"; }
same_packages "$dist/RPMS" "$killed/RPMS"
