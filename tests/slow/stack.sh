#!/usr/bin/env bash
# One of the other stacks builds, without a warning.
#
#     stack.sh PYSTACKS SOURCE-TREE FOLDER STACK FOLDER-IN-STACKS [OPTION…]
name=$4
output=$5
options=("${@:6}")
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

stacks=$folder/stacks
mkdir -p "$stacks"
"$pystacks" build "$name" --output "$stacks/$output" --sources "$sources" "${options[@]}" \
    >"$stacks/$output.txt" 2>"$stacks/$output.log" || {
    tail -n 40 "$stacks/$output.log"
    fail "$name does not build"
}
# A warning is about a pattern or a rule that matches nothing: what the stacks share must be right for each.
if grep 'warning' "$stacks/$output.log"; then fail "$name is built with the warnings above"; fi
pass "$name ${options[*]}: $(wc -l <"$stacks/$output.txt") packages"
