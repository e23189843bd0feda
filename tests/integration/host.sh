#!/usr/bin/env bash
# Hosts that lack something: a program, or room on the disk.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# path_without DIR NAME…: a folder for PATH with every program but those named.
path_without() {
    local target=$1 program name
    shift
    mkdir -p "$target"
    ln -s -t "$target" /usr/bin/* /usr/sbin/* 2>/dev/null || true
    for name in "$@"; do
        for program in "$target"/$name; do rm -f "$program"; done
    done
}

start compiler 'no compiler: it is named before anything starts, with the command that installs it'
fake_stack stack
path_without bin 'gcc*' 'cc' 'c89*' 'c99*' '*-gcc*' 'clang*'
expect 1 env PATH="$PWD/bin" "$pystacks" build ./stack
says err 'gcc: '
grep -qE '(apt-get|dnf|zypper|yum) install.* gcc' err || fail 'no command that installs gcc'
[ ! -e "$(build_folder dist)" ] || fail 'the build was started'
pass

current='no compiler and --nodeps: the end of the log, its path, and how to go on'
expect 1 env PATH="$PWD/bin" "$pystacks" build ./stack --nodeps
says err 'the whole log: '
says err 'to go on from there: '
[ -d "$(build_folder dist)" ] || fail 'the build is somewhere else than where these tests look'
log=$(sed -n 's/^the whole log: //p' err)
[ -f "$log" ] || fail "the log is not there: $log"
pass

start make 'no make'
fake_stack stack
path_without bin 'make' 'gmake'
expect 1 env PATH="$PWD/bin" "$pystacks" build ./stack
says err 'make: '
pass

start compile 'a file that does not compile: the compiler is quoted'
fake_stack stack
mkdir stack/tree
tar -C stack/tree -xzf stack/fake-1.0.tar.gz
good=$(cat stack/tree/fake-1.0/core.c)
echo 'this is no C;' >>stack/tree/fake-1.0/core.c
repack stack
expect 1 "$pystacks" build ./stack
says err 'error:'
says err 'core.c'
says err 'the whole log: '
says err 'to go on from there: '
pass

current='the repaired source is built'
printf '%s\n' "$good" >stack/tree/fake-1.0/core.c
repack stack
expect 0 "$pystacks" build ./stack
pass

if [ "$(id -u)" -ne 0 ] || ! unshare --mount true 2>/dev/null; then
    echo 'SKIPPED: full disk: needs root, to mount a small file system' >&2
    exit 0
fi
start disk 'full disk: said in plain words, and the same command goes on when there is room'
fake_stack stack
cat >small.sh <<'END'
#!/bin/sh
# small.sh PYSTACKS: builds on a disk that is too small, then on a larger one.
mkdir -p dist
mount -t tmpfs -o size=400k none dist || exit 99
"$1" build ./stack >out1 2>err1
echo $? >status1
mount -o remount,size=300m dist || exit 99
"$1" build ./stack >out2 2>err2
END
expect 0 unshare --mount --propagation private sh small.sh "$pystacks"
[ "$(cat status1)" -eq 1 ] || fail "exit status $(cat status1) on the full disk"
says err1 'No space left on device'
says out2 'RPMS'
pass
