#!/usr/bin/env bash
# Recorded profiles: what the compiler learnt, as a file of the stack, by which builds need no training.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# counted OUTPUT: what its training counted.
counted() { cat "$(build_folder "$1")/build/optimized/training/core.counts"; }

start record 'two trainings count differently; a profile is recorded once, and becomes a file of the stack'
fake_stack stack
expect 0 "$pystacks" build ./stack -bc --output trained --with optimizations
expect 0 "$pystacks" profile record ./stack --output recorded
says out "$PWD/stack/profiles/fake1.0-optimized-$(uname -m).profile"
says err 'optimized: train finished'
says err 'stack.toml names it now'
says_not err 'install started'
[ "$(counted trained)" != "$(counted recorded)" ] || fail 'the same counts'
tail -n 2 stack/stack.toml | grep -qF 'file = "fake1.0-optimized-' || fail 'stack.toml does not name it'
tar -tf "$(cat out)" >listing
printf '%s\n' profile.json profile-run-stamp training/core.counts | diff - listing >differ ||
    fail "other members: $(cat differ)"
pass

current='builds with it need no training, and give the same bytes, also with debug and without, also as rpmbuild does'
for build in one two; do
    expect 0 "$pystacks" build ./stack --output "$build" --with optimizations
    says err 'optimized: uses the recorded profile fake1.0-optimized-'
    [ "$(counted "$build")" = "$(counted recorded)" ] || fail 'trained'
done
same_packages one/RPMS two/RPMS
expect 0 "$pystacks" build ./stack --output alone --with optimizations --without debug_build
rm alone/RPMS/*/*-debuginfo-* alone/RPMS/*/*-debugsource-*  # of what is built, which is more in the other one
same_packages one/RPMS alone/RPMS
rpm -qpl one/SRPMS/*.src.rpm >files
says files "fake1.0-optimized-$(uname -m).profile"
pass

current='a second build does nothing; without the switch there is no profile'
expect 0 "$pystacks" build ./stack --output one --with optimizations
says err 'up to date'
expect 0 "$pystacks" build ./stack -bc --output plain
says_not err profile
pass

current='recorded in the folder where it is built, it is used there'
expect 0 "$pystacks" build ./stack --output recorded --with optimizations
same_packages one/RPMS recorded/RPMS
pass

current='recorded again, it takes the place of the first, and everything is built with it'
expect 0 "$pystacks" profile record ./stack --output recorded
says_not err 'names it now'
[ "$(grep -c '^\[\[profile\]\]' stack/stack.toml)" -eq 1 ] || fail 'named twice'
expect 0 "$pystacks" build ./stack -bc --output one --with optimizations
says err 'optimized: make finished'
says_not err 'debug: make finished'
[ "$(counted one)" = "$(counted recorded)" ] || fail 'the first profile was used'
pass

start other 'of another compiler, other flags or other sources it is not used, and the build says why'
cp -r ../record/stack .
sed 's/cflags = "-O2"/cflags = "-O1"/' ../record/stack/stack.toml >stack/stack.toml
expect 0 "$pystacks" build ./stack -bc --output flags --with optimizations
says err 'is not used: variable CFLAGS_NODIST: recorded with'
says err 'pystacks profile record fake1.0'
cp ../record/stack/stack.toml stack/
mkdir tools
cat >tools/gcc <<'GCC'
#!/bin/sh
case $* in *-dumpfullversion*) echo 99.1.0 ;; *) exec /usr/bin/gcc "$@" ;; esac
GCC
chmod +x tools/gcc
expect 0 env PATH="$PWD/tools:$PATH" "$pystacks" build ./stack -bc --output compiler --with optimizations
says err 'is not used: compiler: recorded with'
says err 'gcc 99.1.0'
expect 0 "$pystacks" build ./stack -bc --output sources --with optimizations --with extra_patch
says err 'uses the recorded profile'
tar -xzf stack/fake-1.0.tar.gz
sed '$a /* changed */' fake-1.0/strings.c |
    diff -u --label a/strings.c --label b/strings.c fake-1.0/strings.c - >stack/patches/strings.patch || true
