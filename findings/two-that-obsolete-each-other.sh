#!/bin/sh
# `dnf install a b` with two packages that obsolete each other (dnf 4.14.0, dnf5 5.4.6).
# Expected: dnf says that the two cannot be installed together, or the package that is named first wins.
# Actual: dnf installs only a, does not mention b, and exits with 0. The same happens with `install b a`. Even
#     `install b` alone installs a: dnf replaces the requested package by the one that obsoletes it.
# Affected: anyone who splits a package in two, with Obsoletes in both for upgrades, and anyone who checks an
#     installation by dnf's exit status.
set -eu
. "$(dirname "$0")/lib.sh"

try_in() {
    use_root "$1"
    versions rpm "$2"
    for pair in 'a b' 'b a'; do
        spec "${pair% ?}" <<SPEC
BuildArch: noarch
Obsoletes: ${pair#? } <= 1-1
%description
%{summary}.
%files
SPEC
    done
    # Exit status, and what dnf installed where it was asked for $1.
    install() {
        inside "rm -rf /target
            $dnf -y --installroot=/target --releasever=1 --disablerepo='*' --repofrompath=r,/r --enablerepo=r \
                --setopt=gpgcheck=0 --setopt=pkg_gpgcheck=0 install $1 >/log 2>&1 && echo 0 || echo \$?
            rpm --root /target -qa --qf '%{NAME}\n' | sort" | paste -sd' '
    }
    dnf=$2
    inside "for name in a b; do rpmbuild -bb --nodeps -D '_topdir /w' -D '_rpmdir /r' /\$name.spec >/log 2>&1; done
        createrepo_c -q /r"
    expect "install a b: status, packages" "0 a" "$(install 'a b')"
    expect "mentions of b in the output" 0 "$(grep -cw 'b' "$root/log" || :)"
    expect "install b a" "0 a" "$(install 'b a')"
    expect "install b" "0 a" "$(install b)"
}

begin
try_in rpm-bookworm dnf
try_in rpm-sid dnf5
finish
