#!/usr/bin/env bash
# A package of a compiled module, built by plain rpmbuild where a stack is installed: with the debug macros switched on
# and off and without them, the release packages are the same bytes; and each interpreter loads its own module.
#
# The whole test runs in an overlay of this machine (examples/try-in-scratch-root.sh), which is gone at the end.
if [ "${PYSTACKS_IN_SCRATCH_ROOT:-}" != yes ]; then
    # shellcheck source=lib.sh
    source "$(dirname "$0")/lib.sh"
    need_root
    PYSTACKS_IN_SCRATCH_ROOT=yes exec "$project/examples/try-in-scratch-root.sh" "$dist/RPMS" \
        "$(realpath "$0")" "$(realpath "$pystacks")" "$(realpath "$project")" "$(realpath "$folder")"
fi
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

python=/usr/bin/$stack
export HOME=/root SOURCE_DATE_EPOCH=1700000000
mkdir -p /run /tmp /var/tmp

# ---- the build tools: pystacks, and pip and setuptools out of the stack's own wheels ---------------------------------
cmake --install "$(dirname "$pystacks")" --prefix /usr >/dev/null
pystacks=/usr/bin/pystacks
site=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
library=$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
for wheel in "$library"/ensurepip/_bundled/pip-*.whl "$library"/test/wheeldata/setuptools-*.whl; do
    "$python" -m zipfile -e "$wheel" "$site"
done

work=/var/tmp/extension
mkdir -p "$work/sources"

# build OUTPUT SPEC OPTION…: binary packages, in OUTPUT/RPMS; the log is OUTPUT.log.
build() {
    local output=$work/$1 spec=$2
    shift 2
    mkdir -p "$output"
    rpmbuild -bb --nodeps --define "_topdir $work/top" --define "_sourcedir $sources" --define "_rpmdir $output" \
        --define '_buildhost localhost' --define 'use_source_date_epoch_as_buildtime 1' \
        --define 'clamp_mtime_to_source_date_epoch 1' --define '_enable_debug_packages 1' \
        --define '_debugsource_packages 1' --define "__python3 $python" "$@" "$spec" >"$output.log" 2>&1 || {
        tail -n "${LOG_LINES:-60}" "$output.log" >&2
        fail "cannot build $spec $*"
    }
}

# same_release A B: the release packages of B are in A, byte for byte.
same_release() {
    local package count=0
    for package in "$work/$2/$arch/"*.rpm; do
        # These describe the binaries of both builds.
        case $package in *-debuginfo-* | *-debugsource-*) continue ;; esac
        cmp "$package" "$work/$1/$arch/${package##*/}" || {
            diff <(rpm --query --package --xml "$work/$1/$arch/${package##*/}") <(rpm --query --package --xml "$package") || true
            fail "${package##*/} differs: $1 $2"
        }
        count=$((count + 1))
    done
    [ "$count" -gt 0 ] || fail "no packages in $2"
    pass "$count release package(s) of $2 have the bytes of $1's"
}

example=$project/examples/python-markupsafe
build on "$example/after/python-markupsafe.spec"
build off "$example/after/python-markupsafe.spec" --define 'with_debug_build 0'
build before "$example/before/python-markupsafe.spec"
(cd "$work" && for each in on off before; do echo "--- $each"; ls "$each/$arch"; done)
compgen -G "$work/off/$arch/*-debug-2*" >/dev/null && fail "a -debug package without the switch"
same_release on off
same_release on before
same_packages "$work/off" "$work/before"

# ---- %files that would take the debug module in ----------------------------------------------------------------------------
whole=$work/whole.spec
sed 's|^%files .*|%files -n %{pkg} %{?pydebug_exclusions}\n%{python3_sitearch}/markupsafe/\n%{python3_sitearch}/*.dist-info/|' \
    "$example/after/python-markupsafe.spec" >"$whole"
build whole-on "$whole"
build whole-off "$whole" --without debug_build
contents() { rpm --query --package --queryformat '[%{FILEMODES:perms} %{FILEDIGESTS} %{FILEMTIMES} %{FILENAMES}\n]%{REQUIRENEVRS}%{PROVIDENEVRS}' "$1"; }
diff <(contents "$work/whole-on/$arch/$stack-markupsafe-2"*) <(contents "$work/whole-off/$arch/$stack-markupsafe-2"*) ||
    fail "the exclusions"
sed -i 's/%{?pydebug_exclusions}//' "$whole"
build swallowed "$whole"
"$pystacks" extension check "$work/swallowed" >"$work/swallowed.txt" && fail "a release package with a debug module passed"
grep -q 'its %files needs %pydebug_exclusions' "$work/swallowed.txt" || fail "$(cat "$work/swallowed.txt")"
pass "exclusions keep debug modules out of a release package, and the audit names one where they are missing"

# ---- the audit, and a module swapped for its release twin ---------------------------------------------------------------
"$pystacks" extension check "$work/on" || fail "the audit"
debug=$(compgen -G "$work/on/$arch/$stack-markupsafe-debug-2*.rpm")
release=$(compgen -G "$work/on/$arch/$stack-markupsafe-2*.rpm")
rpm --query --package --requires --recommends --provides "$debug"
rpm --query --package --provides "$debug" | grep -qx "$stack-debugdist(markupsafe) = 2.1.5" || fail "no debugdist"
mkdir -p "$work/twin" "$work/swapped"
(cd "$work/twin" && rpm2cpio "$release" | cpio -id --quiet)
"$project/tests/slow/repackage.sh" "$debug" "$work/swapped" \
    "cp $work/twin/usr/lib64/$stack/site-packages/markupsafe/_speedups.*.so usr/lib64/$stack/site-packages/markupsafe/_speedups.*.so"
cp "$release" "$work/swapped/"
status=0
"$pystacks" extension check "$work/swapped" >"$work/swapped.txt" || status=$?
cat "$work/swapped.txt"
[ "$status" -eq 1 ] || fail "a swapped module passed: status $status"
grep -q "^wrong .*_speedups.cpython-313d" "$work/swapped.txt" || fail "the swapped module is not named"
pass "a swapped module is named"

# ---- installed ------------------------------------------------------------------------------------------------------------
rpm --install --nodeps "$release" "$debug"
loaded() { "$1" -c 'import markupsafe._speedups as m; print(m.__file__)'; }
[ "$(loaded "$python")" = "$(rpm --query --list --package "$release" | grep '_speedups.*so$')" ] || fail "release: $(loaded "$python")"
[ "$(loaded "$python-debug")" = "$(rpm --query --list --package "$debug" | grep '_speedups.*so$')" ] || fail "debug: $(loaded "$python-debug")"
pass "$(loaded "$python") and $(loaded "$python-debug")"
