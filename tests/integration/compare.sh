#!/usr/bin/env bash
# pystacks compare on trees and on small real packages.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# package TOPDIR RELEASE COMMANDS: builds sample and sample-extra, whose files the shell commands make in the buildroot.
package() {
    mkdir -p "$1"
    cat >"$1/sample.spec" <<SPEC
Name: sample
Version: 1.0
Release: $2
Summary: A package to compare
License: MIT
BuildArch: noarch
%global __os_install_post %{nil}
%description
Words.
%package extra
Summary: More of it
%description extra
Words.
%install
mkdir -p %{buildroot}/usr/share/sample %{buildroot}/usr/share/extra
cd %{buildroot}/usr/share
echo shared > sample/shared
echo extra > extra/extra
$3
%post
echo release $2
%files
/usr/share/sample
%files extra
/usr/share/extra
SPEC
    rpmbuild -ba --quiet --define "_topdir $PWD/$1" "$1/sample.spec" >"$1/log" 2>&1 || fail "$(cat "$1/log")"
}

start packages 'two packages: files, dependencies and scriptlets'
package one 1 'echo one > sample/text; echo moves > sample/moved'
package two 2 'echo two > sample/text; echo moves > extra/moved'
expect 3 "$pystacks" compare one/RPMS/noarch/sample-1.0-1.noarch.rpm two/RPMS/noarch/sample-1.0-2.noarch.rpm
says out 'text           /usr/share/sample/text'
says out '+two'
says out 'only in A      /usr/share/sample/moved'
says out 'only in A: sample = 1.0-1'
says out '-echo release 1'
says out 'The packages differ.'
expect 0 "$pystacks" compare one/RPMS/noarch/sample-1.0-1.noarch.rpm one/RPMS/noarch/sample-1.0-1.noarch.rpm
says out 'The packages are the same.'
pass

start times 'packages that differ in nothing but times: it is said that these were left out, or they count'
package sooner 1 'touch -d @1000000 sample/* sample; echo one >sample/text; touch -d @1000000 sample/text'
package later 1 'touch -d @1000000 sample/* sample; echo one >sample/text; touch -d @2000000 sample/text'
one=sooner/RPMS/noarch/sample-1.0-1.noarch.rpm
other=later/RPMS/noarch/sample-1.0-1.noarch.rpm
expect 0 "$pystacks" compare $one $other
says out 'The packages are the same.'
says out 'Times do not count: '
expect 3 "$pystacks" compare --strict $one $other
says out 'attributes     /usr/share/sample/text  (time 1970-01-12T13:46:40Z / 1970-01-24T03:33:20Z'
pass

start folders 'two topdirs: packages pair by name, files that moved between them are found'
mv ../packages/one ../packages/two .
rm two/RPMS/noarch/sample-extra-*.rpm
package three 1 'echo one > sample/text; echo moves > extra/moved'
expect 3 "$pystacks" compare one three
says out 'renamed        /usr/share/sample/moved → /usr/share/extra/moved  (package sample / sample-extra'
expect 3 "$pystacks" compare one two
says out 'only in A      sample-extra-1.0-1.noarch'
expect 3 "$pystacks" compare --json one three
python3 -c 'import json; data = json.load(open("out"))
assert data["kind"] == "packages" and data["differ"], data
assert "sample-1.0-1.src" in [pair["a"] for pair in data["packages"]], data["packages"]' || fail 'JSON'
expect 0 "$pystacks" compare one one
pass

start source 'source packages'
expect 3 "$pystacks" compare ../folders/one/SRPMS/*.rpm ../folders/two/SRPMS/*.rpm
says out 'text           sample.spec'
says out '-Release: 1'
pass

start page 'one page that holds all of it'
expect 3 "$pystacks" compare --html page.html ../folders/one ../folders/two
grep -q '"/usr/share/sample/text"' page.html || fail 'the page does not name the file'
if grep -nE 'https?://|src=|href=|url\(' page.html; then fail 'the page asks for something from elsewhere'; fi
expect 2 "$pystacks" compare --html no/such/folder/page.html ../folders/one ../folders/two
says err 'no/such/folder'
pass

start damaged 'packages that are no whole packages are named'
cp ../folders/one/RPMS/noarch/sample-1.0-1.noarch.rpm whole.rpm
head -c -1 whole.rpm >cut.rpm
expect 2 "$pystacks" compare whole.rpm cut.rpm
says err 'cut.rpm'
says err 'cut off or damaged'
head -c 300 whole.rpm >cut.rpm
expect 2 "$pystacks" compare cut.rpm whole.rpm
says err 'cut.rpm'
echo text >cut.rpm
expect 2 "$pystacks" compare cut.rpm whole.rpm
pass

start kinds 'a tree and a package are of two kinds'
expect 2 "$pystacks" compare ../folders/one ../page
says err 'is a folder of packages'
expect 2 "$pystacks" compare ../folders/one/SRPMS/*.rpm ../folders/one/RPMS/noarch/sample-1.0-1.noarch.rpm
says err 'source package'
expect 3 "$pystacks" compare --trees ../folders/one ../folders/two
says out 'The trees differ.'
expect 2 "$pystacks" compare missing ../folders/two
says err 'missing'
pass

start trees 'a folder with loops of links, names of any bytes, and unreadable files'
mkdir -p a/sub b/sub
ln -s .. a/sub/up && ln -s .. b/sub/up
ln -s self a/self && ln -s self b/self
printf x >"$(printf 'a/caf\351\n\033[2J')"
expect 3 "$pystacks" compare a b
says out 'only in A      /caf\xe9\x0a\x1b[2J'
if [ "$(id -u)" -ne 0 ]; then
    printf x >a/closed
    chmod 0 a/closed
    expect 1 "$pystacks" compare a b
    says err 'closed'
fi
pass

start times 'times of trees are not compared, and --strict says so'
mkdir a b
echo text | tee a/file >b/file
touch -d 2001-01-01 b/file
expect 0 "$pystacks" compare a b
says_not out 'Times'
expect 0 "$pystacks" compare a b --strict
says out 'Times of trees are not compared'
expect 0 "$pystacks" compare a b --strict --json
python3 -c 'import json; assert json.load(open("out"))["times"] == {"counted": False, "differ": 0}' || fail "$(cat out)"
pass
