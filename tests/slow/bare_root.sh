#!/usr/bin/env bash
# What the README promises holds on a bare machine: a minimal root folder, the project, and nothing else. The quickstart
# builds a stack there, dnf installs what it built, and both interpreters run.
#
#     bare_root.sh PYSTACKS SOURCE-TREE FOLDER SUITE [STACK]
#
# SUITE is bookworm, trixie or sid. STACK is a stack that pystacks has; without it, the stack is that of the fake
# interpreter, which takes seconds.
# With PYSTACKS_TEST_KEEP set, the root folder stays, as FOLDER/bare-SUITE, without what was installed by dnf.
# What is fetched is kept in PYSTACKS_TEST_CACHE between runs, and so is what the compiler makes.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root
if [ "${BARE_ROOT:-}" != entered ]; then
    # A mount namespace of its own: whatever happens, no mount is left behind.
    BARE_ROOT=entered exec unshare --mount --propagation private "$0" "$@"
fi
suite=$4
stack=${5:-/srv/fake}
project=$(realpath "$project")
enter=$project/tests/hosts/enter.sh
cache=$test_cache/$suite
root=$folder/bare-$suite
mkdir -p "$cache/archives/partial" "$cache/ccache"

# ---- a minimal root --------------------------------------------------------------------------------------------------

# Mirrors of sid may be some weeks old.
freshness='Acquire::Check-Valid-Until "false"'
if [ ! -f "$cache/minimal.tar" ]; then
    mmdebstrap --quiet --format=tar --variant=minbase --aptopt="$freshness" "$suite" "$cache/minimal.tar.new"
    mv "$cache/minimal.tar.new" "$cache/minimal.tar"
fi
rm -rf "$root"
mkdir -p "$root"
installed=$root-installed
clean_up() {
    umount "$installed/root" 2>/dev/null || true
    rm -rf "$installed"
    [ -n "${PYSTACKS_TEST_KEEP:-}" ] || rm -rf "$root"
}
tar -C "$root" -xf "$cache/minimal.tar"
archive=$("$project/specs/pystacks/make-source.sh" --working-tree "$folder/bare-$suite-source")
mkdir "$root/srv/pystacks"
tar -C "$root/srv/pystacks" --strip-components=1 -xf "$archive"
pass "a minimal root of $suite, with the project and nothing else"

# The compiler's cache of this machine, without a package in the root: its own dynamic linker and libraries start it.
lend_ccache() {
    local program
    program=$(realpath "$(command -v ccache)")
    mkdir -p "$root/opt/ccache/lib"
    # ccache takes any other name for a compiler's.
    cp -L "$program" "$root/opt/ccache/lib/ccache"
    ldd "$program" | grep -o '/[^ ]*' | xargs cp -L -t "$root/opt/ccache/lib"
    cat >"$root/opt/ccache/ccache" <<'SCRIPT'
#!/bin/sh
lib=/opt/ccache/lib
exec "$lib"/ld-linux-*.so.* --library-path "$lib" "$lib/ccache" "$@"
SCRIPT
    chmod +x "$root/opt/ccache/ccache"
}
lend_ccache

# inside ROOT COMMAND…: as on a machine of its own.
inside() {
    local root=$1
    shift
    "$enter" "$root" --bind "$cache/archives:/var/cache/apt/archives" --bind "$cache/ccache:/var/cache/ccache" -- \
        env CMAKE_CXX_COMPILER_LAUNCHER=/opt/ccache/ccache CCACHE_DIR=/var/cache/ccache \
        CCACHE_BASEDIR=/srv/pystacks CCACHE_NOHASHDIR=1 CCACHE_COMPILERCHECK=content \
        CCACHE_SLOPPINESS=pch_defines,time_macros "$@"
}

# ---- the README's command --------------------------------------------------------------------------------------------

