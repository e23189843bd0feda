#!/usr/bin/env bash
# What packages, specs and their scripts can reach when root works with them: nothing of the machine, while what
# installing needs still works.
# shellcheck source=contained_lib.sh
source "$(dirname "$0")/contained_lib.sh"

start probe 'the probe finds what is planted'
plant
doors_are_there
door_packages
pass

start verify 'scriptlets, triggers, Lua and the shell of verify reach nothing of the machine'
what_scriptlets_saw "$pystacks"
for each in ldconfig link capabilities useradd sysusers; do
    command -v "${each/sysusers/systemd-sysusers}" >/dev/null || [ "$each" != sysusers ] || continue
    says seen "works $each"
done
pass

start specs 'specs that are read to be added to reach nothing of the machine'
specs_are_read_contained "$pystacks"
pass

start build 'neither does what extension build runs'
cp "$shared/input/"* .
cat >doors.spec <<'SPEC'
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
expect 0 "$pystacks" extension build doors.spec --as-is --stack "$shared/packages" --output built
all_closed built/macro 1
all_closed built/script 1
pass
