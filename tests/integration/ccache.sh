#!/usr/bin/env bash
# ccache before the compiler on PATH, as Fedora puts it there: the same packages, made again from what was compiled
# before.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# hits: how many compilations were taken from the cache so far.
hits() {
    ccache --print-stats |
        awk -F '\t' '$1 ~ /^(direct|preprocessed)_cache_hit$/ { sum += $2 } END { print sum + 0 }'
}

start behind 'what is up to date without ccache is so with it, too'
fake_stack stack
mkdir compiler cached
printf '#!/bin/sh\nexec /usr/bin/gcc "$@"\n' >compiler/gcc
chmod +x compiler/gcc
ln -s "$(command -v ccache)" cached/gcc
without=$PWD/compiler:$PATH
with=$PWD/cached:$without
PATH=$without expect 0 "$pystacks" build ./stack -bb
mv dist/RPMS plain
cp -R plain dist/RPMS
PATH=$with expect 0 "$pystacks" build ./stack -bb
says err 'up to date: nothing has changed'
pass

current='what comes out of the cache is what the compiler makes'
for run in first second; do
    rm -rf dist
    before=$(hits)
    PATH=$with expect 0 "$pystacks" build ./stack -bb
    same_packages plain dist/RPMS
done
[ "$(hits)" -gt "$before" ] || fail "the $run run took nothing from the cache"
pass

current='another compiler behind ccache is noticed, by ccache too'
printf '#!/bin/sh\n# patched\nexec /usr/bin/gcc "$@"\n' >compiler/gcc
before=$(hits)
PATH=$with expect 0 "$pystacks" build ./stack -bb
says err 'optimized: make finished'
[ "$(hits)" -eq "$before" ] || fail 'taken from the cache'
same_packages plain dist/RPMS
pass
