#!/usr/bin/env bash
# Builds that are interrupted or killed: nothing is left running, nothing finished is lost, the bytes are the same.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
set -m # children in the background get their own process groups, and may be interrupted

alive() { kill -0 "$1" 2>/dev/null && ! grep -qs '^State:.*Z' "/proc/$1/status"; }

# await_child PID COMM: waits until a process below PID is called that; prints its id.
await_child() {
    local process
    while alive "$1"; do
        for process in $(descendants "$1"); do
            if [ "$(cat "/proc/$process/comm" 2>/dev/null)" = "$2" ]; then
                echo "$process"
                return
            fi
        done
        sleep 0.05
    done
    return 1
}

# all_gone ID…: none of the processes is left, after ten seconds at most.
all_gone() {
    local process tries
    for process in "$@"; do
        for ((tries = 0; tries < 100; tries++)); do
            alive "$process" || continue 2
            sleep 0.1
        done
        fail "still running: $process $(tr '\0' ' ' <"/proc/$process/cmdline")"
    done
}

start reference 'a build that nobody disturbs'
fake_stack stack
expect 0 "$pystacks" build ./stack -bb
reference=$PWD/dist/RPMS
pass

start child 'a make that is killed: how it ended is said'
fake_stack stack
slow_compiler bin 1
PATH=$PWD/bin:$PATH "$pystacks" build ./stack -bb >out 2>err &
build=$!
make=$(await_child "$build" make) || fail 'there was no make'
kill -KILL "$make"
status=0
wait "$build" || status=$?
[ "$status" -eq 1 ] || fail "exit status $status"
says err 'SIGKILL'
says err 'to resume: '
expect 0 "$pystacks" build ./stack -bb
same_packages dist/RPMS "$reference"
pass

for signal in INT TERM HUP; do
    start "signal-$signal" "SIG$signal: every child ends, exit 130, the same command goes on"
    fake_stack stack
    slow_compiler bin 2
    PATH=$PWD/bin:$PATH "$pystacks" build ./stack -bb >out 2>err &
    build=$!
    await_child "$build" make >/dev/null || fail 'there was no make'
    mapfile -t family < <(descendants "$build")
    kill -"$signal" "$build"
    status=0
    wait "$build" || status=$?
    [ "$status" -eq 130 ] || fail "exit status $status"
    says err 'make interrupted after '
    says_not err 'failed'
    says err 'to resume: '
    all_gone "${family[@]}"
    expect 0 "$pystacks" build ./stack -bb
    says err 'stack: prep (skipped'
    same_packages dist/RPMS "$reference"
    pass
done

start parent 'only the program itself is killed: what it started ends by itself'
fake_stack stack
slow_compiler bin 2
PATH=$PWD/bin:$PATH "$pystacks" build ./stack -bb >out 2>err &
build=$!
await_child "$build" make >/dev/null || fail 'there was no make'
mapfile -t family < <(descendants "$build")
kill -KILL "$build"
wait "$build" 2>/dev/null || true
all_gone "${family[@]}"
expect 0 "$pystacks" build ./stack -bb
same_packages dist/RPMS "$reference"
pass

start moments 'everything is killed, at one moment after the other, until a run gets through'
fake_stack stack
for moment in 0.2 0.5 1 1.5 2 3 4 6 8; do
    "$pystacks" build ./stack -bb >out 2>err &
    build=$!
    sleep "$moment"
    mapfile -t family < <(descendants "$build")
    kill -KILL "${family[@]}" 2>/dev/null || true
    wait "$build" 2>/dev/null || true
done
expect 0 "$pystacks" build ./stack -bb
same_packages dist/RPMS "$reference"
pass

start survey 'a survey that is interrupted prints what it has'
mkdir specs
module_spec specs/fast.spec
module_spec specs/slow.spec
sed -i '1i %global waits %(sleep 300)' specs/slow.spec
"$pystacks" extension survey --prove --json --html page.html specs >out 2>err &
survey=$!
await_child "$survey" sleep >/dev/null || fail 'rpm does not read the slow spec'
mapfile -t family < <(descendants "$survey")
kill -INT "$survey"
status=0
wait "$survey" || status=$?
[ "$status" -eq 130 ] || fail "exit status $status"
says err 'the result is not complete'
python3 -c 'import json; data = json.load(open("out"))
assert not data["complete"] and data["not_reached"] + len(data["specs"]) == 2, data
assert "slow.spec" not in [each["spec"] for each in data["specs"]], data' || fail 'the JSON'
says page.html '"not_reached":'
all_gone "${family[@]}"
pass
