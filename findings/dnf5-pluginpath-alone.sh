#!/bin/sh
# dnf5 --setopt=pluginpath=FOLDER (dnf5 5.4.6).
# Expected: dnf5 looks for plugins in FOLDER, and an empty folder turns them off.
# Actual: dnf5 reads the list of plugins from another folder, pluginconfpath. It uses the host's, although
#     --installroot is given and everything else is read there. Each plugin that is enabled there has to be in
#     FOLDER. Otherwise every command fails ("Cannot load libdnf plugin") before it does anything. Setting
#     pluginconfpath as well helps, and so does --no-plugins.
# Affected: anyone who keeps the host's plugins out of a build root with the option of dnf 4, for which
#     pluginpath alone is enough.
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root rpm-sid
versions dnf5
# The exit status of dnf5 with the options $1, and the complaints on standard error.
try() {
    inside "mkdir -p /empty
        dnf5 --installroot=/target --setopt=reposdir=/empty $1 repo list >/dev/null 2>/log && echo 0 || echo \$?
        grep -c 'Cannot load libdnf plugin' /log || :" | paste -sd' '
}
expect "no option: status, complaints" "0 0" "$(try '')"
expect "pluginpath alone" "1 1" "$(try --setopt=pluginpath=/empty)"
expect "pluginpath and pluginconfpath" "0 0" "$(try '--setopt=pluginpath=/empty --setopt=pluginconfpath=/empty')"
expect "--no-plugins beside it" "0 0" "$(try '--no-plugins --setopt=pluginpath=/empty')"
use_root rpm-bookworm
versions dnf
expect "dnf 4, pluginpath alone" 0 \
    "$(inside "mkdir /empty
        dnf -q --installroot=/target --releasever=1 --setopt=reposdir=/empty --setopt=pluginpath=/empty repolist \
            >/dev/null 2>&1 && echo 0 || echo \$?")"
finish
