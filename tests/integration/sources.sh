#!/usr/bin/env bash
# Sources that are not what the stack says: exit 1, what was found, and nothing built from it.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start checksum 'wrong checksum: both digests are named'
fake_stack stack
right=$(sed -n 's/^sha256 = "\(.*\)"/\1/p' stack/stack.toml)
echo garbage >>stack/fake-1.0.tar.gz
wrong=$(sha256sum stack/fake-1.0.tar.gz | cut -d' ' -f1)
expect 1 "$pystacks" build ./stack
says err "$right"
says err "$wrong"
[ ! -e "$(build_folder dist)/source" ] || fail 'it was unpacked'
expect 1 "$pystacks" fetch ./stack
pass

start fetch 'fetch finds the file in another folder and prints where it is'
fake_stack stack
sed -i 's,^url = "fake-%{version},url = "http://127.0.0.1:9/fake-%{version},' stack/stack.toml
mkdir here
mv stack/fake-1.0.tar.gz here/
expect 1 "$pystacks" fetch ./stack --sources sources
says err '127.0.0.1'
expect 1 "$pystacks" fetch ./stack --sources sources --offline
expect 0 "$pystacks" fetch ./stack --sources here --offline
says out 'here/fake-1.0.tar.gz'
expect 0 "$pystacks" build ./stack -bp --sources here --offline
cmp dist/SOURCES/fake-1.0.tar.gz here/fake-1.0.tar.gz || fail 'another file'
pass

start folder 'the source folder is made, wherever the file comes from'
fake_stack stack
cp -r stack other
sed -i 's,^url = "fake-%{version},url = "http://127.0.0.1:9/fake-%{version},' other/stack.toml
expect 0 "$pystacks" fetch ./stack
says out 'sources/fake-1.0.tar.gz'
cmp sources/fake-1.0.tar.gz stack/fake-1.0.tar.gz || fail 'another file'
expect 0 "$pystacks" fetch ./stack --sources new/deep/ --offline
[ -f new/deep/fake-1.0.tar.gz ] || fail 'it is somewhere else'
expect 1 "$pystacks" fetch ./other --sources none --offline
says err "$PWD/none/fake-1.0.tar.gz: there is no such file"
says err "put it there: $PWD/none/fake-1.0.tar.gz"
cp stack/fake-1.0.tar.gz none/ || fail 'the folder to put it into is not there'
expect 0 "$pystacks" fetch ./other --sources none --offline
pass

start truncated 'truncated archive'
fake_stack stack
truncate -s 700 stack/fake-1.0.tar.gz
correct_checksum stack
expect 1 "$pystacks" build ./stack
says err 'fake-1.0.tar.gz'
[ ! -e "$(build_folder dist)/source" ] || fail 'half of it is there'
pass

start climbing 'archive with ../'
fake_stack stack
mkdir -p tree/fake-1.0
echo x >tree/fake-1.0/configure
echo x >tree/outside
tar -C tree -czf stack/fake-1.0.tar.gz --transform='s,^outside,fake-1.0/../../outside,' -P fake-1.0 outside
correct_checksum stack
expect 1 "$pystacks" build ./stack
says err '..'
says err 'outside'
if find dist -name outside | grep -q .; then fail 'it was unpacked'; fi
pass

start patch 'patch that does not apply: the hunk is shown'
fake_stack stack
sed -i 's/return "hello, "/return "no such line, "/' stack/patches/greeting.patch
expect 1 "$pystacks" build ./stack
says err 'greeting.patch'
says err 'no such line'
[ ! -e "$(build_folder dist)/build" ] || fail 'it was built'
pass

current='a patch with a second format in it is refused, and says where and why'
cp "$source_tree/tests/integration/fake-python/stack/patches/greeting.patch" stack/patches/
line=$(($(wc -l <stack/patches/greeting.patch) + 3))
cat >>stack/patches/greeting.patch <<'EOF'
*** a/LICENSE
--- b/LICENSE
***************
*** 1 ****
! Anybody may do with this fake whatever they like.
--- 1 ----
! Anybody may do with it whatever they like.
EOF
expect 1 "$pystacks" build ./stack -bp
says err "greeting.patch:$line: no unified hunk begins here, but a context diff"
[ ! -e "$(build_folder dist)/source" ] || fail 'the patch was applied'

current='the repaired patch goes on'
cp "$source_tree/tests/integration/fake-python/stack/patches/greeting.patch" stack/patches/
expect 0 "$pystacks" build ./stack -bp
[ -f "$(build_folder dist)/source/configure" ] || fail 'the source is somewhere else than where these tests look'
pass

start missing 'a patch that is not there'
fake_stack stack
rm stack/patches/greeting.patch
expect 2 "$pystacks" build ./stack
says err 'greeting.patch'
pass
