# Shared by the tests of what foreign packages, specs and scripts can reach: nothing of the machine.
# shellcheck shell=bash
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v rpmbuild >/dev/null || skip 'there is no rpmbuild'
command -v dnf >/dev/null || command -v dnf5 >/dev/null || skip 'there is no dnf'
unshare --mount true 2>/dev/null || skip 'it takes root to plant what nobody else may reach'

listener=
at_end() {
    local status=$?
    [ -z "$listener" ] || kill "$listener" 2>/dev/null || true
    if [ "$status" -eq 0 ] || [ "$skipped" = yes ]; then rm -rf "$shared"; fi
    ended "$status"
}
# Others than root can reach this folder, too.
shared=$(mktemp -d /tmp/pystacks-doors-XXXXXX)
chmod 755 "$shared"
trap at_end EXIT
token=PLANTED_$$

# plant: what lies on the machine for scripts to find, and the file DOORS that says where.
plant() {
    mkdir -p "$shared/private" "$shared/input" "$shared/specs"
    mkdir -m 700 "$shared/specs/private"
    echo PLANTED | tee "$shared/private/secret" >"$shared/specs/private/secret"
    python3 - "$shared/private/socket" "$token" "$shared/private/port" "$shared/specs/socket" <<'END' &
import socket, sys, time
path, name, port_file, other_path = sys.argv[1:]
unix, other, abstract = (socket.socket(socket.AF_UNIX) for _ in range(3))
tcp = socket.socket(socket.AF_INET)
unix.bind(path)
other.bind(other_path)
abstract.bind("\0" + name)
tcp.bind(("127.0.0.1", 0))
for each in (unix, other, abstract, tcp):
    each.listen(64)
with open(port_file, "w") as file:
    file.write(str(tcp.getsockname()[1]))
while True:
    time.sleep(60)
END
    listener=$!
    for ((tenth = 0; tenth < 100; ++tenth)); do
        [ ! -s "$shared/private/port" ] || break
        sleep 0.1
    done
    cat >"$shared/input/DOORS" <<END
write $shared/private/written
secret $shared/private/secret
secret-beside $shared/specs/private/secret
variable PYSTACKS_TEST_TOKEN
unix $shared/private/socket
unix-beside $shared/specs/socket
abstract $token
tcp $(cat "$shared/private/port")
process $shared/private/socket
END
    cp "$source_tree/tests/integration/try_doors.py" "$shared/input/"
    export PYSTACKS_TEST_TOKEN=$token
}

# The doors can be found from outside: the test would see one that is open.
doors_are_there() {
    python3 "$shared/input/try_doors.py" "$shared/input/DOORS" >out 2>err || fail 'the probe itself'
    local door
    for door in write secret secret-beside variable unix unix-beside abstract tcp process; do
        says out "OPEN $door:"
    done
    rm "$shared/private/written"
}

# all_closed FILE TIMES: each door was tried that many times, and none opened.
all_closed() {
    local door
    if grep '^OPEN' "$1"; then fail 'a door is open'; fi
    for door in write secret secret-beside variable unix unix-beside abstract tcp process devices terminal \
        descriptors home passwords capabilities switches limit mount namespaces mknod vsock keyring; do
        [ "$(grep -c "^closed $door\$" "$1")" -eq "$2" ] || fail "$door was not tried $2 times"
    done
    [ ! -e "$shared/private/written" ] || fail 'a file was written on the machine'
}

