#!/usr/bin/env bash
# Messages: how much of them is shown, the log file, and the JSON lines.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# events FILE PYTHON: every line of the file is a JSON object, and the expression holds for `events`, the list of them.
events() {
    python3 - "$1" "$2" <<'END' || fail "$1: $2"
import json, sys
events = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for event in events:
    assert {"time", "level", "event", "message"} <= event.keys(), event
def of(kind, **wanted):
    return [e for e in events if e["event"] == kind and all(e.get(k) == v for k, v in wanted.items())]
sys.exit(not eval(sys.argv[2]))
END
}

start build 'a build with both logs'
fake_stack stack
expect 0 "$pystacks" build ./stack -j 2 --log-file build.log --log-json build.json
cp out packages
says err 'debug: make started'
says err 'debug: make finished in '
says_not err 'runs: '
events build.json 'events[0]["event"] == "start" and events[0]["format"] == 1'
events build.json '"build" in events[0]["arguments"] and events[0]["version"] and events[0]["pid"] > 0'
events build.json 'of("started", lane="debug", phase="make") and of("finished", lane="debug", phase="make")'
events build.json 'all(e["seconds"] >= 0 for e in of("finished"))'
events build.json 'of("finished", lane="stack", phase="write packages")'
events build.json 'any("rpm-worker" in e["arguments"] for e in of("command"))'
events build.json 'of("command-end", outcome="exited with status 0")'
events build.json 'any(e["text"].startswith("Executing(%build)") for e in of("rpm", level="debug"))'
events build.json "len(of('package')) == $(wc -l <packages) and all(e['bytes'] > 0 for e in of('package'))"
events build.json 'events[-1]["event"] == "end" and events[-1]["exit_code"] == 0 and not of("error")'
line='[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\.[0-9]{3} [+-][0-9]{2}:[0-9]{2}'
grep -qE "^$line info: debug: make finished in " build.log || fail 'no line with a time in build.log'
grep -qE "^$line debug: .*runs: make " build.log || fail 'a command of a stage is missing in build.log'
grep -qE "^$line info: ended with exit code 0$" build.log || fail 'no end in build.log'
if grep -vE "^($line |    )" build.log | grep -q .; then fail 'build.log has other lines'; fi
pass

current='a second run appends'
expect 0 "$pystacks" --log-json build.json build ./stack --log-file=build.log
events build.json 'len(of("start")) == 2 and len(of("end")) == 2'
[ "$(grep -c 'info: ended with exit code 0$' build.log)" -eq 2 ] || fail 'build.log has not been appended to'
pass

current='--quiet: nothing on stderr, results on stdout'
expect 0 "$pystacks" build ./stack --quiet
[ ! -s err ] || fail 'something on stderr'
cmp out packages || fail 'other results'
sed -i 's/^release = .*/release = "2%{?dist}"/' stack/stack.toml
expect 0 "$pystacks" -q build ./stack
[ ! -s err ] || fail 'something on stderr'
[ "$(wc -l <out)" -eq "$(wc -l <packages)" ] || fail 'other results'
pass

current='--verbose, before the command and behind it: commands and decisions'
sed -i 's/^release = .*/release = "3%{?dist}"/' stack/stack.toml
expect 0 "$pystacks" --verbose build ./stack
says err 'D: runs: '
says err ' rpm-worker'
says err 'D: rpm: Executing(%build)'
grep -qE '^D: build: stamp .*debug.* holds$' err || fail 'no word of stamps'
expect 0 "$pystacks" build ./stack -v
says err 'D: runs: '
expect 2 "$pystacks" -q build ./stack --verbose
says err 'contradicts --verbose'
expect 2 "$pystacks" --log-file x.log bulid
says err 'did you mean build?'
[ ! -e x.log ] || fail 'a log of nothing'
pass

start warning 'what rpm warns of is one event, and one line'
fake_stack stack
# The spec's own text expands it, several times each time it is parsed.
expect 0 "$pystacks" build ./stack -bs -D 'dist %{warn:something_is_odd}' --log-json log.json
[ "$(grep -c 'something_is_odd' err)" -eq 1 ] || fail 'it is not said once'
events log.json 'len(of("rpm", level="warning")) == 1 and "something_is_odd" in of("rpm", level="warning")[0]["text"]'
expect 0 "$pystacks" build ./stack -bs -D 'dist %{warn:something_is_odd}%{nil}' -q
says err 'something_is_odd'
pass

start failure 'a failure: its event, its exit code, and what was done until then'
fake_stack stack
mkdir stack/tree
tar -C stack/tree -xzf stack/fake-1.0.tar.gz
echo 'this is no C' >>stack/tree/fake-1.0/core.c
repack stack
expect 1 "$pystacks" build ./stack --log-json log.json --log-file log.txt --quiet
says err 'pystacks: '
says_not err 'started'
events log.json 'len(of("error", level="error")) == 1 and of("failed", phase="make", level="error")'
events log.json 'all(of("error")[0][k] for k in ("attempted", "reason", "hint")) and "subject" in of("error")[0]'
events log.json 'of("error")[0]["exit_code"] == 1 and events[-1]["event"] == "end" and events[-1]["exit_code"] == 1'
says log.txt ' error: '
says log.txt 'ended with exit code 1'
pass

current='a command line that makes no sense once logs are open'
expect 2 "$pystacks" build ./none --log-json usage.json
events usage.json 'of("error")[0]["exit_code"] == 2 and events[-1]["exit_code"] == 2'
pass

start unwritable 'a log that cannot be written: exit 2 before anything is made'
fake_stack stack
expect 2 "$pystacks" build ./stack --log-file none/build.log
says err '--log-file: none/build.log: No such file or directory'
expect 2 "$pystacks" build ./stack --log-json .
expect 2 "$pystacks" build ./stack --log-json -
says err 'standard output is for results'
expect 2 "$pystacks" build ./stack --log-json same --log-file same
mkfifo fifo
expect 2 "$pystacks" build ./stack --log-json fifo
says err 'this FIFO has no reader'
[ ! -e dist ] || fail 'a build folder was made'
pass

start elsewhere 'a FIFO, a descriptor, and a log that is full'
mkfifo fifo
cat fifo >events.json &
reader=$!
until "$pystacks" spec python3.13 --log-json fifo >out 2>err; do grep -q 'nobody reads' err || fail 'the FIFO'; done
wait "$reader"
events events.json 'of("start") and of("end", exit_code=0)'
"$pystacks" spec python3.13 --log-json /dev/fd/5 5>events.json >out 2>err || fail 'a descriptor'
events events.json 'of("start") and of("end", exit_code=0)'
expect 0 "$pystacks" spec python3.13 --log-json /dev/stderr -q
events err 'of("start") and of("end", exit_code=0)'
expect 0 "$pystacks" spec python3.13 --log-file /dev/full
says err 'cannot write the log any more: /dev/full: No space left on device; the command continues without it'
pass

start killed 'a killed program has logged everything up to then'
fake_stack stack
slow_compiler bin 10
PATH="$PWD/bin:$PATH" "$pystacks" build ./stack --log-json log.json --log-file log.txt >out 2>err &
victim=$!
for ((i = 0; i < 600; i++)); do
    if grep -q '"event":"started".*"phase":"make"' log.json 2>/dev/null; then break; fi
    sleep 0.1
done
everyone=$(descendants "$victim")
kill -KILL "$victim"
wait "$victim" || true
# shellcheck disable=SC2086 # a list of ids
kill -KILL $everyone 2>/dev/null || true
events log.json 'of("started", phase="make") and not of("end")'
says log.txt 'make started'
pass
