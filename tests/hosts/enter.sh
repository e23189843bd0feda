#!/usr/bin/env bash
# Runs a command as root in a root folder, as on a machine of its own: another distribution with its rpm and compiler.
#
#     tests/hosts/enter.sh ROOT [--bind FROM:TO | --bind-ro FROM:TO]... -- COMMAND...
#
# The root folder becomes / by pivot_root: in a plain chroot the kernel allows neither user namespaces nor overlay
# mounts, and pystacks needs both. It is no overlay itself, as the kernel stacks only two of them. Mounts, processes
# and System V IPC are the command's own; the network is this machine's, for the distribution's package servers. Files
# that the command writes stay in ROOT, but for /tmp and /run, which are in memory. The environment is clean; CI and
# TERM are handed on. The exit status is the command's. All its processes end with it, and with this script.
set -euo pipefail

usage() {
    echo 'usage: enter.sh ROOT [--bind FROM:TO | --bind-ro FROM:TO]... -- COMMAND...' >&2
    exit 2
}

fail() {
    echo "enter.sh: $*" >&2
    exit 1
}

# Outside: starts this script again in namespaces of its own, and ends them when it is ended itself.
start() {
    [ "$(id -u)" -eq 0 ] || fail 'it mounts file systems, so it has to run as root'
    # unshare ignores SIGTERM while it waits; its death takes the command along. A shell's background job ignores
    # SIGINT and SIGQUIT, which the command must not.
    setpriv --pdeathsig KILL unshare --mount --propagation private --pid --fork --kill-child=KILL --ipc --uts -- \
        env --default-signal=INT,QUIT ENTER_STAGE=inside "$BASH" "$0" "$@" <&0 &
    local child=$! status=0
    # Not reached from here is only SIGKILL, which --pdeathsig answers.
    trap 'kill -KILL "$child" 2>/dev/null || true; exit 143' TERM HUP
    trap 'kill -KILL "$child" 2>/dev/null || true; exit 130' INT
    wait "$child" || status=$?
    exit "$status"
}

# device NAME MAJOR MINOR: a character device in the new /dev.
device() {
    mknod --mode=666 "$root/dev/$1" c "$2" "$3"
}

# A small /dev: what programs expect, and none of this machine's disks.
mount_dev() {
    mkdir -p "$root/dev"
    mount -t tmpfs -o mode=755,nosuid,size=64k dev "$root/dev"
    device null 1 3
    device zero 1 5
    device full 1 7
    device random 1 8
    device urandom 1 9
    device tty 5 0
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    mount -t tmpfs -o mode=1777,nosuid,nodev shm "$root/dev/shm"
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s /proc/self/fd/0 "$root/dev/stdin"
    ln -s /proc/self/fd/1 "$root/dev/stdout"
    ln -s /proc/self/fd/2 "$root/dev/stderr"
}

# bind FROM:TO [ro]: a folder or a file of this machine, in the new root.
bind() {
    local from=${1%%:*} to=${1#*:}
    [[ $1 == *:/* ]] || fail "--bind $1: expected FROM:TO, with TO an absolute path"
    [ -e "$from" ] || fail "--bind $1: $from does not exist"
    if [ -d "$from" ]; then
        mkdir -p "$root$to"
    elif [ ! -e "$root$to" ]; then
        mkdir -p "$(dirname "$root$to")"
        touch "$root$to"
    fi
    mount --bind "$from" "$root$to"
    if [ "${2:-}" = ro ]; then mount -o remount,bind,ro "$root$to"; fi
}

mount_all() {
    mount --bind "$root" "$root"
    mkdir -p "$root/proc" "$root/sys" "$root/tmp" "$root/run" "$root/etc"
    mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
    mount --bind /sys "$root/sys"
    mount -o remount,bind,ro "$root/sys"
    mount_dev
    mount -t tmpfs -o mode=1777,nosuid,nodev tmp "$root/tmp"
    mount -t tmpfs -o mode=755,nosuid,nodev run "$root/run"
    mkdir -p "$root/run/lock"
    # A copy and no bind mount: users' namespaces can put no overlay over a folder in which something is mounted.
    if [ -e /etc/resolv.conf ]; then
        rm -f "$root/etc/resolv.conf"
        cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    fi
    local pair
    for pair in "${binds[@]}"; do bind "$pair"; done
    for pair in "${binds_ro[@]}"; do bind "$pair" ro; done
}

# Inside: mounts, makes the root folder /, and runs the command. This shell stays, as process 1: it waits for the
# processes whose parents have ended, which would stay as zombies else.
enter() {
    unset ENTER_STAGE
    mount_all
    cd "$root"
    # The old root ends up over the new one, and is detached. /tmp and PATH are the new root's from here on.
    pivot_root . .
    umount --lazy .
    cd /
    local environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
        DEBIAN_FRONTEND=noninteractive)
    [ -z "${CI+set}" ] || environment+=("CI=$CI")
    [ -z "${TERM+set}" ] || environment+=("TERM=$TERM")
    local status=0
    env -i "${environment[@]}" "${command[@]}" || status=$?
    exit "$status"
}

arguments=("$@")
[ $# -ge 1 ] || usage
root=$1
shift
binds=()
binds_ro=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    [ $# -ge 2 ] || usage
    case $1 in
    --bind) binds+=("$2") ;;
    --bind-ro) binds_ro+=("$2") ;;
    *) usage ;;
    esac
    shift 2
done
[ $# -ge 2 ] || usage
shift
command=("$@")
[ -d "$root/usr" ] || fail "$root: no root folder: there is no usr in it (mmdebstrap makes one)"
root=$(realpath "$root")
[ "$root" != / ] || fail 'the root folder is this machine'\''s own root'
if [ "${ENTER_STAGE:-}" = inside ]; then enter; else start "${arguments[@]}"; fi
