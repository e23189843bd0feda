#!/bin/sh
# A %files line for a name with a blank in it and a backslash at its end (rpm 4.18, 4.20).
# Guess: what quotes a file name in one version of rpm does so in the next one.
# Is: 4.18 takes a name in quotes as it is; 4.20 reads backslashes in it. So "NAME\" is right in 4.18
#     and a missing quote in 4.20, "NAME\\" is the other way round, and so is a blank after a
#     backslash. A question mark for each of the two, without quotes, is right in both.
# Hurts: whoever generates %files lists for more than one version of rpm.
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
