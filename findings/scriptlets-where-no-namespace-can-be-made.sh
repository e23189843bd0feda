#!/bin/sh
# Scriptlets in places where rpm may not make namespaces (rpm 4.20.1, 6.1.0 with the plugin "unshare", which
# Debian turns on).
# Expected: root can install a package in any container in which it can write the files, as with rpm 4.18.
# Actual: without CAP_SYS_ADMIN (in most containers), every scriptlet fails with exit status 126 before its
#     first line, and no message says why. A failed %pre stops the package. After a failed %post the package
#     is installed, although its scriptlet has not run. rpm --noplugins or an empty %__transaction_unshare
#     avoids the problem.
# Affected: anyone who builds images or scratch roots in a container. Status 126 looks like a broken
#     scriptlet.
set -eu
. "$(dirname "$0")/lib.sh"

begin
# package NAME SCRIPTLET: an empty package of which that scriptlet says that it ran.
package() {
    spec "$1" <<SPEC
BuildArch: noarch
%description
Words.
%$2
echo it ran
%files
SPEC
    inside "rpmbuild -bb --quiet --define '_topdir /top' /$1.spec"
}
# install COMMAND NAME: how often the scriptlet ran, its exit status in rpm's message, and whether it is installed
install_by() {
    inside "$1 --install --nodeps /top/RPMS/noarch/$2-1-1.noarch.rpm >/log 2>&1 || :
        grep -c '^it ran' /log || :
        grep -o 'exit status [0-9]*' /log || echo no failure
        rpm --quiet --query $2 && echo installed || echo not installed
        rpm --erase --nodeps $2 2>/dev/null || :" | paste -sd,
}
fewer='setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin rpm'
for suite in trixie sid; do
    use_root rpm-$suite
    versions rpm
    package before pre
    package after post
    expect "without CAP_SYS_ADMIN, %pre" "0,exit status 126,not installed" "$(install_by "$fewer" before)"
    expect "without CAP_SYS_ADMIN, %post" "0,exit status 126,installed" "$(install_by "$fewer" after)"
    expect "without plugins, %post" "1,no failure,installed" "$(install_by "$fewer --noplugins" after)"
    expect "an empty macro, %post" "1,no failure,installed" \
        "$(install_by "$fewer --define '__transaction_unshare %{nil}'" after)"
done
use_root rpm-bookworm
versions rpm
package before pre
expect "rpm 4.18 without CAP_SYS_ADMIN, %pre" "1,no failure,installed" "$(install_by "$fewer" before)"
finish
