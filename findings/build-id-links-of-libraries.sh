#!/bin/sh
# /usr/lib/.build-id/ links of shared libraries (Debian's rpm 4.18, 4.20).
# Expected: every ELF file with a build-id gets a link, because gdb and debuginfo tools find files by it.
# Actual: rpmbuild makes links only for executable files. But first brp-elfperms, which Debian's rpm runs by
#     default, removes the execute bit from shared libraries. So programs have links and libraries have none.
#     -debuginfo still has links that lead to the missing ones, so these dangle. With brp-elfperms off, the
#     library has its link.
# Affected: tools that read core dumps by build-id, and anyone who checks packages for dangling links.
set -eu
. "$(dirname "$0")/lib.sh"

# $1: the folder of packages. Prints the links of the main package, and those of -debuginfo that lead
# to a link that the main package does not have.
# The shell that runs it expands it.
# shellcheck disable=SC2016
links='
    rpm -qlp "$1"/p-1-1.*.rpm | grep -cE "/.build-id/../[0-9a-f]+$" || :
    rpm -qlp "$1"/p-debuginfo-1-1.*.rpm | grep -E "/debug/.build-id/../[0-9a-f]+$" | sed "s,/debug,," >/wanted
    rpm -qlp "$1"/p-1-1.*.rpm >/there
    grep -cvxFf /there /wanted || :'

build_in() {
    use_root "$1"
    versions rpm
    spec p <<'SPEC'
%{!?_enable_debug_packages:%debug_package}
%description
%{summary}.
%prep
%setup -c -T
echo 'int main(void) { return 0; }' >prog.c
echo 'int f(int a) { return a + 1; }' >lib.c
%build
gcc -g -o prog prog.c
gcc -g -shared -fPIC -o lib.so lib.c
%install
install -D prog %{buildroot}/usr/bin/prog
install -D -m 755 lib.so %{buildroot}/usr/lib/p/lib.so
%files
/usr/bin/prog
/usr/lib/p
SPEC
    inside "rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1
        rpmbuild -bb --nodeps --define '_topdir /v' --define '__brp_elfperms %{nil}' /p.spec >/log 2>&1"
    echo "$links" >"$root/links.sh"
    inside 'sh /links.sh /w/RPMS/x86_64 >/default; sh /links.sh /v/RPMS/x86_64 >/kept'
    expect "links of a program and a library, dangling in -debuginfo" "1 1" "$(paste -sd' ' "$root/default")"
    expect "the same without brp-elfperms" "2 0" "$(paste -sd' ' "$root/kept")"
}

begin
build_in rpm-bookworm
build_in rpm-trixie
finish
