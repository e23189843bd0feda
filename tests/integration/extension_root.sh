#!/usr/bin/env bash
# The root in which `pystacks extension build` builds: what of this machine is brought in is the machine's own file,
# read only, and not a copy in memory. The stack in it is made of two shell scripts.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

command -v rpmbuild >/dev/null || skip 'there is no rpmbuild'
command -v dnf >/dev/null || command -v dnf5 >/dev/null || skip 'there is no dnf'
unshare --mount true 2>/dev/null || skip 'it takes root to mount what the build root is made of'

# identity FILE: equal for two names of one file, wherever they are mounted.
identity() { stat -L -c '%d:%i' "$1"; }

# The program as its name leads to it, and the data that it uses from its build folder or from where it is installed.
program=$(readlink -f "$pystacks")
data=$source_tree
[ -e "$(dirname "$program")/pystacks-source-tree" ] || data=$(dirname "$(dirname "$program")")/share/pystacks

start tools 'the program, its data and wheels are not copied into the root'
printf '#!/bin/sh\nexit 0\n' >python3.99
cp python3.99 python3.99-debug
cat >stack.spec <<'SPEC'
Name: python3.99
Version: 1
Release: 1
Summary: An interpreter that always succeeds
License: MIT
BuildArch: noarch
Source0: python3.99
Source1: python3.99-debug
%description
Words.
%package debug
Summary: Its debug build
%description debug
Words.
%install
install -D -m 755 %{SOURCE0} %{buildroot}/usr/bin/python3.99
install -D -m 755 %{SOURCE1} %{buildroot}/usr/bin/python3.99-debug
%files
/usr/bin/python3.99
%files debug
/usr/bin/python3.99-debug
SPEC
rpmbuild -bb --nodeps --quiet --define "_topdir $PWD/stack" --define "_sourcedir $PWD" stack.spec >out 2>err ||
    fail 'rpmbuild of the stack'
cat >look.spec <<'SPEC'
Name: look
Version: 1
Release: 1
Summary: Writes down what it sees
License: MIT
BuildArch: noarch
%description
Words.
%build
for file in /usr/bin/pystacks /usr/share/pystacks/templates/extension/describe.py \
    /usr/share/pystacks/macros/macros.pydebug %{_rpmconfigdir}/macros.d/macros.pydebug \
    %{_rpmconfigdir}/lua/pydebug.lua %{_rpmconfigdir}/lua/pydebug/spec.lua \
    %{_rpmconfigdir}/fileattrs/pydebug.attr /builddir/wheels/tool-1-py3-none-any.whl; do
    mode=writable
    # root may write to what is not on a read-only mount, whatever its mode is.
    [ -w "$file" ] || mode=read-only
    echo "$(stat -c '%%d:%%i' "$file") $mode $file"
done >%{_topdir}/seen
/usr/bin/pystacks --version >%{_topdir}/version
%files
SPEC
echo 'no archive' >tool-1-py3-none-any.whl
expect 0 "$pystacks" extension build look.spec --as-is --stack stack/RPMS --wheels tool-1-py3-none-any.whl
expect 0 "$pystacks" --version
cmp out extensions/version || fail 'another program'
cat >wanted <<WANTED
$(identity "$program") read-only /usr/bin/pystacks
$(identity "$data/templates/extension/describe.py") read-only /usr/share/pystacks/templates/extension/describe.py
$(identity "$data/macros/macros.pydebug") read-only /usr/share/pystacks/macros/macros.pydebug
$(identity "$data/macros/macros.pydebug") read-only $(rpm --eval '%{_rpmconfigdir}')/macros.d/macros.pydebug
$(identity "$data/lua/pydebug.lua") read-only $(rpm --eval '%{_rpmconfigdir}')/lua/pydebug.lua
$(identity "$data/lua/pydebug/spec.lua") read-only $(rpm --eval '%{_rpmconfigdir}')/lua/pydebug/spec.lua
$(identity "$data/fileattrs/pydebug.attr") read-only $(rpm --eval '%{_rpmconfigdir}')/fileattrs/pydebug.attr
$(identity tool-1-py3-none-any.whl) read-only /builddir/wheels/tool-1-py3-none-any.whl
WANTED
diff wanted extensions/seen >out || fail 'copies, or what can be written to'
pass
