#!/usr/bin/env bash
# A third configuration, and a package of which nobody can tell the configuration: what packages carry, and what verify
# says. No program knows the names of these configurations.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start carried 'a configuration that stack.toml adds is carried by its package and by comparison.json'
fake_stack stack
# As data alone: a variant of the debug configuration, in a copy of the stack.
sed -i 's/^suffix = "t"/&\nvariant-of = "debug"\ntraits = ["debug", "thread-sanitizer"]/' stack/stack.toml
expect 0 "$pystacks" build ./stack --with tracing -j 2
expect 0 rpm -qp --nosignature --provides dist/RPMS/*/fake1.0-tracing-1.0-*.rpm
grep '^pystacks' out | sort >provides
printf 'pystacks(%s)\n' configuration:tracing suffix:t trait:debug trait:thread-sanitizer variant-of:debug |
    cmp - provides || fail "$(cat provides)"
expect 0 rpm -qp --nosignature --provides dist/RPMS/*/fake1.0-debug-1.0-*.rpm
says out 'pystacks(configuration:debug)'
says out 'pystacks(variant-of:optimized)'
for package in '' -libs -devel -test; do
    expect 0 rpm -qp --nosignature --provides dist/RPMS/*/fake1.0$package-1.0-*.rpm
    says_not out 'pystacks('
done
python3 - "$(build_folder dist)/comparison.json" <<'END' || fail 'comparison.json says something else'
import json, sys
found = json.load(open(sys.argv[1]))
assert found["configurations"] == ["optimized", "debug", "tracing"]
assert found["about"]["tracing"] == {"variant_of": "debug", "suffix": "t", "package": "fake1.0-tracing",
                                     "traits": ["debug", "thread-sanitizer"]}
assert found["about"]["optimized"] == {"variant_of": None, "suffix": "", "package": None, "traits": []}
own = [path for path in found["paths"] if path["configurations"] == ["tracing"]]
assert own and all(path["winner"] == "tracing" for path in own)
END
pass

current='a configuration leaves the packages of the others as they are, whichever it is'
expect 0 "$pystacks" build ./stack --output two -j 2
expect 0 "$pystacks" verify --unaffected dist/RPMS two/RPMS
says out 'passed       unaffected.fake1.0-debug '
says_not out 'unaffected.fake1.0-tracing'
says out 'with tracing'
expect 0 "$pystacks" build ./stack --output one -j 2 -D 'with_debug_build 0'
expect 0 "$pystacks" verify --unaffected two/RPMS one/RPMS
says_not out 'fake1.0-debug '
expect 0 "$pystacks" verify --unaffected dist/RPMS one/RPMS
expect 2 "$pystacks" verify --unaffected one/RPMS two/RPMS
says err 'it has packages of the configuration debug, which the first folder does not have'
pass

current='a configuration whose parent is switched off is not built'
expect 2 "$pystacks" build ./stack --output off --with tracing -D 'with_debug_build 0'
says err "'tracing' is a variant of 'debug', which is switched off: switch both off, or both on"
pass

start verify 'verify compares each configuration with the one that it is a variant of'
# variant NAME OF SUFFIX WORDS...: a package of that configuration. WORDS: further lines of its header.
variant() {
    local name=$1 of=$2 suffix=$3
    shift 3
    printf '%%package %s\nSummary: A variant\nProvides: pystacks(configuration:%s)\n' "$name" "$name"
    printf 'Provides: pystacks(variant-of:%s)\nProvides: pystacks(suffix:%s)\n' "$of" "$suffix"
    printf '%s\n' "$@" '%description '"$name" 'Words.'
}
# spec: an interpreter, and with every argument a variant of it, NAME:OF:SUFFIX.
spec() {
    cat <<'SPEC'
Name: python3.99
Version: 3.99
Release: 1
Summary: An interpreter
License: MIT
%global debug_package %{nil}
%description
Words.
SPEC
    local each name of suffix
    for each in "$@"; do
        IFS=: read -r name of suffix <<<"$each"
        variant "$name" "$of" "$suffix" "Requires: python3.99$([ "$of" = release ] || echo "-$of") = 3.99-1"
    done
    printf '%%install\nmkdir -p %%{buildroot}/usr/bin\n'
    for each in ::"" "$@"; do
        # The suffix alone differs: the machine's own interpreter, in several files.
        printf 'cp -L /usr/bin/python3 %%{buildroot}/usr/bin/python3.99%s\n' "${each##*:}"
        printf 'echo %s >>%%{buildroot}/usr/bin/python3.99%s\n' "${each:-base}" "${each##*:}"
    done
    printf '%%files\n/usr/bin/python3.99\n'
    for each in "$@"; do printf '%%files %s\n/usr/bin/python3.99%s\n' "${each%%:*}" "${each##*:}"; done
}
spec first:release:-first second:first:-second >three.spec
expect 0 rpmbuild -bb --define "_topdir $PWD/top" three.spec
expect 0 "$pystacks" verify top/RPMS --list
for check in interpreter.runs modules.list interpreter.traits abi.reference-counting; do
    for name in release first second; do says out "$check@$name "; done
done
for check in content.complete modules.pairs packages.lockstep packages.erase abi.linkage abi.same-bytes; do
    for name in first second; do says out "$check@$name "; done
    says_not out "$check@release "
done
says_not out '@optimized'
says_not out '@debug'
pass

current='and runs them'
expect 0 "$pystacks" verify top/RPMS --only packages.configurations --only interpreter.starts \
    --only interpreter.traits --only 'packages.lockstep@*' --only packages.erase --only content.nothing-else
says out 'packages.configurations '
says out 'release (1), first < release (1), second < first (1)'
for name in first second; do
    says out "passed       packages.lockstep@$name "
    says out "passed       packages.erase@$name "
    says out "passed       interpreter.traits@$name "
done
pass

current='a variant that does not require what it is a variant of is named'
sed 's/^Requires: python3.99-first.*//' three.spec >loose.spec
expect 0 rpmbuild -bb --define "_topdir $PWD/loose" loose.spec
expect 1 "$pystacks" verify loose/RPMS --only packages.lockstep
says out 'passed       packages.lockstep@first '
says out 'failed       packages.lockstep@second '
says out 'python3.99-second does not require python3.99-first = 3.99-1'
pass

