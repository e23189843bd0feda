#!/usr/bin/env bash
# What `pystacks verify` and `pystacks extension build` execute is known, with all that they start in a scratch root:
# each program belongs to a package of setup/packages.txt, is on every host, or came with the stack.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need_root
# shellcheck source=../integration/executed_programs.sh
source "$(dirname "$0")/../integration/executed_programs.sh"
pystacks=$(realpath "$pystacks")
project=$(realpath "$project")
folder=$(realpath "$folder")
dist=$folder/dist

work=$folder/programs
rm -rf "$work"
mkdir -p "$work"
# Where people have it who have little memory: a folder that the scratch root shows as its own.
TMPDIR=$(mktemp -d -p /var/tmp)
export TMPDIR
clean_up() { rm -rf "$TMPDIR"; }
cd "$work"
PYSTACKS=$pystacks "$project/examples/fetch-sources.sh" "$sources" python-markupsafe >fetch.log 2>&1 ||
    { cat fetch.log; fail 'no sources'; }

# What the scratch root has of the stack. A file's mode says whether it is a program.
rpm --query --package --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' "$dist"/RPMS/*/*.rpm |
    sed -n 's/^-[rw-]*x[rwx-]* //p; s/^l[rwx]* //p' >programs-of-the-stack
# pystacks itself is shown there, too.
echo /usr/bin/pystacks >>programs-of-the-stack
own_folders=(@"$work/programs-of-the-stack")

# A debugger cannot trace what is traced.
record "$pystacks" verify "$dist/RPMS" --regrtest test_gc --skip 'gdb.*'
judge build verify option
pass "pystacks verify: $(cat verdict)"

record "$pystacks" extension build "$project/examples/python-markupsafe/before/python-markupsafe.spec" \
    --sources "$(realpath "$sources")" --output built --stack "$dist/RPMS"
judge build extension
pass "pystacks extension build: $(cat verdict)"
