#!/bin/sh
# rpmbuild --noprep after the spec or the options have changed (rpm 6.1.0).
# Expected: RPM_BUILD_ROOT is %{buildroot}, and RPM_PACKAGE_RELEASE and RPM_BUILD_NCPUS belong to this run.
# Actual: the environment of the scripts is read from BUILD/NAME-VERSION-build/rpmbuild.env, which only a run
#     with %prep writes. A later run with --noprep (or --short-circuit) reads the old file: the old release
#     and the old number of jobs. If the folder has moved, RPM_BUILD_ROOT differs from %{buildroot}: %install
#     writes into the *old* folder, and %files finds nothing.
# Affected: anyone who continues a build in another folder, or caches prepared trees.
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root rpm-sid
versions rpm
spec p <<'SPEC'
BuildArch: noarch
%description
%{summary}.
%prep
%setup -c -T
%install
echo "%{buildroot} $RPM_BUILD_ROOT %{release} $RPM_PACKAGE_RELEASE %{_smp_build_ncpus} $RPM_BUILD_NCPUS" >/seen
mkdir -p $RPM_BUILD_ROOT/usr/share/p
%files
/usr/share/p
SPEC
inside "rpmbuild -bp --nodeps -D '_topdir /old' -D '_smp_build_ncpus 1' /p.spec >/log 2>&1
    mv /old /new
    sed -i 's/^Release: 1/Release: 2/' /p.spec
    rpmbuild -bb --noprep --nodeps -D '_topdir /new' -D '_smp_build_ncpus 2' /p.spec >/log 2>&1 && echo 0 >/status ||
        echo \$? >/status"
expect "exit status" 1 "$(cat "$root/status")"
expect "macro and variable: buildroot, release, jobs" \
    "/new/BUILD/p-1-build/BUILDROOT /old/BUILD/p-1-build/BUILDROOT 2 1 2 1" "$(cat "$root/seen")"
expect "what %install made is in" /old/BUILD/p-1-build/BUILDROOT/usr/share/p \
    "$(cd "$root" && find old new -path '*/share/p' | sed 's,^,/,')"
finish