current='an interpreter that is not what its packages say is named'
sed 's/^Provides: pystacks(configuration:second)/&\nProvides: pystacks(trait:debug)/' three.spec >lie.spec
expect 0 rpmbuild -bb --define "_topdir $PWD/lie" lie.spec
expect 1 "$pystacks" verify lie/RPMS --only interpreter.traits
says out 'passed       interpreter.traits@first '
says out 'failed       interpreter.traits@second '
says out '/usr/bin/python3.99-second has other traits than its packages say'
says out 'debug, as the packages provide of the configuration second'
pass

start unknown 'what nobody can tell is said, and nothing passes for it'
# Most say that the base is called release, so first is not the base.
spec first:release:-first second:first:-second third:release:-third fourth:release:-fourth |
    sed '/^Requires: python3.99-first/d' >five.spec
rpmbuild -bb --quiet --define "_topdir $PWD/top" five.spec >log 2>&1 || fail "$(cat log)"
rm top/RPMS/*/python3.99-first-*.rpm
expect 1 "$pystacks" verify top/RPMS --only packages.configurations --only packages.lockstep --only content.nothing-else
says out 'failed       packages.configurations '
says out 'no package belongs to the configuration first, which another one is a variant of'
says out 'not run      packages.lockstep@second '
says out 'not run      content.nothing-else@second '
pass

current='packages of others are told by their files, and what has files of two builds is unknown'
cat >others.spec <<'SPEC'
Name: python3.99
Version: 3.99
Release: 1
Summary: An interpreter that pystacks has not built
License: MIT
%global debug_package %{nil}
%description
Words.
%package dbg
Summary: Debug
%description dbg
Words.
%package both
Summary: Both
%description both
Words.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/lib/python3.99
cp -L /usr/bin/python3 %{buildroot}/usr/bin/python3.99
cp -L /usr/bin/python3 %{buildroot}/usr/bin/python3.99d
for each in x.cpython-399 x.cpython-399d y.cpython-399 y.cpython-399d; do
    touch %{buildroot}/usr/lib/python3.99/$each-x86_64-linux-gnu.so
done
%files
%attr(755,root,root) /usr/bin/python3.99
%files dbg
%attr(755,root,root) /usr/bin/python3.99d
/usr/lib/python3.99/x.cpython-399d-x86_64-linux-gnu.so
%files both
/usr/lib/python3.99/x.cpython-399-x86_64-linux-gnu.so
/usr/lib/python3.99/y.*
SPEC
rpmbuild -bb --quiet --define "_topdir $PWD/others" others.spec >log 2>&1 || fail "$(cat log)"
expect 0 "$pystacks" verify others/RPMS --list
says out 'modules.pairs@debug '
expect 1 "$pystacks" verify others/RPMS --only packages.configurations
says out 'python3.99-both: it has files of several builds: '
pass
