#!/bin/sh
# Programs compiled with -gz, with debugedit 5.0 and 5.1.
# Expected: debugedit reads what the same distribution's compiler writes, or says that it failed.
# Actual: 5.0 prints "DWARF version 0 unhandled" and does not change the program. find-debuginfo continues,
#     and rpmbuild exits with 0. The debug file names the build folder, and no sources are packaged. 5.1 reads
#     the sections.
# Affected: anyone who turns on -gz for smaller debug packages. The build path also makes the package differ
#     from machine to machine.
set -eu
. "$(dirname "$0")/lib.sh"

build_in() {
    use_root "$1"
    versions debugedit gcc
    spec p <<'SPEC'
%{!?_enable_debug_packages:%debug_package}
%description
%{summary}.
%prep
%setup -c -T
echo 'int main(void) { return 0; }' >prog.c
%build
gcc -g -gz=zlib -o prog prog.c
%install
install -D prog %{buildroot}/usr/bin/prog
%files
/usr/bin/prog
SPEC
    inside "rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1; echo \$? >/status
        grep -c 'DWARF version 0 unhandled' /log >/complaints || :
        rpm -qlp /w/RPMS/*/p-debuginfo-1-1.*.rpm | grep -c '\\.c\$' >/sources || :
        mkdir /x; cd /x
        rpm2cpio /w/RPMS/*/p-debuginfo-1-1.*.rpm | cpio -id --quiet
        readelf --debug-dump=info usr/lib/debug/usr/bin/prog*.debug | sed -n 's/.*DW_AT_comp_dir.*: //p' |
            sed -n 1p >/folder" || :
    expect "exit status of rpmbuild" 0 "$(cat "$root/status")"
    expect "complaints in the log" "$2" "$(cat "$root/complaints")"
    expect "sources in -debuginfo" "$3" "$(cat "$root/sources")"
    expect "compilation folder" "$4" "$(sed 's,^\(/[^/]*/[^/]*/[^/]*\).*,\1,' "$root/folder")"
}

begin
build_in rpm-bookworm 1 0 /w/BUILD/p-1
build_in rpm-trixie 0 1 /usr/src/debug
finish
