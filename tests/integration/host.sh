#!/usr/bin/env bash
# Hosts that lack something: a compiler, make. A disk without room: host_disk.sh.
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
says err 'to resume: '
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
says err 'to resume: '
pass

current='the repaired source is built'
printf '%s\n' "$good" >stack/tree/fake-1.0/core.c
repack stack
expect 0 "$pystacks" build ./stack
pass
