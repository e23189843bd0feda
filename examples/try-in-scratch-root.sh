#!/bin/sh
# Installs packages into an overlay of this machine's root and runs a command (default: a shell) in there.
#
#     examples/try-in-scratch-root.sh DIR [COMMAND ARGUMENT...]
#
# What is written goes to a folder in memory that is gone at the end; the machine stays as it is. Needs root.
set -eu

if [ "$(id -u)" -ne 0 ]; then
    echo "try-in-scratch-root: has to run as root (it mounts an overlay)" >&2
    exit 1
fi
if [ $# -lt 1 ] || [ ! -d "$1" ]; then
    echo "usage: try-in-scratch-root.sh DIR-WITH-RPMS [COMMAND ARGUMENT...]" >&2
    exit 2
fi
if [ "${PYSTACKS_SCRATCH_ROOT:-}" != entered ]; then
    # A mount namespace of its own: whatever happens, no mount is left behind.
    PYSTACKS_SCRATCH_ROOT=entered exec unshare --mount --propagation private "$0" "$@"
fi

packages=$(cd "$1" && pwd)
shift
scratch=$(mktemp -d)
mount -t tmpfs -o mode=0755 pystacks "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$scratch/root" "$scratch/packages"
mount -t overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" overlay "$scratch/root"
mount --rbind /proc "$scratch/root/proc"
mount --rbind /dev "$scratch/root/dev"
mkdir -p "$scratch/root/mnt"
mount --bind "$packages" "$scratch/root/mnt"

# The host's own packages may not be rpm's, so its database cannot answer for the libraries: what is needed beyond
# these packages is here, as they were built here.
rpm --root "$scratch/root" --initdb
find "$packages" -name '*.rpm' ! -name '*.src.rpm' ! -name '*-debuginfo-*' ! -name '*-debugsource-*' \
    -exec rpm --root "$scratch/root" --install --nodeps --nosignature {} +

if [ $# -eq 0 ]; then set -- "${SHELL:-/bin/sh}"; fi
status=0
# The caller's PATH may lead to other compilers and interpreters.
env -u PYSTACKS_SCRATCH_ROOT PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    chroot "$scratch/root" "$@" || status=$?
exit "$status"
