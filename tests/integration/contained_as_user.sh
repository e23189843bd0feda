#!/usr/bin/env bash
# The same as contained.sh where another user than root calls pystacks: what is that user's own is out of reach, too.
# shellcheck source=contained_lib.sh
source "$(dirname "$0")/contained_lib.sh"

as_user=(runuser -u nobody -- env "HOME=$shared/private" "$pystacks")
"${as_user[@]}" --version >/dev/null 2>&1 || skip 'nobody may not execute pystacks where it is'
runuser -u nobody -- unshare --user true 2>/dev/null || skip 'nobody may not make user namespaces'

start probe 'the probe finds what is planted'
plant
doors_are_there
door_packages
chown -R nobody: "$shared"
pass

start verify 'scriptlets, triggers, Lua and the shell of verify reach nothing of the machine'
what_scriptlets_saw "${as_user[@]}"
for each in ldconfig link capabilities; do says seen "works $each"; done
pass

start specs 'specs that are read to be added to reach nothing of the machine'
specs_are_read_contained "${as_user[@]}"
pass

start build 'neither does what extension build runs'
builds_are_contained "${as_user[@]}"
pass

start traps 'and what it leaves leads nobody astray'
what_a_build_leaves "${as_user[@]}"
pass
