#!/bin/sh
# One program under two names, which are hard links of each other (rpm 4.18, 4.20; debugedit 5.0, 5.1).
# Expected: one file has one build-id, so there is one debug file and one link; or there are two links with
#     consistent numbers.
# Actual: there is a debug file for each name. The second link is called HASH.1, but the packages disagree
#     which name comes second: HASH.1 of the main package leads to one name, HASH.1.debug of -debuginfo to the
#     debug file of the other. -debuginfo provides "debuginfo(build-id) = nilnil".
# Affected: anyone who looks up debug packages by their provides, or pairs a program with its debug file by
#     the name of the link. Python, git and tools like busybox are installed as hard links.
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
install -D prog %{buildroot}/usr/bin/prog-a
ln %{buildroot}/usr/bin/prog-a %{buildroot}/usr/bin/prog-b
%files
/usr/bin/prog-*
SPEC
    # Numbers of the links, and the program that each leads to.
    inside "rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1; echo \$? >/status
        links='[%{FILENAMES} %{FILELINKTOS}\n]'
        rpm -qp --qf \"\$links\" /w/RPMS/*/p-1-1.*.rpm >/main
        rpm -qp --qf \"\$links\" /w/RPMS/*/p-debuginfo-1-1.*.rpm >/debuginfo
        rpm -qp --provides /w/RPMS/*/p-debuginfo-1-1.*.rpm >/provides" || :
    expect "exit status of rpmbuild" 0 "$(cat "$root/status")"
    expect "debug files" "prog-a prog-b" \
        "$(sed -n 's,^/usr/lib/debug/usr/bin/\(prog-.\)-1-1.*debug $,\1,p' "$root/debuginfo" | paste -sd' ')"
    expect "HASH.1 of the main package" prog-b "$(sed -n 's,.*/[0-9a-f]*\.1 .*/,,p' "$root/main")"
    expect "HASH.1.debug of -debuginfo" prog-a \
        "$(sed -n 's,.*/[0-9a-f]*\.1\.debug .*/\(prog-.\)-1-1.*,\1,p' "$root/debuginfo")"
    expect "provides of no build-id" "debuginfo(build-id) = nilnil" "$(grep nil "$root/provides")"
}

begin
build_in rpm-bookworm
build_in rpm-trixie
finish
