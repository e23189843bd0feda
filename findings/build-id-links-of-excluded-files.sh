#!/bin/sh
# A program that one package excludes with %exclude and a second package contains (rpm 4.18.0, 4.20.1).
# Expected: an excluded file leaves no trace in the package, or at least no dangling link.
# Actual: rpm makes links below /usr/lib/.build-id for files that %exclude takes out, too. The first package
#     has the link to a program that only the second package contains. If the second package is not installed,
#     the link dangles. If it is installed, the link is a file of both packages.
# Affected: anyone who splits off debug variants or plugins with a glob and %exclude, and anyone who compares
#     the package before and after the split: it is no longer the same.
set -eu
. "$(dirname "$0")/lib.sh"

build_in() {
    use_root "$1"
    versions rpm
    spec p <<'SPEC'
%{!?_enable_debug_packages:%debug_package}
%description
%{summary}.
%package extra
Summary: Another finding
%description extra
%{summary}.
%prep
%setup -c -T
echo 'int main(void) { return 0; }' >a.c
echo 'int main(void) { return 1; }' >b.c
%build
gcc -g -o a a.c
gcc -g -o b b.c
%install
install -D a %{buildroot}/usr/bin/p-a
install -D b %{buildroot}/usr/bin/p-b
%files
/usr/bin/p-*
%exclude /usr/bin/p-b
%files extra
/usr/bin/p-b
SPEC
    inside "rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1; echo \$? >/status
        for name in p p-extra; do
            rpm -qp --qf '[%{FILENAMES} %{FILELINKTOS}\n]' /w/RPMS/x86_64/\$name-1-1.*.rpm |
                sed -n 's,^/usr/lib/.build-id/.* .*/,,p' | sort | paste -sd' ' >/\$name
        done
        mkdir /t; rpm --root /t --initdb; rpm --root /t -i --nodeps /w/RPMS/x86_64/p-1-1*.rpm 2>>/log
        find /t/usr/lib/.build-id -xtype l | wc -l >/dangling"
    expect "exit status" 0 "$(cat "$root/status")"
    expect "where links of the first package lead" "p-a p-b" "$(cat "$root/p")"
    expect "where links of the second package lead" p-b "$(cat "$root/p-extra")"
    expect "links into nothing, with the first one installed" 1 "$(cat "$root/dangling")"
}

begin
build_in rpm-bookworm
build_in rpm-trixie
finish
