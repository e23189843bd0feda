#!/usr/bin/env bash
# What pystacks and rpm execute while packages are built is known: each program belongs to a package of
# setup/packages.txt or is on every host.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=executed_programs.sh
source "$source_tree/tests/integration/executed_programs.sh"

start build 'a whole build: every package, debug information, every generator, three configurations, a training'
fake_stack stack
record "$pystacks" build ./stack -ba --with tracing --with optimizations
judge build
pass

start profile 'a profile is recorded'
fake_stack stack
record "$pystacks" profile record ./stack
judge build
pass

start compare 'a comparison as a page'
fake_stack stack
expect 0 "$pystacks" build ./stack --output one
expect 0 "$pystacks" build ./stack --output two --without debug_build
expected=3 record "$pystacks" compare one/RPMS two/RPMS --html page.html
judge build
pass

start unknown 'a program of no package, one of a package that nobody asked for, and one that is not there are named'
mkdir bin
printf '#!/bin/sh\nexit 0\n' >bin/mine
chmod +x bin/mine
# Not below the test's own folder, whose programs are known.
foreign=$(mktemp /tmp/pystacks-test-foreign.XXXXXX)
cp bin/mine "$foreign"
chmod +x "$foreign"
recorded=yes
(record sh -c "$foreign; strace --version; command -v no-such-program; true") || recorded=no
rm -f "$foreign"
[ "$recorded" = yes ] || fail 'nothing was recorded'
if judge_quietly build; then fail 'nothing was found'; fi
says verdict "$foreign is executed, and belongs to no package"
says verdict 'strace is executed, and belongs to strace'
says verdict 'no-such-program was looked for and is not there'
pass