sed -i '0,/^\[\[patch\]\]/s//[[patch]]\nfile = "strings.patch"\nstrip = 1\n\n[[patch]]/' stack/stack.toml
expect 0 "$pystacks" build ./stack -bc --output sources --with optimizations
says err 'source files differ: strings.c'
says err 'so the compiler is trained'
pass

current='one of other sources is used when that is asked for; then a changed file alone is compiled again'
expect 0 "$pystacks" build ./stack -bc --output sources --with optimizations -D 'profile_of_other_sources use'
says err 'warning: it was recorded from other sources: 1 of '
[ "$(counted sources)" = "$(counted ../record/recorded)" ] || fail 'trained'
sed -i 's/changed/changed again/' stack/patches/strings.patch
expect 0 "$pystacks" build ./stack -bc --output sources --with optimizations -D 'profile_of_other_sources use'
says_not err 'configure finished'
pass

current='of several, one of the same sources comes before one of others'
expect 0 "$pystacks" profile record ./stack --output sources --name newer.profile
expect 0 "$pystacks" build ./stack -bc --output sources --with optimizations -D 'profile_of_other_sources use'
says err 'uses the recorded profile newer.profile'
says_not err 'from other sources'
pass

start mistakes 'what cannot be recorded or read is told'
cp -r ../record/stack .
profile=$(echo stack/profiles/*)
head -c 100 "$profile" >short && cp short "$profile"
expect 1 "$pystacks" build ./stack -bc --output out1 --with optimizations
says err 'cannot read an archive'
says err 'truncated, damaged'
mkdir empty && echo '{}' >empty/profile.json
tar -cJf "$profile" -C empty profile.json
expect 1 "$pystacks" build ./stack -bc --output out1 --with optimizations
says err 'what it was recorded from cannot be read'
rm "$profile"
expect 2 "$pystacks" build ./stack -bc --output out1 --with optimizations
says err 'there is no such file'
for name in ../x.profile .profile 'a b.profile' 'a"b.profile' fake-1.0.tar.gz; do
    expect 2 "$pystacks" profile record ./stack --output out2 --name "$name"
    says err 'without a folder'
done
expect 2 "$pystacks" profile
expect 2 "$pystacks" profile record ./nothing
pass

current='a profile that is missing is recorded'
expect 0 "$pystacks" profile record ./stack --output out2
[ -f "$profile" ] || fail 'there is none'
[ "$(grep -c '^\[\[profile\]\]' stack/stack.toml)" -eq 1 ] || fail 'named twice'
pass

current='a profile brings no files but those that the training leaves'
cp ../record/stack/profiles/* "$profile"
mkdir more && tar -xf "$profile" -C more && echo broken >more/Makefile
tar -cJf "$profile" -C more profile.json profile-run-stamp training/core.counts Makefile
expect 0 "$pystacks" build ./stack -bc --output out3 --with optimizations
says_not "$(build_folder out3)/build/optimized/Makefile" broken
pass

current='a training that fails leaves the stack as it was'
cp -r ../record/stack failing && rm -r failing/profiles && sed -i '/^\[\[profile\]\]/,$d' failing/stack.toml
sed -i 's/^targets = \["profile-run-stamp"\]/targets = ["no-such-target"]/' failing/stack.toml
cp failing/stack.toml before
expect 1 "$pystacks" profile record ./failing --output out4
says err "No rule to make target 'no-such-target'"
cmp before failing/stack.toml || fail 'stack.toml has changed'
[ ! -e failing/profiles ] || fail 'there is a profile'
sed -i '/^\[configuration.profile\]/,/^$/d' failing/stack.toml
expect 2 "$pystacks" profile record ./failing --output out4
says err 'no configuration of the stack has a [configuration.profile]'
pass
