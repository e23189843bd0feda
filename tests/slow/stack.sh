#!/usr/bin/env bash
# One of the other stacks builds, without a warning.
#
#     stack.sh PYSTACKS SOURCE-TREE FOLDER STACK [OPTION…]
name=$4
options=("${@:5}")
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

stacks=$folder/stacks
mkdir -p "$stacks"
"$pystacks" build "$name" --output "$stacks/$name" --sources "$sources" "${options[@]}" \
    >"$stacks/$name.txt" 2>"$stacks/$name.log" || {
    tail -n 40 "$stacks/$name.log"
    fail "$name does not build"
}
# A warning is about a pattern or a rule that matches nothing: what the stacks share must be right for each.
if grep 'warning' "$stacks/$name.log"; then fail "$name is built with the warnings above"; fi
pass "$name ${options[*]}: $(wc -l <"$stacks/$name.txt") packages"

# What extension modules will be built with is not changed by how the interpreter was linked.
libs=$(grep -E -- '-libs-[0-9][^/]*\.rpm$' "$stacks/$name.txt") ||
    fail "no package of libraries: $(cat "$stacks/$name.txt")"
rpm2cpio "$libs" | cpio --quiet --extract --to-stdout '*/_sysconfigdata*.py' >"$stacks/$name.sysconfig"
[ -s "$stacks/$name.sysconfig" ] || fail "no _sysconfigdata in $libs"
python3 - "$stacks/$name.sysconfig" <<'PYTHON' || fail "the flags of the build are handed on to extension modules"
import re, sys
# The debug configuration's are in another package.
text = re.search(r"(?s)build_time_vars = (\{.*\})\s*$", open(sys.argv[1]).read()).group(1)
variables = eval(text, {})
for name in ("CFLAGS", "LDFLAGS", "CCSHARED", "LDSHARED", "OPT"):
    print(name, "=", variables.get(name))
    # -fno-lto, too: it belongs to the build.
    assert "lto" not in variables.get(name, ""), name
    assert "-fprofile" not in variables.get(name, ""), name
PYTHON
pass "$name hands on no flags of its own build"
