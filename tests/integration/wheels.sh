#!/usr/bin/env bash
# [[wheels]]: what the packages say of wheels that come with the source, and what stops a list that is wrong.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# wheel FILE MEMBER[=TEXT]…: a wheel is a zip archive.
wheel() {
    mkdir -p "$(dirname "$1")"
    python3 - "$@" <<'END'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for member in sys.argv[2:]:
        name, _, text = member.partition("=")
        archive.writestr(zipfile.ZipInfo(name), text.replace(",", "\n"))
END
}

# stack_with_wheels: the fake stack; its source has a wheel of pip, which contains two projects.
stack_with_wheels() {
    fake_stack stack
    mkdir -p tree
    tar -C tree -xzf stack/fake-1.0.tar.gz
    wheel tree/fake-1.0/bundled/pip-2.0-py3-none-any.whl pip-2.0.dist-info/METADATA pip/_vendor/six.py \
        'pip/_vendor/vendor.txt=Six==1.16.0,packaging==25.0'
    cp -r tree stack/
    repack stack
    cat >>stack/stack.toml <<'END'

[[wheels]]
package = "%{name}-libs"
files = ["bundled/*.whl"]
if = "%{without extra_patch}"
projects = [
    "packaging 25.0 Apache-2.0 OR BSD-2-Clause",
    "pip 2.0 MIT",
    "six 1.16.0 MIT",
]
license = "(Apache-2.0 OR BSD-2-Clause)"
END
}

start right 'the package provides what the wheels contain, and names their licenses'
stack_with_wheels
expect 0 "$pystacks" build ./stack -bb
rpm -qp --provides dist/RPMS/*/fake1.0-libs-1.0-*.rpm >provides
says provides 'bundled(python3dist(pip)) = 2'
says provides 'bundled(python3dist(six)) = 1.16'
says provides 'bundled(python3dist(packaging)) = 25'
[ "$(rpm -qp --qf '%{LICENSE}' dist/RPMS/*/fake1.0-libs-1.0-*.rpm)" = 'MIT AND (Apache-2.0 OR BSD-2-Clause)' ] ||
    fail 'another license'
rpm -qp --provides dist/RPMS/*/fake1.0-debug-1.0-*.rpm >provides
says_not provides python3dist
pass

current='switched off, nothing is provided and nothing is checked'
expect 0 "$pystacks" build ./stack -bb --with extra_patch --output other
rpm -qp --provides other/RPMS/*/fake1.0-libs-1.0-*.rpm >provides
says_not provides python3dist
[ "$(rpm -qp --qf '%{LICENSE}' other/RPMS/*/fake1.0-libs-1.0-*.rpm)" = MIT ] || fail 'another license'
pass

start wrong 'a list that is wrong stops the build before it compiles, and the right one is shown'
stack_with_wheels
sed -i 's/"six 1.16.0 MIT"/"six 1.15.0 MIT",\n    "toml 1 MIT"/; s/    "packaging.*//' stack/stack.toml
expect 1 "$pystacks" build ./stack
says err 'no wheel contains six 1.15.0'
says err 'no wheel contains toml 1'
says err "'projects' lacks six 1.16.0"
says err '    "six 1.16.0 MIT",'
says err '    "packaging 25.0 LICENSE?",'
says err 'stack.toml:'
[ ! -e "$(build_folder dist)/build" ] || fail 'it was built'
pass

current='a list that was right once is looked at again when the stack changes'
sed -i '/^\[\[wheels\]\]/,$d' stack/stack.toml
expect 0 "$pystacks" build ./stack -bp
cat >>stack/stack.toml <<'END'
[[wheels]]
package = "%{name}-libs"
files = ["bundled/*.whl"]
END
expect 1 "$pystacks" build ./stack -bp
says err "'projects' lacks pip 2.0"
pass

start license 'licenses that do not follow from the projects: the expression is shown'
stack_with_wheels
sed -i 's/"packaging 25.0 .*"/"packaging 25.0 Apache-2.0"/' stack/stack.toml
expect 1 "$pystacks" build ./stack -bp
says err 'license = "Apache-2.0"'
sed -i 's/^license = "(.*/license = "Apache-2.0"/' stack/stack.toml
expect 0 "$pystacks" build ./stack -bp
sed -i 's/^license = "Apache-2.0"/license = "Apache-2.0 AND ISC"/' stack/stack.toml
expect 1 "$pystacks" build ./stack -bp
says err 'license = "Apache-2.0"'
pass

start silent 'a wheel that does not say what it contains has to be named'
stack_with_wheels
wheel stack/tree/fake-1.0/bundled/old-3-py3-none-any.whl old-3.dist-info/METADATA old/_vendor/six.py
repack stack
sed -i 's/    "pip 2.0 MIT"/    "old 3 MIT",\n&/' stack/stack.toml
expect 1 "$pystacks" build ./stack -bp
says err 'old-3-py3-none-any.whl does not say what old/_vendor contains'
sed -i 's/    "pip 2.0 MIT"/    "six 1.10.0 MIT",\n&/' stack/stack.toml
echo 'silent = ["old-3-py3-none-any.whl"]' >>stack/stack.toml
expect 0 "$pystacks" build ./stack -bp
sed -i 's/^silent = .*/silent = ["old-3-py3-none-any.whl", "old-2-py3-none-any.whl"]/' stack/stack.toml
expect 1 "$pystacks" build ./stack -bp
says err 'old-2-py3-none-any.whl'
pass

start damaged 'a wheel that cannot be read is named'
stack_with_wheels
echo 'no archive' >stack/tree/fake-1.0/bundled/pip-2.0-py3-none-any.whl
repack stack
expect 1 "$pystacks" build ./stack -bp
says err 'bundled/pip-2.0-py3-none-any.whl'
pass

start expat 'expat is required as new as it is where the stack is built, unless its symbols have versions'
mkdir bin
fake_rpm() {
    printf '#!/bin/sh\n%s\n' "$1" >bin/rpm
    chmod +x bin/rpm
}
# requires NAME…: what python3.13-libs requires, with the fake rpm.
expect 0 "$pystacks" spec "$source_tree/specs/python3.13"
cp out python3.13.spec
requires() {
    PATH=$PWD/bin:$PATH rpmspec -q --load "$source_tree/macros/macros.pystacks" --define "_sourcedir $PWD" \
        --qf '@%{NAME}\n[%{REQUIRENEVRS}\n]' python3.13.spec 2>err | sed -n '/^@python3.13-libs$/,/^@/p' >requires
}
isa=$(rpm --eval '%{?_isa}')
fake_rpm 'echo "expat 2.6.2 "'
requires
says requires "expat$isa >= 2.6.2"
fake_rpm 'echo "libexpat1 2.7.3 libexpat1 2.7.3 "'
requires
says requires "libexpat1$isa >= 2.7.3"
fake_rpm 'echo "expat 2.7.4 "'
requires
says requires tzdata
says_not requires expat
fake_rpm 'echo "no package provides libexpat.so.1()(64bit)"; exit 1'
requires
says requires tzdata
says_not requires expat
pass

current='the distribution'\''s wheels need a Python that can use them'
expect 0 "$pystacks" spec "$source_tree/specs/python3.9"
cp out python3.9.spec
expect 1 rpmspec --parse --with rpmwheels --load "$source_tree/macros/macros.pystacks" --define "_sourcedir $PWD" \
    python3.9.spec
says err '--with rpmwheels needs Python 3.10'
pass