# door_packages: packages whose scriptlets, triggers and file triggers try the doors, in $shared/packages.
door_packages() {
    cat >tools.spec <<'SPEC'
Name: doors
Version: 1
Release: 1
Summary: Tries doors; with a program that verify takes for an interpreter
License: MIT
Source0: try_doors.py
Source1: DOORS
%global debug_package %{nil}
%description
Words.
%install
install -D -m 755 %{SOURCE0} %{buildroot}/usr/libexec/try_doors.py
mkdir -p %{buildroot}/usr/bin
cp -L /usr/bin/python3 %{buildroot}/usr/bin/python3.98
install -D -m 644 %{SOURCE1} %{buildroot}/usr/share/doors/DOORS
mkdir -p %{buildroot}/var/lib/doors
%transfiletriggerin -- /usr/share/opened
/usr/libexec/try_doors.py /usr/share/doors/DOORS >/var/lib/doors/transfiletriggerin
%triggerin -- python3.99
/usr/libexec/try_doors.py /usr/share/doors/DOORS >/var/lib/doors/triggerin
%files
/usr/bin/python3.98
/usr/libexec/try_doors.py
/usr/share/doors
/var/lib/doors
SPEC
    cat >interpreter.spec <<'SPEC'
Name: python3.99
Version: 1
Release: 1
Summary: An interpreter for extension build that always succeeds, and one for verify
License: MIT
Requires(pre): doors
%global debug_package %{nil}
%description
Words.
%package debug
Summary: Its debug build
%description debug
Words.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/opened
printf '#!/bin/sh\nexit 0\n' >%{buildroot}/usr/bin/python3.99
cp %{buildroot}/usr/bin/python3.99 %{buildroot}/usr/bin/python3.99-debug
cp -L /usr/bin/python3 %{buildroot}/usr/bin/python3.97
chmod 755 %{buildroot}/usr/bin/*
echo text >%{buildroot}/usr/share/opened/file
%pre
/usr/libexec/try_doors.py /usr/share/doors/DOORS >/var/lib/doors/pre
%post
/usr/libexec/try_doors.py /usr/share/doors/DOORS >/var/lib/doors/post
{
ldconfig && echo works ldconfig
ln -sf python3.99 /usr/bin/python3.99-link && echo works link
python3 - /usr/share/opened/file <<'PYTHON' && echo works capabilities
import os, struct, sys
# Version 2 of what setcap writes: the effective flag, and net_bind_service.
os.setxattr(sys.argv[1], "security.capability", struct.pack("<5I", 0x02000001, 1 << 10, 0, 0, 0))
PYTHON
[ "$(id -u)" -ne 0 ] || ! grep -q '^ *0 *0 *4294967295$' /proc/self/uid_map || {
    useradd --system door-user && chown door-user /usr/share/opened/file && echo works useradd
    echo 'u door-sysuser - "Of a test"' | systemd-sysusers - 2>/dev/null && grep -q door-sysuser /etc/passwd &&
        echo works sysusers
}
} >/var/lib/doors/works
exit 0
%posttrans -p <lua>
local result = io.open("/var/lib/doors/lua", "w")
for line in io.lines("/usr/share/doors/DOORS") do
  local kind, what = line:match("^([%l-]+) (.*)$")
  local opened = false
  if kind == "write" then opened = io.open(what, "a") ~= nil end
  if kind == "secret" or kind == "secret-beside" then opened = io.open(what) ~= nil end
  if kind == "variable" then opened = os.getenv(what) ~= nil end
  if kind == "write" or kind:match("^secret") or kind == "variable" then
    result:write(opened and "OPEN " or "closed ", kind, " from Lua\n")
  end
end
result:close()
%files
/usr/bin/python3.97
/usr/bin/python3.99
/usr/share/opened
%files debug
/usr/bin/python3.99-debug
SPEC
    local spec
    for spec in tools interpreter; do
        rpmbuild -bb --nodeps --quiet --define '_build_id_links none' --define "_topdir $PWD/top" \
            --define "_sourcedir $shared/input" "$spec.spec" >out 2>err || fail "rpmbuild of $spec.spec"
    done
    cp -r top/RPMS "$shared/packages"
}

# what_scriptlets_saw PYSTACKS…: by `pystacks verify --shell`.
what_scriptlets_saw() {
    "$@" verify --shell "$shared/packages" >seen 2>err <<'END' || fail 'verify --shell'
cat /var/lib/doors/*
/usr/libexec/try_doors.py /usr/share/doors/DOORS
END
    for each in write secret secret-beside variable; do says seen "closed $each from Lua"; done
    grep -v 'from Lua' seen >of_python
    # %pre, %post, %triggerin, %transfiletriggerin, and the shell itself
    all_closed of_python 5
}

# a_door_spec FILE: rpm tries the doors while it reads it, and refuses the spec if one is open.
a_door_spec() {
    module_spec "$1"
    cat >tried <<'END'
%global tried %(python3 %{_sourcedir}/try_doors.py %{_sourcedir}/DOORS | sort | paste -s -d ';')
%{lua:
local tried = rpm.expand("%{tried}")
if tried:find("OPEN") or not tried:find("closed secret") then error("doors: " .. tried) end
}
END
    sed -i '/^BuildRequires/r tried' "$1"
}

# specs_are_read_contained PYSTACKS…: by `extension add` and `extension survey --prove`.
specs_are_read_contained() {
    cp "$shared/input/"* "$shared/specs/"
    a_door_spec "$shared/specs/fast.spec"
    expect 0 "$@" extension add "$shared/specs/fast.spec"
    expect 0 "$@" extension survey --prove "$shared/specs"
    says out '1 are proved'
    [ ! -e "$shared/private/written" ] || fail 'a file was written on the machine'
}

# builds_are_contained PYSTACKS…: by `extension build`, while rpm reads the spec and while it builds.
builds_are_contained() {
    mkdir -p "$shared/build"
    cp "$shared/input/"* "$shared/build/"
    cat >"$shared/build/doors.spec" <<'SPEC'
Name: look
Version: 1
Release: 1
Summary: Tries doors
License: MIT
BuildArch: noarch
Source0: try_doors.py
Source1: DOORS
%define tried %(python3 %{_sourcedir}/try_doors.py %{_sourcedir}/DOORS >%{_topdir}/macro)
%{tried}
%description
Words.
%build
python3 %{SOURCE0} %{SOURCE1} >%{_topdir}/script
%files
SPEC
    mkdir -m 777 "$shared/built"
    expect 0 "$@" extension build "$shared/build/doors.spec" --as-is --stack "$shared/packages" \
        --output "$shared/built"
    [ "$(stat -c %a "$shared/built")" = 777 ] || fail 'the mode of the output folder'
    all_closed "$shared/built/macro" 1
    all_closed "$shared/built/script" 1
}

# what_a_build_leaves PYSTACKS…: a link where pystacks reads, a link where it copies from, and a setuid program.
what_a_build_leaves() {
    cat >"$shared/build/links.spec" <<SPEC
Name: links
Version: 1
Release: 1
Summary: Leaves traps
License: MIT
BuildArch: noarch
%description
Words.
%build
ln -sf "$shared/private/secret" %{_topdir}/logs/links-build.log
cp /usr/bin/true %{_topdir}/program
chmod 6755 %{_topdir}/program
exit 1
%files
SPEC
    expect 1 "$@" extension build "$shared/build/links.spec" --as-is --stack "$shared/packages" \
        --output "$shared/built"
    [ -L "$shared/built/logs/links-build.log" ] || fail 'there is no link'
    says_not err PLANTED
    [ "$(stat -c %a "$shared/built/program")" = 755 ] || fail 'a setuid program is left'

    sed -e 's/^BuildArch/Source0: key\n&/; /^ln /d' "$shared/build/links.spec" >"$shared/build/key.spec"
    ln -s "$shared/private/secret" "$shared/build/key"
    expect 2 "$@" extension build "$shared/build/key.spec" --as-is --stack "$shared/packages" \
        --output "$shared/built"
    says err 'key: it is a link that leads out of its folder'
}
