#!/usr/bin/env bash
# `pystacks extension build` on what it cannot build: it says so before anything is mounted or written. What it builds
# is shown with real interpreters, by the slow tests.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start missing 'no such spec, no such stack, no such folder of sources'
expect 2 "$pystacks" extension build missing.spec --stack .
says err 'missing.spec: there is no such file'
printf 'Name: x\n' >x.spec
expect 2 "$pystacks" extension build x.spec
says err '--stack'
expect 2 "$pystacks" extension build x.spec --stack missing
says err 'missing: there is no such file or folder'
expect 2 "$pystacks" extension build x.spec --stack . --sources missing
says err 'missing: there is no such folder'
expect 2 "$pystacks" extension build /etc/passwd --stack .
says err 'neither a spec nor an SRPM'
[ ! -e extensions ] || fail 'something was written'
pass

start empty 'a file that is no spec is refused before a root is installed'
: >empty.spec
expect 2 "$pystacks" extension build empty.spec --stack .
says err 'empty.spec: the file is empty'
pass

start refused 'a spec that is refused says why, and what to do'
cat >lua.spec <<'SPEC'
Name: hard
Version: 1
Release: 1
Summary: Sections out of Lua
BuildRequires: gcc
License: MIT
%description
Words.
%{lua: print("%package more\nSummary: More\n%description more\nWords.\n")}
%build
%py3_build
%install
%py3_install
%files
%{python3_sitearch}/hard*
SPEC
expect 1 "$pystacks" extension build lua.spec --stack .
says err 'lua.spec:9: '
says err '--as-is'
pass

start source 'a source that is missing is named before a root is installed'
module_spec fast.spec
mkdir stack
expect 2 "$pystacks" extension build fast.spec --stack stack
says err 'cannot build: fast.spec:'
says err '    fast-1.0.tar.gz'
says err '--sources DIR'
says_not err 'install'
pass

start srpm 'an SRPM that is none, and one that is cut off'
printf 'no package\n' >broken.src.rpm
expect 2 "$pystacks" extension build broken.src.rpm --stack .
says err 'broken.src.rpm'
cat >whole.spec <<'SPEC'
Name: whole
Version: 1
Release: 1
Summary: A sample
License: MIT
Source0: words
BuildArch: noarch
%description
Words.
%files
SPEC
head -c 100000 /dev/urandom >words
rpmbuild -bs --quiet --define "_topdir $PWD/top" --define "_sourcedir $PWD" whole.spec >out 2>err || fail 'rpmbuild'
head -c 60000 top/SRPMS/whole-1-1.src.rpm >cut.src.rpm
expect 2 "$pystacks" extension build cut.src.rpm --stack .
says err 'cut.src.rpm'
pass
