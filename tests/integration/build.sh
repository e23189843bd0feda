#!/usr/bin/env bash
# A stack becomes packages; a second run does nothing; the stages' letters stop where rpmbuild stops.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start build 'all packages, their paths on stdout'
fake_stack stack
expect 0 "$pystacks" build ./stack -j 2
cp out first
for package in fake1.0 fake1.0-debug fake1.0-devel fake1.0-libs fake1.0-test fake1.0-debuginfo fake1.0-debugsource; do
    grep -qE "^dist/RPMS/[^/]+/$package-1\\.0-1.*\\.rpm$" out || fail "no $package in the list"
done
grep -qE '^dist/SRPMS/fake1\.0-1\.0-1.*\.src\.rpm$' out || fail 'no source package in the list'
while read -r file; do
    [ -f "$file" ] || fail "$file is not there"
    rpm --query --package --nosignature "$file" >/dev/null || fail "$file is no package"
done <first
says err 'debug: make finished'
rpm -qlp dist/RPMS/*/fake1.0-debug-1.0-*.rpm >debug.list
grep -q '/usr/bin/fake1.0d$' debug.list || fail 'the debug package lacks its interpreter'
pass

current='a second run does nothing, and says so'
find dist -printf '%p %T@ %i\n' | grep -v pystacks.lock | sort >before
expect 0 "$pystacks" build ./stack
cmp out first || fail 'the second run names other files'
says err 'up to date'
says_not err 'started'
find dist -printf '%p %T@ %i\n' | grep -v pystacks.lock | sort >after
cmp before after || fail 'the second run touched files'
expect 0 "$pystacks" build ./stack --json
python3 -c 'import json; found = json.load(open("out")); assert found["up_to_date"] and len(found["files"]) >= 8' ||
    fail 'the JSON says something else'
pass

current='a result that was damaged is made again, without compiling'
package=$(echo dist/RPMS/*/fake1.0-libs-1.0-*.rpm)
digest=$(sha256sum <"$package")
echo x >>"$package"
expect 0 "$pystacks" build ./stack
[ "$digest" = "$(sha256sum <"$package")" ] || fail 'the package is another one'
says err 'debug: make (skipped'
pass

current='a new release compiles nothing again'
sed -i 's/^release = .*/release = "2%{?dist}"/' stack/stack.toml
expect 0 "$pystacks" build ./stack
says err 'changed since the last build: '
says err 'debug: make (skipped'
ls dist/RPMS/*/fake1.0-1.0-2*.rpm >/dev/null || fail 'no package of release 2'
pass

start stages '-bp, -bc, -bi and -bs stop where rpmbuild stops'
fake_stack stack
expect 0 "$pystacks" build ./stack -bp
[ -f "$(build_folder dist)/source/configure" ] || fail 'no source tree'
[ ! -e "$(build_folder dist)/install" ] || fail '-bp built'
expect 0 "$pystacks" build ./stack -bc
[ -d "$(build_folder dist)/install/debug" ] || fail 'no install tree of debug'
[ ! -e "$(build_folder dist)/merged" ] || fail '-bc merged'
expect 0 "$pystacks" build ./stack -bi
says err 'debug: make (skipped'
[ -d "$(build_folder dist)/merged" ] || fail 'no merged tree'
expect 0 "$pystacks" build ./stack -bs
[ "$(grep -c . out)" -eq 1 ] || fail '-bs gives more than one file'
if find dist/RPMS -name '*.rpm' | grep -q .; then fail 'there are binary packages'; fi
pass

start elsewhere 'the same bytes from another folder, with another number of jobs'
fake_stack some/where/else
sed -i 's/^release = .*/release = "2%{?dist}"/' some/where/else/stack.toml
expect 0 "$pystacks" build ./some/where/else -j 5 --output "$PWD/another/folder"
same_packages "$folder/build/dist/RPMS" "$PWD/another/folder/RPMS"
cmp "$PWD/another/folder/SRPMS/"*.src.rpm "$folder/build/dist/SRPMS/"*-2*.src.rpm || fail 'the source packages differ'
pass

start moved 'an output folder that was moved, another release and number of jobs: nothing of the earlier run is left'
fake_stack stack
expect 0 "$pystacks" build ./stack -bc -j 1
mv dist moved
sed -i 's/^release = .*/release = "2%{?dist}"/' stack/stack.toml
expect 0 "$pystacks" build ./stack --output moved -j 5
same_packages "$folder/build/dist/RPMS" "$PWD/moved/RPMS"
# From 6.1 on rpm keeps the environment of all scriptlets in a file, which is right after a run in which nothing is new.
environment=$(dirname "$(build_folder moved)")/rpmbuild.env
if rpm_is 6.0.90 /usr/bin/rpm; then
    expect 0 "$pystacks" build ./stack --output moved -bi -j 3
    grep -qF 'RPM_BUILD_NCPUS="3"' "$environment" || fail 'another number of jobs'
    cp "$environment" renewed
    rm -r "$(dirname "$environment")"
    expect 0 "$pystacks" build ./stack --output moved -bi -j 3
    cmp renewed "$environment" || fail 'rpm writes another environment'
fi
pass

start twice 'two builds in one folder: one waits for the other'
fake_stack stack
"$pystacks" build ./stack >out1 2>err1 &
first=$!
"$pystacks" build ./stack >out2 2>err2 || fail "the second failed: $(cat err2)"
wait "$first" || fail "the first failed: $(cat err1)"
cmp out1 out2 || fail 'they name other files'
cat err1 err2 >err
says err 'waiting for another build in '
says err 'up to date'
pass

current='a folder whose name make could not hold is refused before anything is done'
# shellcheck disable=SC2016 # the dollar is wanted
for name in 'a folder' 'a$b' 'a%b' "a'b" 'a:b'; do
    expect 2 "$pystacks" build ./some/where/else --output "$name"
    says err 'choose another folder'
    [ ! -e "$name" ] || fail "made: $name"
done
pass