log=$folder/bare-$suite.log
# Expanded in there.
# shellcheck disable=SC2016
inside "$root" sh -euc '
    cd /srv/pystacks
    tests/integration/make_fake_source.sh /srv/fake
    exec examples/quickstart.sh "$1"' quickstart "$stack" >"$log" 2>&1 ||
    { tail -n 60 "$log" >&2; fail "examples/quickstart.sh $stack: see $log"; }
count=$(find "$root/srv/pystacks/dist/RPMS" -name '*.rpm' | wc -l)
[ "$count" -ge 7 ] || fail "$count packages: see $log"
pass "examples/quickstart.sh: $count packages"

# ---- their installation ----------------------------------------------------------------------------------------------

# In an overlay, as CPython's packages have files that Debian's own Python of that version has, too.
rm -rf "$installed"
mkdir -p "$installed/upper" "$installed/work" "$installed/root"
mount -t overlay -o "lowerdir=$root,upperdir=$installed/upper,workdir=$installed/work" overlay "$installed/root"

cat >"$installed/root/srv/install.sh" <<'SCRIPT'
#!/bin/sh
# Installs the packages by dnf. rpm does not know what dpkg has installed: a package says what of it they need.
set -eu
# Debian 13's dnf5 is too old.
if grep -q /sid /etc/debian_version; then dnf=dnf5; else dnf=dnf; fi
apt-get install --yes --no-install-recommends "$dnf"
cd /srv/pystacks/dist/RPMS
# An rpm distribution's dynamic linker looks there by itself. CPython's packages tell Debian's; the fake ones do not.
if [ -n "$(find . -name 'fake1.0-libs-*')" ]; then echo /usr/lib64 >/etc/ld.so.conf.d/lib64.conf; fi
packages=$(find . -name '*.rpm' ! -name '*-debuginfo-*' ! -name '*-debugsource-*')
# names WHAT: of what the packages require or provide. What is required if something else is there ("(a if b)") is not.
names() {
    # Word splitting is wanted: these are names of files.
    # shellcheck disable=SC2086
    rpm --query --package "$1" $packages | sed 's/ *[<>=].*//' | sort -u
}
names --provides >/srv/provides
{
    printf 'Name: host\nVersion: 1\nRelease: 1\nSummary: What dpkg has installed\nLicense: MIT\nBuildArch: noarch\n'
    names --requires | comm -23 - /srv/provides | grep -vE '^(\(|rpmlib\(|config\()' | sed 's/^/Provides: /'
    printf '%%description\nWords.\n%%files\n'
} >/srv/host.spec
rpmbuild --quiet -bb --define '_topdir /srv/host' /srv/host.spec
# Without plugins: one of dnf5's runs createrepo_c, and dnf5 fails for want of it after everything is installed.
# shellcheck disable=SC2086
"$dnf" --assumeyes --releasever=1 --setopt=pluginpath=/nonexistent --setopt=pluginconfpath=/nonexistent \
    install /srv/host/RPMS/noarch/host-1-1.noarch.rpm $packages
SCRIPT
inside "$installed/root" sh /srv/install.sh >"$folder/bare-$suite-install.log" 2>&1 ||
    { tail -n 40 "$folder/bare-$suite-install.log" >&2; fail 'dnf cannot install what was built'; }
# A file's text, not a command line: it would go through three shells.
cat >"$installed/root/srv/run.sh" <<'SCRIPT'
#!/bin/sh
set -eux
for package in $(rpm --query --all --queryformat '%{NAME}\n' | grep -v '^host$'); do rpm --verify "$package"; done
if command -v fake1.0; then
    fake1.0 -c 'import greeting, _fakemath'
    fake1.0d -c 'import greeting, _fakemath'
else
    python=$(cd /usr/bin && echo python[23].*-debug)
    "${python%-debug}" -c 'import ssl, sqlite3, ctypes'
    "$python" -c 'import ssl, sqlite3, ctypes, sys; print(sys.gettotalrefcount())'
fi
SCRIPT
inside "$installed/root" sh /srv/run.sh || fail 'an installed interpreter does not run'
pass 'dnf installed the packages, and both interpreters run'
