#!/usr/bin/env bash
# One command: real CPython becomes packages. Everything else here starts from these.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

rm -rf "$dist"
"$pystacks" build "$stack" --output "$dist" --sources "$sources" >"$folder/written"
cat "$folder/written"

for package in "" -debug -debuginfo -debugsource -devel -idle -libs -test -tkinter; do
    compgen -G "$dist/RPMS/$arch/$stack$package-3.13.*.$arch.rpm" >/dev/null || fail "no $stack$package package"
done
compgen -G "$dist/SRPMS/$stack-3.13.*.src.rpm" >/dev/null || fail "no source package"
pass "all packages are there"

# A second run does nothing: it starts no stage and prints the same packages.
before=$(find "$dist/BUILD" -type f -newermt '1970-01-01' -printf '%p %T@\n' | sort | sha256sum)
"$pystacks" build "$stack" --output "$dist" --sources "$sources" >"$folder/written-again" 2>"$folder/second-run.log"
cmp "$folder/written" "$folder/written-again" || fail "the second run names other packages"
[ "$before" = "$(find "$dist/BUILD" -type f -newermt '1970-01-01' -printf '%p %T@\n' | sort | sha256sum)" ] ||
    fail "the second run wrote into BUILD"
pass "a second run does nothing"

# Nothing of the build's place is in the packages' files.
while read -r package; do
    # Counted, not asked with -q: grep would leave at the first match, and rpm2cpio's SIGPIPE would hide it.
    found=$(rpm2cpio "$package" | grep -acF "$dist" || true)
    [ "$found" -eq 0 ] || fail "$package knows where it was built"
done < <(find "$dist/RPMS" -name '*.rpm')
pass "no package knows where it was built"
