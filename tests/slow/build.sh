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

# Where the stages work; from 4.20 on rpm puts a folder of the package's own around it.
work=$(dirname "$(find "$dist/BUILD" -mindepth 2 -maxdepth 3 -name comparison.json)")

# Nothing is compiled twice, and the base begins with what libpython is linked of: that link stands before all modules'.
for log in "$work"/logs/{optimized,debug}-make.log; do
    grep -oE -- ' -o [^ ]+\.o( |$)' "$log" | sort >"$folder/objects"
    [ "$(wc -l <"$folder/objects")" -gt 300 ] || fail "hardly any object is made in $log"
    twice=$(uniq --repeated "$folder/objects")
    [ -z "$twice" ] || fail "made twice, by $log:$twice"
done
log=$work/logs/optimized-make.log
first=$(grep -m 1 -oE -- '-shared .* -o [^ ]+\.so[.0-9]*' "$log" | grep -oE '[^ ]+$')
[[ $first == lib$stack.so* ]] || fail "the first link is $first's, not libpython's"
pass "every object is made once, and libpython is linked first"

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
