#!/bin/sh
# find-debuginfo without cpio (debugedit 5.0, 5.1).
# Guess: a missing tool fails the build, or the package debugedit depends on it.
# Is: find-debuginfo copies the sources by cpio. Without it, the shell's "not found" is on standard
#     error, the exit status stays 0, and the debug package has no source at all.
#     Debian's debugedit depends on neither cpio nor elfutils nor file.
# Hurts: whoever builds in a minimal root and reads the log only when a build fails. The loss shows
#     when someone steps through the program in gdb, months later.
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
