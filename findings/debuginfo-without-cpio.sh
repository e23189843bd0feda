#!/bin/sh
# find-debuginfo without cpio (debugedit 5.0, 5.1).
# Expected: the build fails if a tool is missing, or the package debugedit depends on the tool.
# Actual: find-debuginfo copies the sources with cpio. Without cpio, the shell prints "not found" on standard
#     error, the exit status remains 0, and the debug package has no sources at all. Debian's debugedit
#     depends neither on cpio nor on elfutils or file.
# Affected: anyone who builds in a minimal root and reads the log only when a build fails. The loss shows
#     months later, when a developer steps through the program in gdb.
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
echo 'int main(void) { return 0; }' >prog.c
%build
gcc -g -o prog prog.c
%install
install -D prog %{buildroot}/usr/bin/prog
%files
/usr/bin/prog
SPEC
    inside "mv /usr/bin/cpio /cpio
        rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1; echo \$? >/status
        grep -c 'cpio: .*not found' /log >/complaints || :
        rpm -qlp /w/RPMS/*/p-debuginfo-1-1.*.rpm >/list
        grep -c '\\.debug\$' /list >/debug || :
        grep -c '\\.c\$' /list >/sources || :" || :
    expect "exit status of rpmbuild" 0 "$(cat "$root/status")"
    expect "complaints in the log" 1 "$(cat "$root/complaints")"
    expect ".debug links and files" 2 "$(cat "$root/debug")"
    expect "sources" 0 "$(cat "$root/sources")"
    expect "dependencies of debugedit on cpio, elfutils, file" 0 \
        "$(dpkg-query --admindir="$root/var/lib/dpkg" --show --showformat '${Depends}' debugedit |
            grep -cwE 'cpio|elfutils|file' || :)"
}

begin
build_in rpm-bookworm
build_in rpm-trixie
finish
