#!/usr/bin/env bash
# Another distribution's rpm, dnf, compiler, libraries and Python: everything compiles there without warnings, and the
# fast tests pass, but for the rules and for those that take minutes.
#
#     other_host.sh PYSTACKS SOURCE-TREE FOLDER SUITE        trixie, sid
#
# The root folder is kept in PYSTACKS_TEST_CACHE between runs, and so is what the compiler makes.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root
suite=$4
project=$(realpath "$project")
root=$test_cache/roots/$suite
mkdir -p "$test_cache/roots"

if [ ! -e "$root/etc/made" ]; then
    rm -rf "$root"
    "$project/tests/hosts/make_root.sh" "$suite" "$root" >"$folder/$suite-root.log" 2>&1 ||
        { tail -n 40 "$folder/$suite-root.log" >&2; fail "make_root.sh: see $folder/$suite-root.log"; }
    touch "$root/etc/made"
fi
# What the tests need may have become more since.
"$project/tests/hosts/enter.sh" "$root" --bind-ro "$project:$project" -- "$project/setup/host.sh" build test

export HOSTS_CCACHE_DIR=$test_cache/ccache-hosts
log=$folder/$suite-fast.log
"$project/tests/hosts/run.sh" "$root" fast --label-exclude 'slow|rules|long' >"$log" 2>&1 ||
    { tail -n 120 "$log" >&2; fail "see $log"; }
summary=$(grep -E '^[0-9]+% tests passed' "$log")
# A test that does not run on this host tells nothing about it.
if grep -q 'did not run' "$log"; then fail "$suite: tests were skipped: see $log"; fi
pass "$suite: $summary"
