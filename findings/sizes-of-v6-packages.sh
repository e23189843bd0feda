#!/bin/sh
# Sizes of packages in rpm 6's format (rpm 6.1.0 writes, 4.18.0 reads too).
# Expected: every package has the tags %{SIZE} and %{FILESIZES}; LONGSIZE and LONGFILESIZES are for files of
#     more than 4 GiB.
# Actual: a v6 package of 1000 bytes has no SIZE, FILESIZES, SIGMD5 or SHA1HEADER. Each of them is "(none)", a
#     loop over FILESIZES prints nothing, and the exit status is 0. LONGSIZE and LONGFILESIZES work for both
#     formats. The package requires rpmlib(LargeFiles) although it is small.
# Affected: every script with `rpm -qa --qf '%{SIZE} %{NAME}'`, and every reader of headers that asks for the
#     short tag first. A sum over "(none)" is 0.
set -eu
. "$(dirname "$0")/lib.sh"

query='%{SIZE} <[%{FILESIZES}]> %{SIGMD5} %{SHA1HEADER} %{LONGSIZE} <[%{LONGFILESIZES}]>'

begin
use_root rpm-sid
versions rpm
spec p <<'SPEC'
BuildArch: noarch
%description
%{summary}.
%prep
%setup -c -T
%install
mkdir -p %{buildroot}/usr/share
head -c 1000 /dev/zero >%{buildroot}/usr/share/p
%files
/usr/share/p
SPEC
inside "rpmbuild -bb --nodeps -D '_topdir /v6' /p.spec >/log 2>&1
    rpmbuild -bb --nodeps -D '_topdir /v4' -D '_rpmformat 4' /p.spec >/log 2>&1
    rpm -qp --qf '$query' /v6/RPMS/noarch/*.rpm >/seen
    rpm -qp --qf '%{SIZE} [%{FILESIZES}] %{LONGSIZE} [%{LONGFILESIZES}]' /v4/RPMS/noarch/*.rpm >/seen4
    rpm -qp --requires /v6/RPMS/noarch/*.rpm | grep -c LargeFiles >/large || :"
expect "$query" "(none) <> (none) (none) 1000 <1000>" "$(cat "$root/seen")"
expect "the sizes in format 4" "1000 1000 1000 1000" "$(cat "$root/seen4")"
expect "requirements of large files" 1 "$(cat "$root/large")"
cp "$root"/v6/RPMS/noarch/*.rpm "$scratch"
use_root rpm-bookworm
versions rpm
cp "$scratch"/*.rpm "$root"
expect "the first three and LONGSIZE" "(none) (none) 1000" \
    "$(inside "rpm -qp --qf '%{SIZE} %{SIGMD5} %{LONGSIZE}' /p-1-1.noarch.rpm")"
finish
