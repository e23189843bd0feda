#!/usr/bin/env bash
# pystacks new and update: a stack of a Python that has none, and one that moves to the next patch release.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1800000000 # Fri Jan 15 2027

# a_tarball VERSION [SAID]: Python-VERSION.tar.xz in the current folder, with what these commands read of one.
a_tarball() {
    local tree=tree/Python-$1
    rm -rf tree
    mkdir -p "$tree/Include/internal/mimalloc" "$tree/Modules/_decimal/libmpdec"
    printf '#define PY_VERSION "%s"\n' "${2:-$1}" >"$tree/Include/patchlevel.h"
    printf '#define MI_MALLOC_VERSION 217   // major + 2 digits minor\n' >"$tree/Include/internal/mimalloc/mimalloc.h"
    printf '#define MPD_VERSION "2.5.1"\n' >"$tree/Modules/_decimal/libmpdec/mpdecimal.h"
    printf 'one\ntwo\nthree\n' >"$tree/words"
    tar -C tree -cJf "Python-$1.tar.xz" "Python-$1"
}

start new 'a new minor version begins as the nearest older one is'
a_tarball 3.14.0
expect 0 "$pystacks" new 3.14.0 Python-3.14.0.tar.xz
[ "$(cat out)" = "$PWD/python3.14" ] || fail 'not its path'
says err 'copied from python3.13:'
says err '  mimalloc_version is now 2.17 (was 2.12)'
says err 'to check:'
says err '0001-gdb-py-bt-for-optimized-interpreters.patch is left out'
says err 'sys-pydebug.patch does not apply'
says err 'the source has no signature'
[ "$(ls -A)" = "$(printf 'Python-3.14.0.tar.xz\nerr\nout\npython3.14\ntree')" ] || fail "left over: $(ls -A)"
cd python3.14
says stack.toml '# CPython 3.14: its own parts'
says stack.toml 'name = "python3.14"'
says stack.toml 'version = "3.14.0"'
says stack.toml 'value = "14"'
says stack.toml "sha256 = \"$(sha256sum ../Python-3.14.0.tar.xz | cut -d' ' -f1)\""
says stack.toml 'include = ["common/python3.toml", "common/python.toml"]'
says stack.toml 'name = "trace_refs"'
says_not stack.toml 'signature'
says_not stack.toml 'suites'
says_not stack.toml '[[patch]]'
printf '* Fri Jan 15 2027 pystacks <pystacks@localhost> - 3.14.0-1\n- First package of 3.14.0.\n' |
    cmp - changelog || fail 'the changelog'
[ "$(ls)" = "$(printf 'changelog\npatches\npython3.14.rpmlintrc\nstack.toml')" ] || fail "files: $(ls)"
cd ..
expect 0 "$pystacks" spec ./python3.14
says out 'Python-%{version}.tar.xz'
expect 2 "$pystacks" new 3.14.0 Python-3.14.0.tar.xz
says err 'it already exists'
says err 'pystacks update'
pass

current='a minor version that has a stack keeps what is true of it'
a_tarball 3.13.99
expect 0 "$pystacks" new 3.13.99 Python-3.13.99.tar.xz --output mine
says mine/stack.toml 'keyring = "release-managers.asc"'
says mine/stack.toml 'suites = '
says mine/stack.toml '[[patch]]'
says err '0001-gdb-py-bt-for-optimized-interpreters.patch does not apply'
[ -s mine/release-managers.asc ] || fail 'no keyring'
pass

current='what is not a release, or not its source, is refused and leaves nothing'
for version in 3.14 3.14.0rc1 3.14.00 2.7.18 4.0.0 x ''; do
    expect 2 "$pystacks" new "$version" Python-3.14.0.tar.xz --output none
    [ ! -e none ] || fail "made for $version"
done
expect 2 "$pystacks" new 3.15.0 Python-3.14.0.tar.xz --output none
says err 'it has no Python-3.15.0/Include/patchlevel.h'
a_tarball 3.15.0 3.15.1
expect 2 "$pystacks" new 3.15.0 Python-3.15.0.tar.xz --output none
says err 'it is the source of Python 3.15.1, not of 3.15.0'
printf 'no archive' >bad.tar.xz
expect 1 "$pystacks" new 3.15.0 bad.tar.xz --output none
expect 2 "$pystacks" new 3.1.0 bad.tar.xz --output none
says err 'there is no stack of this version or an older one'
[ ! -e none ] || fail 'made'
[ -z "$(find . -maxdepth 1 -name '.pystacks*')" ] || fail 'something is left'
pass

# a_stack: mine, of 3.13.1, with a patch that applies to what a_tarball makes.
a_stack() {
    rm -rf mine
    a_tarball 3.13.1
    "$pystacks" new 3.13.1 Python-3.13.1.tar.xz --output mine >out 2>err || fail 'no stack'
    mkdir -p mine/patches
    printf -- '--- a/words\n+++ b/words\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n' >mine/patches/words.patch
    sed -i 's/^file = "0001.*/file = "words.patch"/; s/^release = .*/release = "7%{?dist}"/' mine/stack.toml
    # Patches of real sources do not apply to these.
    printf '\n[[bcond]]\nname = "sys_pydebug"\ndefault = "0"\nhelp = "off"\n' >>mine/stack.toml
}

start update 'a patch release: version, checksum, release and changelog, and no other line'
a_stack
cp -r mine before
a_tarball 3.13.2
expect 0 "$pystacks" update 3.13.2 ./mine
says err 'is now of Python 3.13.2 (was 3.13.1)'
sum=$(sha256sum Python-3.13.2.tar.xz | cut -d' ' -f1)
sed -e 's/^version = .*/version = "3.13.2"/' -e "s/^sha256 = .*/sha256 = \"$sum\"/" \
    -e 's/^release = .*/release = "1%{?dist}"/' before/stack.toml | cmp - mine/stack.toml || fail 'other lines'
printf '* Fri Jan 15 2027 pystacks <pystacks@localhost> - 3.13.2-1\n- Update to 3.13.2.\n\n' |
    cat - before/changelog | cmp - mine/changelog || fail 'the changelog'
pass

current='in the current folder, with a tarball that is named'
cd mine
a_tarball 3.13.3
mv Python-3.13.3.tar.xz ../
rm -r tree
expect 0 "$pystacks" update 3.13.3 --tarball ../Python-3.13.3.tar.xz
says stack.toml 'version = "3.13.3"'
rm out err
cd ..
pass

current='a patch that does not apply changes nothing'
cp -r mine before-failure
sed -i 's/^-two/-zwei/' mine/patches/words.patch before-failure/patches/words.patch
a_tarball 3.13.4
expect 1 "$pystacks" update 3.13.4 ./mine
says err 'words.patch'
says err 'nothing was changed'
diff -r mine before-failure || fail 'something was changed'
pass

current='what is not a newer patch release is refused'
expect 2 "$pystacks" update 3.13.3 ./mine
says err 'which is not older than 3.13.3'
expect 2 "$pystacks" update 3.13.2 ./mine
expect 2 "$pystacks" update 3.14.0 ./mine
says err 'pystacks new'
expect 2 "$pystacks" update 3.13.5 python3.31
says err 'did you mean'
expect 2 "$pystacks" update 3.13.4 ./mine --tarball Python-3.13.2.tar.xz
says err 'it has no Python-3.13.4'
diff -r mine before-failure || fail 'something was changed'
[ -z "$(find . -maxdepth 1 -name '.pystacks*')" ] || fail 'something is left'
pass
