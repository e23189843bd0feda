#!/usr/bin/env bash
# `pystacks extension build`: from a spec that knows nothing of debug builds, and from the SRPM that came of it, to the
# same packages; and from a source that is not there to a message.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

work=$folder/extension_build
rm -rf "$work"
mkdir -p "$work/tmp"
export TMPDIR=$work/tmp
PYSTACKS=$pystacks "$project/examples/fetch-sources.sh" "$sources" python-markupsafe >"$work/fetch.log" 2>&1 || {
    cat "$work/fetch.log"
    fail "no sources"
}
# What it does beside, only bash does; and rpm compresses manual pages by a script for bash.
spec=$work/python-markupsafe.spec
sed -e '/^%build$/a pushd . && popd' \
    -e '/^%pyproject_save_files/a install -D README.rst %{buildroot}%{_mandir}/man1/markup.1' \
    -e '/^%doc/a %{_mandir}/man1/markup.1.gz' \
    "$project/examples/python-markupsafe/before/python-markupsafe.spec" >"$spec"

build() { "$pystacks" extension build "$@" --stack "$dist/RPMS" 2>"$work/err"; }
build "$spec" --output "$work/first" --sources "$sources" --unaffected >"$work/first.txt" || {
    cat "$work/err" "$work/first.txt"
    fail "the spec is not built"
}
cat "$work/first.txt"
grep -qF '1 module in 1 -debug package: 1 debug, 0 unproved, 0 wrong' "$work/first.txt" || fail "no verdict"
grep -qE '^passed +unaffected\.python3\.13-markupsafe +.*the same bytes' "$work/first.txt" ||
    fail "nothing about the release package"
pass "a spec without debug macros: packages, a verdict per module, and the same release package without the debug build"

build "$work/first/SRPMS"/*.src.rpm --output "$work/second" --json >"$work/second.json" || {
    cat "$work/err"
    fail "the SRPM is not built"
}
same_packages "$work/first/RPMS" "$work/second/RPMS"
python3 - "$work/second.json" <<'PYTHON'
import json, sys
result = json.load(open(sys.argv[1]))
assert [module["verdict"] for module in result["audit"]["modules"]] == ["debug"], result
assert any(path.endswith("python3.13-markupsafe-debug-2.1.5-1.x86_64.rpm") for path in result["written"]), result
PYTHON
pass "its SRPM gives the same packages, in another folder"

status=0
build "$spec" --output "$work/third" >"$work/third.txt" || status=$?
[ "$status" -eq 2 ] || fail "a missing source: status $status"
grep -q 'markupsafe_2.1.5.orig.tar.gz' "$work/err" || fail "the source is not named"
[ -z "$(find "$TMPDIR" -mindepth 1)" ] || fail "something is left in $TMPDIR"
pass "a source that is not there is named"

status=0
build "$spec" --output "$work/fourth" --sources "$sources" --define '__elf_requires /usr/bin/not-there' \
    >"$work/fourth.txt" || status=$?
[ "$status" -eq 1 ] || fail "a generator of dependencies that is not there: status $status"
grep -qF "Couldn't exec /usr/bin/not-there" "$work/err" || { cat "$work/err"; fail "what was not found is not named"; }
[ -z "$(find "$work/fourth/RPMS" -name "*.rpm")" ] || fail "packages without dependencies are left"
pass "a generator of dependencies that is not there: no packages are left"

# A build that takes the last of all Pythons whose headers it finds, writes no changelog, and repeats itself only where
# RANDOM is not said.
cat >"$work/python-last.spec" <<'SPEC'
Name: python-last
Version: 1.0
Release: 1
Summary: A module for the Python with the greatest name
License: MIT
BuildRequires: gcc, make
BuildRequires: python3-devel
%description
Sample.
%prep
%setup -q -c -T
cat >last.c <<'END'
#include <Python.h>
#include <named/named.h>
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "last", NULL, -1, NULL, NULL, NULL, NULL, NULL};
PyObject *PyInit_last(void) { PyObject *made = PyModule_Create(&module); Py_INCREF(made); return made; }
END
cat >Makefile <<'END'
headers = $(lastword $(sort $(wildcard /usr/include/python3*/Python.h)))
last.so: ; $(CC) -shared -fPIC $(CFLAGS) -I$(dir $(headers)) -o $@ last.c
END
%build
make CFLAGS="%{optflags} -g"
%install
install -D -m755 last.so %{buildroot}%{python3_sitearch}/last.so
%{?random:od -N 16 /dev/urandom >%{buildroot}%{python3_sitearch}/last.random}
%files
%{python3_sitearch}/last.so
%{?random:%{python3_sitearch}/last.random}
SPEC
cat >"$work/named.spec" <<'SPEC'
Name: python3-named
Version: 1.0
Release: 1
Summary: Headers for other modules
License: MIT
BuildArch: noarch
%description
Sample.
%install
mkdir -p %{buildroot}/usr/include/python3.13/named
echo 'enum { named = 1 };' >%{buildroot}/usr/include/python3.13/named/named.h
%files
/usr/include/python3.13/named
SPEC
rpmbuild -bb --quiet --define "_topdir $work/named" "$work/named.spec" >"$work/named.log" 2>&1 ||
    { cat "$work/named.log"; fail "the package of headers"; }

build "$work/python-last.spec" --output "$work/last" --stack "$work/named/RPMS" --unaffected >"$work/last.txt" ||
    { cat "$work/err" "$work/last.txt"; fail "a build that finds headers by itself"; }
grep -qF '1 module in 1 -debug package: 1 debug, 0 unproved, 0 wrong' "$work/last.txt" || fail "$(cat "$work/last.txt")"
mkdir "$work/last/files"
(cd "$work/last/files" && for package in ../RPMS/*/*.rpm; do rpm2cpio "$package" | cpio --quiet -id; done)
module=$(find "$work/last/files" -name last.so)
if nm --dynamic "$module" | grep RefTotal; then fail "the release module is a debug build"; fi
pass "a build that looks for headers itself finds those of debug in the second pass only, and other extensions' headers"
grep -qF '3 passed, 0 failed' "$work/last.txt" || fail "$(cat "$work/last.txt")"
pass "without a changelog, builds have the time of the spec"

status=0
build "$work/python-last.spec" --output "$work/random" --stack "$work/named/RPMS" --unaffected --define 'random 1' \
    >"$work/random.txt" || status=$?
[ "$status" -eq 1 ] || fail "a build that does not repeat itself: status $status: $(cat "$work/err" "$work/random.txt")"
grep -qF 'the build itself is not reproducible, so this says nothing about -debug' "$work/random.txt" ||
    fail "$(cat "$work/random.txt")"
grep -qF 'last.random' "$work/random.txt" || fail "$(cat "$work/random.txt")"
pass "a build that does not repeat itself is told apart from one that notices -debug"
