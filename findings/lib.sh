# shellcheck shell=sh
# Shared by the findings: a scratch folder, Debian roots with pinned packages, and the comparison of the
# description with what is seen. A finding sources this file, and calls the functions in this order:
#
#     begin                       a scratch folder ($scratch), removed at the end
#     use_root NAME               a root with the packages of roots/NAME, as $root
#     spec NAME <LINES            a spec file /NAME.spec in $root
#     inside 'COMMANDS'           runs them in $root, in namespaces of their own
#     expect WHAT WANTED SEEN     prints SEEN, and records it as a change if it is not WANTED
#     finish                      exit 0: as described; 1: the behaviour has changed
#
# If $FINDINGS_ROOTS is set, it is a folder that keeps roots for the next finding (run.sh sets it).

findings=$(cd "$(dirname "$0")" && pwd)
scratch=
root=
changed=0

# Exits with 77: this host cannot provide what the finding needs.
skip() {
    echo "skipped: $*"
    exit 77
}

remove_scratch() {
    leave_root
    [ -z "$scratch" ] || rm -rf --one-file-system "$scratch"
}

# In a mount namespace of its own, so that no mount outlives the finding.
begin() {
    [ "$(id -u)" -eq 0 ] || skip "only root can make a root"
    for tool in mmdebstrap unshare; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
    [ -n "${FINDINGS_NAMESPACE:-}" ] || FINDINGS_NAMESPACE=own exec unshare --mount "$0"
    scratch=$(mktemp -d)
    trap remove_scratch EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# The mirror that the host's own apt takes Debian from.
debian_mirror() {
    # $(REPO_URI) is apt's, not the shell's.
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Component: main' | sed -n 1p
}

# Makes the root $2 with the packages of roots/$1.
make_root() {
    suite=$(sed -n 's/^suite //p' "$findings/roots/$1")
    packages=$(sed '/^#/d; /^suite /d; /^$/d' "$findings/roots/$1" | paste -sd,)
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || skip "apt has no Debian mirror"
    if ! mmdebstrap --quiet --variant=essential --include="$packages" --aptopt='Acquire::Check-Valid-Until "false"' \
        --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        "$suite" "$2" "$mirror" 2>"$scratch/mmdebstrap.log"; then
        rm -rf --one-file-system "$2"
        skip "cannot get the packages of roots/$1: $(grep '^E:' "$scratch/mmdebstrap.log" | sed -n 1p)"
    fi
}

leave_root() {
    [ -n "$root" ] || return 0
    ! mountpoint -q "$root" || umount "$root"
    rm -rf --one-file-system "$root" "$scratch/upper" "$scratch/work"
    root=
}

# A fresh root with the packages of roots/$1. Its path is $root; the root of an earlier call is removed.
use_root() {
    leave_root
    root=$scratch/root
    if [ -n "${FINDINGS_ROOTS:-}" ]; then
        if [ ! -d "$FINDINGS_ROOTS/$1" ]; then
            make_root "$1" "$scratch/new"
            mv "$scratch/new" "$FINDINGS_ROOTS/$1"
        fi
        mkdir "$root" "$scratch/upper" "$scratch/work"
        mount -t overlay -o "lowerdir=$FINDINGS_ROOTS/$1,upperdir=$scratch/upper,workdir=$scratch/work" \
            finding "$root" ||
            cp -a "$FINDINGS_ROOTS/$1/." "$root"
    else
        make_root "$1" "$root"
    fi
}

# Runs commands of sh in $root, without a network. Everything that they start ends with them.
inside() {
    # $1 and $2 are those of the inner shell.
    # shellcheck disable=SC2016
    unshare --mount --pid --net --uts --fork --kill-child sh -euc 'mount -t proc proc "$1/proc"
        mount -t sysfs sysfs "$1/sys"
        hostname localhost
        exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 sh -euc "$2"' \
        sh "$root" "$1"
}

# The versions of packages of $root, on one line.
versions() {
    # ${Version} is dpkg's, not the shell's.
    # shellcheck disable=SC2016
    dpkg-query --admindir="$root/var/lib/dpkg" --show --showformat '${Package} ${Version}\n' "$@" | paste -sd,
}

# Writes the spec file /NAME.spec of $root: the usual tags, then the lines on standard input.
spec() {
    {
        printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: A finding\nLicense: MIT\n' "$1"
        cat
    } >"$root/$1.spec"
}

# $2 is from the description, $3 is what was seen.
expect() {
    if [ "$2" = "$3" ]; then
        printf '  %s: %s\n' "$1" "$3"
    else
        printf '  CHANGED %s: expected %s, saw %s\n' "$1" "$2" "$3"
        changed=1
    fi
}

finish() {
    if [ "$changed" -eq 0 ]; then echo "as described"; else echo "the behaviour has changed"; fi
    exit "$changed"
}
