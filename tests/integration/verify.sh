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
for command in verify 'verify --unaffected top' 'extension check' 'compare top'; do
    # shellcheck disable=SC2086 # a list of words
    expect 2 "$pystacks" $command "$package"
    says err "$package: its name \"../xyz\" has the character '/' in it"
done
pass

start builds 'two builds under unlike circumstances give the same bytes'
fake_stack stack
expect 0 "$pystacks" verify --reproducible ./stack --work twice -j 2
says out 'passed       reproducible.fake1.0-debug '
says out 'passed       reproducible.fake1.0.src '
says out ' 0 failed'
pass

current='one byte that differs is named'
package=$(echo twice/first/RPMS/*/fake1.0-libs-1.0-*.rpm)
cp -r twice/first/RPMS changed
printf x >>"changed/${package#twice/first/RPMS/}"
cp -r twice/second/in-a-longer-folder/RPMS without
expect 2 "$pystacks" verify --unaffected changed without
says err 'there is a -debug package in it'
rm without/*/fake1.0-debug-1.0-*.rpm
expect 1 "$pystacks" verify --unaffected changed without
says out 'failed       unaffected.fake1.0-libs '
says out 'passed       unaffected.fake1.0-devel '
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
%post
trap '' TERM HUP INT
sleep 311.7
%files
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
