#!/usr/bin/env bash
# pystacks verify: what it says to wrong calls, and its comparisons of builds. The test plan itself needs a real
# interpreter, and has a slow test.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start usage 'wrong calls are told what is wrong'
mkdir empty
expect 2 "$pystacks" verify
says err 'PACKAGES is required'
expect 2 "$pystacks" verify ./nowhere
says err 'there is no such file or folder'
expect 2 "$pystacks" verify ./empty
says err 'there is no package in it'
expect 2 "$pystacks" verify --unaffected ./empty
says err 'it takes two folders'
expect 2 "$pystacks" verify --reproducible a b
says err 'it takes one stack'
echo 'no package' >bad.rpm
expect 2 "$pystacks" verify bad.rpm
says err 'bad.rpm'
pass

start together 'options that do not go together are refused'
mkdir a b
# refused REASON ARGUMENT...
refused() {
    local reason=$1
    shift
    expect 2 "$pystacks" verify "$@"
    says err "$reason"
}
refused 'only --reproducible builds something' a --work b
refused 'cannot be combined with --unaffected' --unaffected a b --regrtest full
refused 'cannot be combined with --unaffected' --unaffected a b --shell
refused 'cannot be combined with --reproducible' --reproducible fake1.0 --list
refused 'cannot be combined with --list' a --list --json
refused 'cannot be combined with --shell' a --shell --only 'elf.*'
refused 'cannot be combined with --root' a --root / --with-packages b
pass

current='what cannot be read or written is said at once'
refused 'it is a folder' a --junit b
refused 'it is a folder' a --html b
refused 'there is no folder' a --junit nowhere/verify.xml
refused 'takes the name of a file' a --html -
refused 'there is no such file' a --rpmlintrc nowhere
refused 'there is no such file or folder' a --upgrade nowhere
refused 'there is no such folder' a --root nowhere
refused 'there is no such file or folder' a --with-packages nowhere
refused 'it names no test' a --regrtest ,
pass

current='--reproducible of a stack that is not there builds nothing, and shows no old log'
mkdir old
echo 'a line of an earlier run' >old/first.log
expect 2 "$pystacks" verify --reproducible pyton3.13 --work old
says err 'cannot find the stack: pyton3.13'
says_not err 'earlier run'
says_not err 'unshare'
pass

current='--list without packages has the checks of any stack'
expect 0 "$pystacks" verify --list
says out 'refcount.total@debug '
says out 'packages.install '
pass

start name 'a package whose header has a path for a name is not installed under it'
cat >sample.spec <<'SPEC'
Name: sample
Version: 1.0
Release: 1
Summary: A package
License: MIT
BuildArch: noarch
%description
Words.
%files
SPEC
rpmbuild -bb --quiet --define "_topdir $PWD/top" sample.spec >log 2>&1 || fail "$(cat log)"
package=top/RPMS/noarch/sample-1.0-1.noarch.rpm
expect 0 "$pystacks" compare "$package" "$package"
"$source_tree/tests/integration/rewrite_header.py" "$package" name ../xyz
expect 0 rpm -qp --nosignature --queryformat '%{name}' "$package"
says out '../xyz'
for command in verify 'verify --list' 'verify --unaffected top' 'extension check' 'compare top'; do
    # shellcheck disable=SC2086 # a list of words
    expect 2 "$pystacks" $command "$package"
    says err "$package: its name \"../xyz\" has the character '/' in it"
done
pass

start headers 'what the headers show to be wrong is said before anything is installed'
cat >interpreter.spec <<'SPEC'
Name: python3.99
Version: 3.99
Release: 1
Summary: An interpreter
License: MIT
BuildArch: noarch
%description
Words.
%package libs
Summary: Its library
%description libs
Words.
%package test
Summary: Its tests
Requires: %{name}-libs = %{version}-%{release}
%description test
Words.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/lib/python3.99/test
printf '#!/bin/sh\n' >%{buildroot}/usr/bin/python3.99
touch %{buildroot}/usr/lib/python3.99/os.py
touch %{buildroot}/usr/lib/python3.99/test/regrtest.py %{buildroot}/usr/lib/python3.99/test/test_gc.py
%files
%attr(755,root,root) /usr/bin/python3.99
%files libs
/usr/lib/python3.99/os.py
%files test
/usr/lib/python3.99/test
SPEC
rpmbuild -ba --quiet --define "_topdir $PWD/top" interpreter.spec >log 2>&1 || fail "$(cat log)"
packages=top/RPMS/noarch
# at_once WORDS ARGUMENT...: a wrong call, for which nothing is installed.
at_once() {
    local words=$1
    shift
    expect 2 "$pystacks" verify "$@"
    says err "$words"
    says_not err 'install started'
}
at_once 'it is a source package' top/SRPMS
at_once 'it has no interpreter' $packages/python3.99-libs-3.99-1.noarch.rpm
at_once 'it requires python3.99-libs = 3.99-1' $packages/python3.99-3.99-1.noarch.rpm \
    $packages/python3.99-test-3.99-1.noarch.rpm
