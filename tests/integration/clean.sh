#!/usr/bin/env bash
# pystacks clean: what a build left that can be made again is removed, and nothing else.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start foreign 'what is not the output of a build is refused'
mkdir -p mine/BUILD
touch mine/BUILD/precious
expect 2 "$pystacks" clean
says err 'dist: there is no such folder'
expect 2 "$pystacks" clean --output mine
says err 'no pystacks build has written to it'
says err '--output'
[ -e mine/BUILD/precious ] || fail 'it was removed'
pass

start clean 'BUILD is emptied, the packages stay, and they are up to date'
fake_stack stack
expect 0 "$pystacks" build ./stack
grep -qE '^dist takes [0-9.]+ [kM]B, [0-9.]+ [kM]B of it in BUILD; pystacks clean frees that$' err || fail 'no size'
mkdir outside
touch outside/precious
ln -s "$PWD/outside" dist/BUILD/link
find dist/RPMS dist/SRPMS dist/SOURCES dist/SPECS dist/logs -type f -exec sha256sum {} + | sort >before
expect 0 "$pystacks" clean
grep -qE '^pystacks: removed [0-9.]+ [kM]B from dist; the packages are still there$' err || fail 'not how much'
[ -z "$(find dist/BUILD dist/BUILDROOT -mindepth 1 2>/dev/null)" ] || fail 'something is left'
[ -e outside/precious ] || fail 'a link was followed'
find dist/RPMS dist/SRPMS dist/SOURCES dist/SPECS dist/logs -type f -exec sha256sum {} + | sort >after
cmp before after || fail 'something else has changed'
expect 0 "$pystacks" clean
says err 'nothing to remove'
expect 0 "$pystacks" build ./stack
says err 'up to date'
says_not err 'pystacks clean'
cp -r dist/RPMS reference
rm dist/RPMS/*/*debugsource*
expect 0 "$pystacks" build ./stack --output ./dist -bb
says err 'pystacks clean --output ./dist frees that'
same_packages reference dist/RPMS
pass

current='a build at work is left alone'
for lock in dist/.pystacks.lock "$(build_folder dist)/lock"; do
    expect 1 flock "$lock" "$pystacks" clean
    says err "$lock"
    [ -d "$(build_folder dist)" ] || fail 'it was removed'
done
pass

current='a link for BUILD is not followed'
mv dist/BUILD elsewhere
ln -s ../elsewhere dist/BUILD
expect 1 "$pystacks" clean
says err 'it is a link'
[ -n "$(ls elsewhere)" ] || fail 'what it leads to was removed'
pass
