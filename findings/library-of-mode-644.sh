#!/bin/sh
# A shared library without execute permission, as many install rules make it (rpm 4.18, 4.20).
# Expected: find-debuginfo and strip process the same files, because they belong to the same task.
# Actual: find-debuginfo takes only executable files. brp-strip, which runs after it, takes every ELF file. So
#     the library's debug information is neither in the package nor in -debuginfo, which is made nevertheless.
#     The exit status is 0.
# Affected: every project whose Makefile installs libraries with `install -m 644` (including Python's
#     extension modules), and anyone who has to debug them.
set -eu
. "$(dirname "$0")/lib.sh"

build_in() {
    use_root "$1"
    versions debugedit rpm
    spec p <<'SPEC'
%{!?_enable_debug_packages:%debug_package}
%description
%{summary}.
%prep
%setup -c -T
echo 'int f(int a) { return a + 1; }' >executable.c
echo 'int g(int a) { return a + 2; }' >plain.c
%build
gcc -g -shared -fPIC -o executable.so executable.c
gcc -g -shared -fPIC -o plain.so plain.c
%install
install -D -m 755 executable.so %{buildroot}/usr/lib/p/executable.so
install -D -m 644 plain.so %{buildroot}/usr/lib/p/plain.so
%files
/usr/lib/p
SPEC
    inside "rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1; echo \$? >/status
        mkdir /x; cd /x
        rpm2cpio /w/RPMS/*/p-1-1.*.rpm | cpio -id --quiet
        readelf -SW usr/lib/p/plain.so | grep -c '\\.debug_info' >/kept || :
        rpm -qlp /w/RPMS/*/p-debuginfo-1-1.*.rpm >/list
        grep -c '/executable.so-.*debug\$' /list >/executable || :
        grep -c '/plain.so-.*debug\$' /list >/plain || :" || :
    expect "exit status of rpmbuild" 0 "$(cat "$root/status")"
    expect "debug files of the library of mode 755" 1 "$(cat "$root/executable")"
    expect "debug files of the library of mode 644" 0 "$(cat "$root/plain")"
    expect "sections .debug_info left in it" 0 "$(cat "$root/kept")"
}

begin
build_in rpm-bookworm
build_in rpm-trixie
finish
