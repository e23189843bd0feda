#!/usr/bin/env bash
# Without the debug configuration, the optimized packages are the same bytes: they do not know that it exists.
#
# Built in the folder of the packages with debug, and written elsewhere. That the optimized configuration need not be
# built again is half of the proof: nothing that its build reads, says or is told depends on the switch. (The
# integration test `switch` builds from nothing, and so does what `verify --reproducible` is for.)
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

without=$folder/without
rm -rf "$without"
"$pystacks" build "$stack" -bb --output "$dist" --sources "$sources" --define 'with_debug_build 0' \
    --define "_rpmdir $without/RPMS" >/dev/null 2>"$folder/without.log" ||
    { tail -40 "$folder/without.log"; fail "the build"; }
for phase in configure make install; do
    grep -qE "^optimized: $phase \(skipped: up to date\)" "$folder/without.log" || {
        cat "$folder/without.log"
        fail "$phase of the optimized configuration depends on the switch"
    }
done

compgen -G "$without/RPMS/$arch/$stack-debug-3*" >/dev/null && fail "there is a -debug package"
checked=0
for package in "$without/RPMS/$arch/"*.rpm; do
    name=$(basename "$package")
    case $name in
    # These describe the binaries of all configurations together.
    *-debuginfo-* | *-debugsource-*) continue ;;
    esac
    cmp "$package" "$dist/RPMS/$arch/$name" || fail "$name differs with and without the debug configuration"
    checked=$((checked + 1))
done
[ "$checked" -eq 6 ] || fail "expected six optimized packages, saw $checked"
pass "$checked optimized packages have the same bytes with and without the debug configuration"

# ---- and `pystacks verify --unaffected` says so, or what differs -----------------------------------------------------
"$pystacks" verify --unaffected "$dist/RPMS" "$without/RPMS" >"$folder/unaffected.txt" || {
    cat "$folder/unaffected.txt"
    fail "--unaffected"
}
damaged=$folder/affected
rm -rf "$damaged"
mkdir "$damaged"
find "$dist/RPMS" -name '*.rpm' ! -name "$stack-libs-*" -exec ln -s {} "$damaged/" \;
"$(dirname "$0")/repackage.sh" "$dist/RPMS/$arch/$stack-libs-"[0-9]*.rpm "$damaged" \
    "printf '#' >>usr/lib64/$stack/textwrap.py"
status=0
"$pystacks" verify --unaffected "$damaged" "$without/RPMS" >"$folder/affected.txt" || status=$?
[ "$status" -eq 1 ] || fail "--unaffected did not notice a byte: status $status"
grep -q "/usr/lib64/$stack/textwrap.py has other content" "$folder/affected.txt" ||
    fail "--unaffected does not name the file"
pass "--unaffected: $(tail -n 1 "$folder/unaffected.txt")"
