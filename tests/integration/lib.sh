# Shared by the integration tests. Each is called with: PYSTACKS SOURCE-TREE FOLDER.
# shellcheck shell=bash
set -euo pipefail

# Nothing of whoever runs the tests: no proxies, no MAKEFLAGS, no rpm configuration of their own, no colours.
# PYSTACKS_TEST_RPM=PREFIX: an rpm that is installed there does what the tests have rpmbuild, rpmspec and rpm do,
# instead of the machine's. So the macros can be tried with every release of rpm.
if [ "${PYSTACKS_TEST:-}" != scrubbed ]; then
    other=${PYSTACKS_TEST_RPM:-}
    if [ -n "$other" ] && [ ! -x "$other/bin/rpmbuild" ]; then
        echo "PYSTACKS_TEST_RPM: $other/bin/rpmbuild is not a program" >&2
        exit 1
    fi
    exec env -i PYSTACKS_TEST=scrubbed PYSTACKS_TEST_RPM="$other" \
        PATH="${other:+$other/bin:}/usr/sbin:/usr/bin:/sbin:/bin" \
        HOME="$3/home" LC_ALL=C.UTF-8 "$0" "$@"
fi
umask 022
ulimit -c 0

# shellcheck disable=SC2034 # used by those who source this
pystacks=$1
source_tree=$2
folder=$3
# It is removed at the end: a test that used the name for something else would lose that.
readonly folder

# Options for rpm and its like that take macros.pydebug away, where pystacks is installed on the machine.
# shellcheck disable=SC2034
mapfile -t without_macros < <(sed -n 's/^%\(pydebug_[a-z_]*\).*/--undefine=\1/p' "$source_tree/macros/macros.pydebug")

rm -rf "$folder"
mkdir -p "$folder/home"
current='before the first case'
skipped=no

# A failed case's folder is kept, and named.
fail() {
    echo "FAILED: $current: $*" >&2
    for file in out err; do
        if [ -s "$file" ]; then
            echo "--- $file" >&2
            tail -n 60 "$file" >&2
        fi
    done
    echo "--- kept: $PWD" >&2
    exit 1
}

# Whatever ends a script before its last case has passed is a failure.
ended() {
    local status=${1:-$?}
    if [ "$status" -eq 0 ] || [ "$skipped" = yes ]; then
        rm -rf "$folder"
        return
    fi
    echo "ended with status $status in: $current; kept: $folder" >&2
    # A command's own 77 does not mean that nothing could be tested.
    [ "$status" -ne 77 ] || exit 1
}
trap ended EXIT

# start NAME WHAT: a case with a folder of its own, which becomes the current one.
start() {
    current=$2
    mkdir -p "$folder/$1"
    cd "$folder/$1"
}

pass() { echo "ok: $current"; }

# skip WHY: this script cannot test anything here. It must not have tested half of it: what needs something that not
# every host has is a script of its own.
skip() {
    echo "SKIPPED: $*" >&2
    skipped=yes
    exit 77
}

# expect STATUS COMMAND…: runs it, output in the files out and err.
expect() {
    local wanted=$1 status=0
    shift
    "$@" >out 2>err </dev/null || status=$?
    [ "$status" -eq "$wanted" ] || fail "exit status $status instead of $wanted: $*"
}

# says FILE TEXT: the text is somewhere in it.
says() { grep -qF -- "$2" "$1" || fail "$1 does not say: $2"; }
says_not() { if grep -qF -- "$2" "$1"; then fail "$1 says: $2"; fi; }

# fake_stack DIR: the fake interpreter's stack.
fake_stack() { "$source_tree/tests/integration/make_fake_source.sh" "$1"; }

# Whether rpm is of that version or newer. Of the machine's own rpm, whose library pystacks builds with: "rpm_is 4.20
# /usr/bin/rpm", which differs where PYSTACKS_TEST_RPM is set.
rpm_is() { [ "$("${2:-rpm}" --eval "%[v\"%{rpmversion}\" >= v\"$1\"]")" = 1 ]; }

# build_folder OUTPUT: where the stages of the fake stack work. From 4.20 on rpm puts one folder of the package around
# it.
build_folder() {
    local around=
    if rpm_is 4.19.90 /usr/bin/rpm; then around=fake1.0-1.0-build/; fi
    echo "$1/BUILD/${around}fake1.0-1.0"
}

# repack DIR: makes the archive of DIR/fake-1.0.tar.gz again out of the folder DIR/tree, and corrects the checksum.
repack() {
    tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@1700000000 -C "$1/tree" -czf \
        "$1/fake-1.0.tar.gz" fake-1.0
    correct_checksum "$1"
}

correct_checksum() {
    sed -i "s/^sha256 = .*/sha256 = \"$(sha256sum "$1/fake-1.0.tar.gz" | cut -d' ' -f1)\"/" "$1/stack.toml"
}

# same_packages A B: every binary package in B is in A, byte for byte.
same_packages() {
    local package other
    for package in "$2"/*/*.rpm; do
        other=$1/${package#"$2"/}
        cmp "$other" "$package" >cmp.log 2>&1 || fail "differ: $other $package: $(cat cmp.log)"
    done
}

# descendants PID: the ids of the process and of all below it, those that set up groups of their own too.
descendants() {
    local child
    echo "$1"
    for child in $(ps -o pid= --ppid "$1"); do descendants "$child"; done
}

# slow_compiler DIR SECONDS: a folder for PATH with a gcc that takes its time to compile, so that a test can meet it.
slow_compiler() {
    mkdir -p "$1"
    printf '#!/bin/sh\ncase " $* " in *" -o "*) sleep %s ;; esac\nexec /usr/bin/gcc "$@"\n' "$2" >"$1/gcc"
    chmod +x "$1/gcc"
}

# module_spec FILE: a spec of one compiled module, as others write it.
module_spec() {
    cat >"$1" <<'END'
Name:           python-fast
Version:        1.0
Release:        1
Summary:        Fast
License:        MIT
Source0:        fast-1.0.tar.gz
BuildRequires:  gcc

%description
Fast.

%package -n python3-fast
Summary:        Fast

%description -n python3-fast
Fast.

%prep
%setup -q

%build
%{__python3} setup.py build

%install
%{__python3} setup.py install --root %{buildroot}

%files -n python3-fast
%{python3_sitearch}/fast/
%{python3_sitearch}/_fast*.so

%changelog
END
}

# on_a_terminal COMMAND…: into the file screen what a terminal gets of its standard output.
on_a_terminal() {
    python3 - "$@" >screen 2>err <<'END'
import os, pty, subprocess, sys
ours, theirs = pty.openpty()
program = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=theirs)
os.close(theirs)
while True:
    try:
        data = os.read(ours, 65536)
    except OSError:
        break
    if not data:
        break
    sys.stdout.buffer.write(data)
program.wait()
END
}