at_once 'no check has such a name' $packages --only 'nosuch*'
at_once 'did you mean packages.modes' $packages --skip packages.mode
at_once 'no check is left' $packages --skip '*'
at_once 'no package has a test of this name' $packages --regrtest bogus
at_once 'did you mean test_gc' $packages --regrtest test_gd
expect 0 "$pystacks" verify $packages --list
says out 'regrtest@optimized '
says_not out '@debug'
says_not err 'install started'
expect 0 "$pystacks" verify $packages --list --only 'packages.*' --regrtest none
says_not out 'regrtest'
pass

start builds 'two builds under different circumstances give the same bytes'
fake_stack stack
expect 0 "$pystacks" verify --reproducible ./stack --work twice -j 2
says out 'passed       reproducible.fake1.0-debug '
says out 'passed       reproducible.fake1.0.src '
says out ' 0 failed'
pass

current='a host without faketime leaves the clock alone, and says so'
find twice -name '*.log' -exec grep -q . {} \; || fail 'no log'
if [ -z "$(command -v faketime)" ]; then says out 'not run      circumstances.clock '; fi
pass

current='a build that fails is told with its own log, not with an earlier one'
fake_stack broken
rm broken/*.tar.*
mkdir old-logs
echo 'a line of an earlier run' >old-logs/first.log
expect 1 "$pystacks" verify --reproducible ./broken --work old-logs
says err 'the build exited with status'
says_not err 'earlier run'
says_not err 'unshare'
pass

current='one byte that differs is named'
package=$(echo twice/first/RPMS/*/fake1.0-libs-1.0-*.rpm)
cp -r twice/first/RPMS changed
printf x >>"changed/${package#twice/first/RPMS/}"
cp -r twice/second/in-a-longer-folder/RPMS without
expect 2 "$pystacks" verify --unaffected changed without
says err 'it has the same configurations as the first folder, debug too'
rm without/*/fake1.0-debug-1.0-*.rpm
expect 1 "$pystacks" verify --unaffected changed without
says out 'failed       unaffected.fake1.0-libs '
says out 'passed       unaffected.fake1.0-devel '
escape=$(printf '\033')
TERM=xterm on_a_terminal "$pystacks" verify --unaffected changed without
says screen "${escape}[31mfailed${escape}[m       unaffected.fake1.0-libs "
says screen "${escape}[32mpassed${escape}[m       unaffected.fake1.0-devel "
TERM=xterm NO_COLOR=1 on_a_terminal "$pystacks" verify --unaffected changed without
says_not screen "$escape"
expect 0 "$pystacks" verify --unaffected changed without --only unaffected.fake1.0-devel
says out '1 checks in'
expect 2 "$pystacks" verify --unaffected changed without --only 'nosuch*'
says err 'no check has such a name'
expect 2 "$pystacks" verify --unaffected changed without --skip '*'
says err 'no check is left'
pass

if [ "$(id -u)" -ne 0 ] || ! unshare --mount true 2>/dev/null; then
    echo 'SKIPPED: packages in a scratch root: this test needs root, to change what rpm is configured to' >&2
    exit 0
fi
start hangup 'a hangup while packages are installed ends everything, and says so'
cat >stubborn.spec <<'SPEC'
Name: python3.99
Version: 3.99
Release: 1
Summary: An interpreter whose scriptlet does not listen
License: MIT
BuildArch: noarch
%description
Words.
%install
mkdir -p %{buildroot}/usr/bin
printf '#!/bin/sh\n' >%{buildroot}/usr/bin/python3.99
%post
trap '' TERM HUP INT
sleep 311.7
%files
%attr(755,root,root) /usr/bin/python3.99
SPEC
expect 0 rpmbuild -bb --define "_topdir $PWD/top" stubborn.spec
mkdir tmp
for signal in HUP INT TERM; do
    # A shell has its background jobs ignore SIGINT, and pystacks leaves that as it is.
    TMPDIR=$PWD/tmp env --default-signal=INT "$pystacks" verify top/RPMS >out 2>err &
    victim=$!
    for ((tenth = 0; tenth < 300; ++tenth)); do
        if pgrep --full '^sleep 311.7$' >/dev/null; then break; fi
        sleep 0.1
    done
    kill "-$signal" "$victim"
    status=0
    wait "$victim" || status=$?
    [ "$status" -eq 130 ] || fail "exit status $status after SIG$signal"
    says err 'interrupted'
    if pgrep --full '^sleep 311.7$' >/dev/null; then fail "the scriptlet goes on after SIG$signal"; fi
    [ -z "$(ls tmp)" ] || fail "left after SIG$signal: $(ls tmp)"
done
pass

start scratch 'packages are installed in a scratch root'
cat >tool.spec <<'SPEC'
Name: python3.99
Version: 3.99
Release: 1
Summary: An interpreter
License: MIT
%global debug_package %{nil}
%description
Words.
%install
mkdir -p %{buildroot}/usr/bin
cp -L /usr/bin/python3 %{buildroot}/usr/bin/python3.99
%files
/usr/bin/python3.99
SPEC
expect 0 rpmbuild -bb --define "_topdir $PWD/top" tool.spec
expect 0 "$pystacks" verify top/RPMS --only packages.install
says out 'passed       packages.install '
says err '[1/1] passed       packages.install '
pass

current='what this host has no program for is not run, and a strict run fails'
mkdir few
find /usr/bin /bin /usr/sbin /sbin -maxdepth 1 ! -type d ! -name rpmlint -exec ln -sf {} few/ \;
expect 0 env "PATH=$PWD/few" "$pystacks" verify top/RPMS --only packages.rpmlint --only packages.modes
says out 'not run      packages.rpmlint '
says out 'this host has no rpmlint'
says out '1 passed, 0 failed, 0 not offered, 1 not run'
expect 1 env "PATH=$PWD/few" "$pystacks" verify top/RPMS --only packages.rpmlint --strict --junit strict.xml
says out 'counts as a failure'
grep -q '<error type="not run"' strict.xml || fail "$(cat strict.xml)"
pass

current='a package that is only required is handed in, and not verified'
cat >needed.spec <<'SPEC'
Name: needed
Version: 1
Release: 1
Summary: Something that an interpreter requires
License: MIT
BuildArch: noarch
%description
Words.
%files
SPEC
sed -i 's/^License: MIT/&\nRequires: needed/' tool.spec
expect 0 rpmbuild -bb --define "_topdir $PWD/top" tool.spec
expect 0 rpmbuild -bb --define "_topdir $PWD/others" needed.spec
expect 1 "$pystacks" verify top/RPMS --only packages.install
says out 'nothing provides needed'
expect 0 "$pystacks" verify top/RPMS --only 'packages.*' --skip packages.rpmlint --with-packages others
says out 'passed       packages.install '
says out '1 packages of python3.99-3.99-1.src.rpm'
pass

current='where packages do not install, what needs no installation is still verified'
expect 1 "$pystacks" verify top/RPMS --skip packages.rpmlint
says out 'passed       packages.modes '
says out 'not run      elf.run-path '
says out 'the packages are not installed: see packages.install'
expect 0 "$pystacks" verify top/RPMS --only packages.modes
says_not out 'packages.install'
pass

start broken 'an interpreter that does not start leads to no other verdict'
cat >two.spec <<'SPEC'
Name: python3.99
Version: 3.99
Release: 1
Summary: Two interpreters, of which one does not start
License: MIT
%global debug_package %{nil}
%description
Words.
%package debug
Summary: The one that does not
Requires: %{name} = %{version}-%{release}
%description debug
Words.
%install
mkdir -p %{buildroot}/usr/bin
cp -L /usr/bin/python3 %{buildroot}/usr/bin/python3.99
cp -L /bin/false %{buildroot}/usr/bin/python3.99d
%files
/usr/bin/python3.99
%files debug
/usr/bin/python3.99d
SPEC
expect 0 rpmbuild -bb --define "_topdir $PWD/top" two.spec
expect 1 "$pystacks" verify top/RPMS --only interpreter.starts --only 'interpreter.silent@*' --only abi.build-folders \
    --only 'modules.list@*' --only packages.erase --only 'content.*'
says out 'failed       interpreter.starts '
says out 'passed       interpreter.silent@optimized '
says out 'not run      interpreter.silent@debug '
says out '/usr/bin/python3.99d does not start: see interpreter.starts'
says out 'not run      abi.build-folders@debug '
says out 'not run      modules.list@debug '
# The other one is judged, as far as anybody knows the modules of this host's Python.
if grep 'modules.list@optimized ' out | grep 'does not start'; then fail 'the other interpreter is not judged'; fi
says out 'there is no debug information for /usr/bin/python3.99: '
says out 'not run      content.complete@debug '
grep -qE ' [12] failed' out || fail "$(tail -n 1 out)"
pass

current='and --only and --skip hold'
expect 0 "$pystacks" verify top/RPMS --only packages.modes
says out '1 checks in'
expect 1 "$pystacks" verify top/RPMS --only refcount.total@debug
says out 'failed       interpreter.starts '
says out '2 checks in'
expect 0 "$pystacks" verify top/RPMS --only refcount.total@debug --skip interpreter.starts
says out '1 checks in'
pass

if ! rpm_is 4.19.90 /usr/bin/rpm; then
    echo 'SKIPPED: an rpm that wants signatures: before 4.20 it reads no configuration that is ours' >&2
    exit 0
fi
current='though they are not signed and rpm wants signatures'
mkdir work
cat >wanting.sh <<'END'
#!/bin/sh
# wanting.sh COMMAND…: runs it on a machine where rpm wants signatures.
mount -t tmpfs none work && mkdir work/upper work/work || exit 99
mount -t overlay -o lowerdir=/etc,upperdir=work/upper,workdir=work/work none /etc || exit 99
mkdir -p /etc/rpm && echo '%_pkgverify_level all' >/etc/rpm/macros.wanting || exit 99
[ "$(rpm --eval '%_pkgverify_level')" = all ] || exit 99
"$@"
END
expect 0 unshare --mount --propagation private sh wanting.sh "$pystacks" verify top/RPMS --only packages.install
says out 'passed       packages.install '
pass
