#!/usr/bin/env bash
# Packages of compiled modules, built by plain rpmbuild where stacks are installed: with the debug macros switched on
# and off and without them, the release packages are the same bytes; and each interpreter loads its own module.
set -eu

# The stacks of 3.13 and 2.7 (slow_build and slow_stack_python2.7 make them).
scratch_packages=$3/extension
rm -rf "$scratch_packages"
mkdir -p "$scratch_packages"
for rpms in "$3/dist/RPMS" "$3/stacks/python2.7/RPMS"; do
    [ -d "$rpms" ] || { echo "FAILED: no packages in $rpms" >&2; exit 1; }
    find "$(realpath "$rpms")" -name '*.rpm' -exec ln -s {} "$scratch_packages/" \;
done
# shellcheck source=scratch.sh
source "$(dirname "$0")/scratch.sh"

python=/usr/bin/$stack
install_tools "$stack"
install_tools python2.7
fedora_macros
export LC_ALL=C.UTF-8
mkdir -p "$work" "$sources"

# ---- MarkupSafe -----------------------------------------------------------------------------------------------------
try_example python-markupsafe "$python" same_release
loads_its_own "$python" markupsafe._speedups '*/_speedups.cpython-313-*.so' '*/_speedups.cpython-313d-*.so'
example=$project/examples/python-markupsafe
build_package before "$example/before/python-markupsafe.spec" "$python"
same_release python-markupsafe/on before

try_example python2-markupsafe /usr/bin/python2.7 same_contents
loads_its_own /usr/bin/python2.7 markupsafe._speedups '*/_speedups.so' '*/_speedups_d.so'

# ---- psycopg2: its own tests, under both interpreters, with a PostgreSQL server -------------------------------------
try_example python-psycopg2 "$python" same_release
loads_its_own "$python" psycopg2._psycopg '*/_psycopg.cpython-313-*.so' '*/_psycopg.cpython-313d-*.so'
log=$work/python-psycopg2/on.log
grep -aE '^(Ran [0-9]+ tests|OK|FAILED)' "$log" || true
[ "$(grep -acE '^OK( |$)' "$log")" -eq 2 ] || fail "psycopg2's tests did not pass twice"
[ "$(grep -aoE '^Ran [0-9]+ tests' "$log" | sort -u | wc -l)" -eq 1 ] ||
    fail "not the same tests under both interpreters"
grep -aoE '^Ran [0-9]{3,} tests' "$log" >/dev/null || fail "hardly any test of psycopg2 ran"
pass "psycopg2's tests, with a server, under both interpreters"

# ---- %files that would take the debug module in ---------------------------------------------------------------------
whole=$work/whole.spec
cat >"$work/files" <<'END'
%files -n %{pkg} %{?pydebug_exclusions}
%{python3_sitearch}/markupsafe/
%{python3_sitearch}/*.dist-info/
END
sed -e "/^%files /{r $work/files" -e 'd}' "$example/after/python-markupsafe.spec" >"$whole"
build_package whole-on "$whole" "$python"
build_package whole-off "$whole" "$python" --without debug_build
same_contents whole-on whole-off
sed -i 's/%{?pydebug_exclusions}//' "$whole"
build_package swallowed "$whole" "$python"
"$pystacks" extension check "$work/swallowed" >"$work/swallowed.txt" &&
    fail "a release package with a debug module passed"
grep -q 'its %files needs %pydebug_exclusions' "$work/swallowed.txt" || fail "$(cat "$work/swallowed.txt")"
pass "exclusions keep debug modules out of a release package, and the audit names one where they are missing"

# ---- the audit, and a module swapped for its release twin -----------------------------------------------------------
on=$work/python-markupsafe/on/$arch
debug=$(compgen -G "$on/$stack-markupsafe-debug-2*.rpm")
release=$(compgen -G "$on/$stack-markupsafe-2*.rpm")
rpm --query --package --requires --recommends --provides "$debug"
rpm --query --package --provides "$debug" | grep -qx "$stack-debugdist(markupsafe) = 2.1.5" || fail "no debugdist"
mkdir -p "$work/twin" "$work/swapped"
(cd "$work/twin" && rpm2cpio "$release" | cpio -id --quiet)
module=usr/lib64/$stack/site-packages/markupsafe/_speedups
"$project/tests/slow/repackage.sh" "$debug" "$work/swapped" "cp $work/twin/$module.*.so $module.*.so"
cp "$release" "$work/swapped/"
status=0
"$pystacks" extension check "$work/swapped" >"$work/swapped.txt" || status=$?
cat "$work/swapped.txt"
[ "$status" -eq 1 ] || fail "a swapped module passed: status $status"
grep -q "^wrong .*_speedups.cpython-313d" "$work/swapped.txt" || fail "the swapped module is not named"
pass "a swapped module is named"
