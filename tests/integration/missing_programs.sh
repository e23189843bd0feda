#!/usr/bin/env bash
# Programs that rpm's own scripts need, and that a host may lack: said before a build starts, and never passed over.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# path_without DIR NAME: a folder for PATH with every program but the one named.
path_without() {
    mkdir -p "$1"
    ln -s -t "$1" /usr/bin/* /usr/sbin/* 2>/dev/null || true
    rm -f "$1/$2"
}

for program in cpio eu-strip file patch gpg pkg-config ld; do
    start "$program" "no $program: build, doctor and extension build say so before they do anything"
    fake_stack stack
    path_without bin "$program"
    expect 1 env PATH="$PWD/bin" "$pystacks" build ./stack
    says err "$program: "
    grep -qE '^install it: (apt-get|dnf|zypper|yum) install ' err || fail 'no command that installs it'
    [ ! -e "$(build_folder dist)" ] || fail 'the build was started'
    [ -z "$(find dist/SOURCES -type f)" ] || fail 'sources were fetched'
    expect 1 env PATH="$PWD/bin" "$pystacks" doctor
    says out "missing: $program: "
    printf 'Name: x\n' >x.spec
    expect 1 env PATH="$PWD/bin" "$pystacks" extension build x.spec --stack .
    says err "$program: "
    [ ! -e extensions ] || fail 'something was written'
    pass
done

start generator 'a generator of dependencies that does not find its program: no packages are left'
fake_stack stack
printf '#!/bin/sh\nnot-there\ncat >/dev/null\n' >generator
chmod +x generator
expect 1 "$pystacks" build ./stack --define "__elf_requires $PWD/generator"
says err 'not-there: not found'
says err 'pystacks doctor'
[ -z "$(find dist/RPMS dist/SRPMS -name '*.rpm')" ] || fail "packages: $(find dist -name '*.rpm')"
current='the next build makes them'
expect 0 "$pystacks" build ./stack
pass

start language 'it is recognised where programs speak another language'
fake_stack stack
printf '#!/bin/bash\nnot-there\ncat >/dev/null\n' >generator
chmod +x generator
expect 1 env LC_ALL=C.UTF-8 LANGUAGE=de "$pystacks" build ./stack --define "__elf_requires $PWD/generator"
says err 'not-there: command not found'
pass

start macro 'what a macro of the packager does not find is no matter of the packages'
fake_stack stack
expect 0 "$pystacks" build ./stack --define 'packager %(not-there; echo Me)'
[ -n "$(find dist/RPMS -name '*.rpm')" ] || fail 'no packages'
pass

start reproducible 'verify --reproducible says what is missing before it builds anything'
fake_stack stack
path_without bin file
expect 1 env PATH="$PWD/bin" "$pystacks" verify --reproducible ./stack --work work
says err 'file: '
[ ! -e work ] || fail 'something was built'
pass

start find-debuginfo 'cpio is missing and --nodeps: the build stops where the sources are not copied'
fake_stack stack
path_without bin cpio
# From debugedit 5.1 on it looks for programs in its own folder first.
rm bin/find-debuginfo
cp /usr/bin/find-debuginfo bin/
own=(--define "__find_debuginfo $PWD/bin/find-debuginfo")
expect 1 env PATH="$PWD/bin" "$pystacks" build ./stack --nodeps "${own[@]}"
says err 'strip and debuginfo failed'
says err 'cpio: command not found'
pass

current='plain rpmbuild stops there, too'
mkdir top
expect 0 "$pystacks" build ./stack -bs
macros=(--load "$source_tree/macros/macros.pystacks" --define "__pystacks $pystacks" --define "_topdir $PWD/top")
expect 1 env PATH="$PWD/bin" rpmbuild --rebuild --nodeps "${macros[@]}" "${own[@]}" dist/SRPMS/*.src.rpm
says err 'cpio: command not found'
says err 'cannot finish the buildroot'
[ -z "$(find top -name '*.rpm')" ] || fail 'packages were written'
pass

start doctor 'doctor tells what is needed for builds from what other commands need'
path_without bin gdb
rm bin/dnf*
expect 0 env PATH="$PWD/bin" "$pystacks" doctor
says out 'Nothing that is required is missing.'
says out 'dnf: pystacks verify: '
says out 'gdb: optional: '
expect 1 env PATH="$PWD/bin" "$pystacks" doctor --for verify
says out 'missing: dnf: '
[ "$(grep -c 'dnf: ' out)" -eq 1 ] || fail 'dnf is told twice'
expect 0 env PATH="$PWD/bin" "$pystacks" doctor --for all --missing-packages
grep -qx dnf out || fail 'dnf is not among the packages'
if grep -qx gdb out; then fail 'gdb is optional'; fi
expect 2 "$pystacks" doctor --for cooking
mkdir rpms
: >rpms/x.rpm
expect 1 env PATH="$PWD/bin" "$pystacks" verify rpms
says err 'dnf: '
pass
