#!/bin/sh
# A %files line for a name that contains a blank and ends in a backslash (rpm 4.18, 4.20).
# Expected: a way to quote a file name that works in one version of rpm works in the next one, too.
# Actual: 4.18 takes a quoted name literally; 4.20 interprets backslashes in it. So "NAME\" is right in 4.18,
#     but lacks a closing quote in 4.20. "NAME\\" is right only in 4.20, and so is the name without quotes but
#     with a backslash before the blank and before the last backslash. Without quotes, a question mark in
#     place of the blank and the backslash is right in both.
# Affected: anyone who generates %files lists for more than one version of rpm.
set -eu
. "$(dirname "$0")/lib.sh"

# The exit status where the %files line is $1.
build_with() {
    printf '%s\n' "$1" >"$root/line"
    spec p <<'SPEC'
BuildArch: noarch
%description
%{summary}.
%prep
%setup -c -T
cp /line list
%install
mkdir -p %{buildroot}/usr/share/p
touch '%{buildroot}/usr/share/p/a b\'
%files -f list
SPEC
    inside "rpmbuild -bb --nodeps -D '_topdir /w' /p.spec >/log 2>&1 && echo 0 || echo \$?"
}

# For the four lines below, in their order.
tries() {
    build_with '"/usr/share/p/a b\"'
    build_with '"/usr/share/p/a b\\"'
    # The backslashes are meant.
    # shellcheck disable=SC1003
    build_with '/usr/share/p/a\ b\\'
    build_with '/usr/share/p/a?b?'
}

begin
printf '%s\n' 'tried: "a b\"  "a b\\"  a\ b\\  a?b?'
use_root rpm-bookworm
versions rpm
expect "exit statuses" "0 1 1 0" "$(tries | paste -sd' ')"
use_root rpm-trixie
versions rpm
expect "exit statuses" "1 0 0 0" "$(tries | paste -sd' ')"
finish
