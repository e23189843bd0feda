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

# root_without KIND COMMAND…: runs it as root of a user namespace in which no namespace of that kind can be made.
root_without() {
    # shellcheck disable=SC2016 # the inner shell's
    unshare --user --map-root-user sh -c 'echo 0 >"/proc/sys/user/max_$1_namespaces" && shift && exec "$@"' sh "$@"
}

start capabilities 'without a user namespace of its own, few of root'\''s privileges are left'
expect 0 root_without user "$pystacks" extension add "$shared/specs/fast.spec"
says err 'this machine does not give root a user namespace'
pass

start refused 'where no sandbox can be made, nothing is read by rpm, and that is said'
expect 4 root_without mnt "$pystacks" extension add "$shared/specs/fast.spec"
says out '%pydebug_package'
says err 'cannot start in a sandbox'
pass
