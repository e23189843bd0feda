#!/bin/sh
# A program in a package that turns off debug packages with %global debug_package %{nil} (rpm 4.18.0, 4.20.1).
# Expected: %_build_id_links decides about /usr/lib/.build-id. It is "compat" in both versions: one link for
#     each program.
# Actual: 4.18 makes the link. 4.20 makes no links if there is no debug package, whatever %_build_id_links
#     says.
# Affected: file lists that were made from a build with the older rpm, anyone who compares the packages of two
#     hosts, and tools that find the package of a running program by its build-id.
set -eu
. "$(dirname "$0")/lib.sh"

build_in() {
    use_root "$1"
    versions rpm
    spec p <<'SPEC'
%global debug_package %{nil}
%description
%{summary}.
%prep
%setup -c -T
echo 'int main(void) { return 0; }' >p.c
%build
gcc -g -o p p.c
%install
install -D p %{buildroot}/usr/bin/p
%files
/usr/bin/p
SPEC
    inside "rpm --eval '%_build_id_links' >/setting
        rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1; echo \$? >/status
        rpm2cpio /w/RPMS/x86_64/p-1-1.*.rpm | cpio --extract --quiet --make-directories
        readelf -n usr/bin/p | grep -c 'Build ID' >/ids || :
        rpm -qpl /w/RPMS/x86_64/p-1-1.*.rpm | grep -c '^/usr/lib/.build-id/../' >/links || :"
    expect "%_build_id_links" compat "$(cat "$root/setting")"
    expect "exit status" 0 "$(cat "$root/status")"
    expect "programs with a build id" 1 "$(cat "$root/ids")"
    expect "links in the package" "$2" "$(cat "$root/links")"
}

begin
build_in rpm-bookworm 1
build_in rpm-trixie 0
finish
