#!/usr/bin/env bash
# early-targets: what a make of its own makes before everything else, so that what waits for it starts first.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# compiled OUTPUT: the sources of the optimized configuration, in the order in which they were compiled.
compiled() {
    sed -nE 's/.* -c .* \S*\/(\w+)\.c$/\1/p' "$(build_folder "$1")/logs/optimized-make.log" | tr '\n' ' '
}

start order 'they are made first, with their arguments, and once'
fake_stack stack
expect 0 "$pystacks" build ./stack -bc --output before -j1
# core.o has to wait for strings.o, which has to wait for frozen.h.
[ "$(compiled before)" = 'main _fakemath strings core ' ] || fail "by itself make compiles $(compiled before)"
# shellcheck disable=SC2016  # ${configuration} is for the stack
sed -i -e '/^name = "optimized"/a early-targets = ["core.o", "%{?never:never.o}"]' \
    -e '/^name = "optimized"/a early-arguments = ["EARLY=${configuration}"]' stack/stack.toml
expect 0 "$pystacks" build ./stack -bc --output early -j1
[ "$(compiled early)" = 'strings core main _fakemath ' ] || fail "compiled: $(compiled early)"
pass

current='a changed list is a reason to make again; a changed file is made by the make that it belongs to'
sed -i 's/"EARLY=/"LATE=/' stack/stack.toml
expect 0 "$pystacks" build ./stack -bc --output early -j1
says err 'optimized: make finished'
says err 'debug: make (skipped: up to date)'
tar -xzf stack/fake-1.0.tar.gz
sed '$a /* changed */' fake-1.0/core.c |
    diff -u --label a/core.c --label b/core.c fake-1.0/core.c - >stack/patches/core.patch || true
sed -i '0,/^\[\[patch\]\]/s//[[patch]]\nfile = "core.patch"\nstrip = 1\n\n[[patch]]/' stack/stack.toml
: >"$(build_folder early)/logs/optimized-make.log"
expect 0 "$pystacks" build ./stack -bc --output early -j1
says_not err 'configure finished'
[ "$(compiled early)" = 'core ' ] || fail "compiled: $(compiled early)"
pass

current='where the compiler is trained, it is trained before; with a recorded profile it is not'
expect 0 "$pystacks" build ./stack -bc --output trained --with optimizations -j1
log=$(build_folder trained)/logs/optimized-make.log
[ "$(compiled trained)" = 'strings core main _fakemath ' ] || fail "compiled: $(compiled trained)"
[ "$(grep -nF 'training/core.counts' "$log" | head -n 1 | cut -d : -f 1)" \
    -lt "$(grep -n 'strings\.c' "$log" | cut -d : -f 1)" ] ||
    fail 'compiled before the training'
expect 0 "$pystacks" profile record ./stack --output recorded
expect 0 "$pystacks" build ./stack -bc --output trained --with optimizations -j1
says err 'uses the recorded profile'
[ "$(compiled trained)" = 'strings core main _fakemath ' ] || fail "compiled: $(compiled trained)"
grep -q '^mkdir -p training' "$log" && fail 'trained'
pass

start mistakes 'arguments without targets are told'
fake_stack stack
sed -i '/^name = "optimized"/a early-arguments = ["V=1"]' stack/stack.toml
expect 2 "$pystacks" build ./stack -bc --output out1
says err "'early-arguments' have no effect without 'early-targets'"
pass
