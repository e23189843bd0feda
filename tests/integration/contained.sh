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
builds_are_contained "$pystacks"
pass

start traps 'and what it leaves leads nobody astray'
what_a_build_leaves "$pystacks"
pass
