#!/bin/sh
# %debug_package in a spec file, on Debian 12 and 13 (rpm 4.18.0, 4.20.1).
# Expected: a spec that uses the macro for debug packages gets one on every host; asking for the default
#     changes nothing.
# Actual: Debian 12's rpm makes debug packages only if %debug_package is in the spec. Debian 13's rpm makes
#     them by default, so the macro declares the package a second time. The build runs to its end and then
#     fails with "package p-debuginfo already exists". %{!?_enable_debug_packages:%debug_package} works in
#     both.
# Affected: anyone with one spec file for two releases. The failure comes after the last minute of make.
set -eu
. "$(dirname "$0")/lib.sh"

# Prints the exit status, and how many debug packages there are, for a spec with the line $1.
build_with() {
    spec p <<SPEC
$1
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
    inside "rm -rf /w
        rpmbuild -bb --nodeps --define '_topdir /w' /p.spec >/log 2>&1 && echo 0 || echo \$?
        ls /w/RPMS/*/ 2>/dev/null | grep -c debuginfo || :" | paste -sd' '
}

begin
use_root rpm-bookworm
versions rpm
expect "without the macro: status, debug packages" "0 0" "$(build_with '')"
expect "with the macro" "0 1" "$(build_with '%debug_package')"
expect "with the condition" "0 1" "$(build_with '%{!?_enable_debug_packages:%debug_package}')"
use_root rpm-trixie
versions rpm
expect "without the macro: status, debug packages" "0 1" "$(build_with '')"
expect "with the macro" "1 0" "$(build_with '%debug_package')"
expect "its reason" 1 "$(grep -c '^error: .*package p-debuginfo already exists' "$root/log")"
expect "with the condition" "0 1" "$(build_with '%{!?_enable_debug_packages:%debug_package}')"
finish
