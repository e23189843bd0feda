#!/usr/bin/env bash
# Without the debug configuration, the optimized packages are the same bytes: they do not know that it exists.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

without=$folder/without
rm -rf "$without"
"$pystacks" build "$stack" -bb --output "$without" --sources "$sources" --define 'with_debug_build 0' >/dev/null

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
"$(dirname "$0")/repackage.sh" "$dist/RPMS/$arch/$stack-libs-"[0-9]*.rpm "$damaged" "printf '#' >>usr/lib64/$stack/textwrap.py"
status=0
"$pystacks" verify --unaffected "$damaged" "$without/RPMS" >"$folder/affected.txt" || status=$?
[ "$status" -eq 1 ] || fail "--unaffected did not notice a byte: status $status"
grep -q "/usr/lib64/$stack/textwrap.py has other content" "$folder/affected.txt" || fail "--unaffected does not name the file"
pass "--unaffected: $(tail -n 1 "$folder/unaffected.txt")"
