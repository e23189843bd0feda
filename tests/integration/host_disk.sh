#!/usr/bin/env bash
# A disk without room. A small one has to be mounted for that.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can mount a small file system'
unshare --mount true 2>"$folder/unshare.err" ||
    skip "no mounts in a namespace of their own: $(cat "$folder/unshare.err")"

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
