#!/usr/bin/env bash
# How long it takes until all packages of CPython 3.13.5 are there again, after nothing has changed, the release, a C
# file and a .py file; and whether what came of it all is the bytes of a build from nothing.
#
#     tests/bench/stacks/rows.sh PYSTACKS STACK SOURCES OUTPUT [-- OPTION…]
#
# STACK is python3.13, or a folder of that name with a copy of it, which may have a recorded profile; SOURCES has
# Python-3.13.5.tar.xz. OPTIONs go to every build: --with lto, --with optimizations, and with a recorded profile
# -D 'profile_of_other_sources use', or the changed C file has the compiler trained. A build that is in OUTPUT already
# is gone on with. Nothing is asserted about time. Needs 4 GB there, and a quiet machine.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
[ $# -ge 4 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
pystacks=$(realpath "$1")
case $2 in */*) specs=$(dirname "$2") ;; *) specs=$project/specs ;; esac
sources=$(realpath "$3")
mkdir -p "$4"
output=$(realpath "$4")
shift 4
if [ "${1:-}" = -- ]; then shift; fi

rm -rf "$output/specs"
cp -r "$specs" "$output/specs"
stack=$output/specs/python3.13

# build DIST OPTION…: seconds, on standard output.
build() {
    local dist=$1 begin
    shift
    begin=$(date +%s.%N)
    "$pystacks" build "$stack" --nodeps -bb --sources "$sources" --output "$dist" "$@" >>"$output/rows.log" 2>&1 \
        </dev/null ||
        { tail -n 20 "$output/rows.log" >&2; exit 1; }
    awk -v begin="$begin" -v end="$(date +%s.%N)" 'BEGIN { printf "%.1f\n", end - begin }'
}

# row NAME OPTION…: goes on in the old folder.
row() {
    local name=$1
    shift
    printf '%-28s %8.1f s\n' "$name" "$(build "$output/dist" "$@")"
}

# patch NAME FILE COMMENT-SIGN: a patch of the stack that adds a line to the end of a source file.
patch() {
    local tree=$output/dist/BUILD/python3.13-3.13.5/source last
    last=$(wc -l <"$tree/$2")
    mkdir -p "$stack/patches"
    printf \
        -- '--- a/%s\n+++ b/%s\n@@ -%d +%d,2 @@\n %s\n+%s\n' "$2" "$2" "$last" "$last" "$(tail -n 1 "$tree/$2")" "$3" \
        >"$stack/patches/$1.patch"
    printf '\n[[patch]]\nfile = "%s.patch"\n' "$1" >>"$stack/stack.toml"
}

if [ ! -d "$output/dist" ]; then printf '%-28s %8.1f s\n' 'from nothing' "$(build "$output/dist" "$@")"; fi
row 'nothing' "$@"
sed -i 's/^release = "1/release = "2/' "$stack/stack.toml"
row 'the release' "$@"
patch bisect Modules/_bisectmodule.c 'static const char changed[] __attribute__((used)) = "changed";'
row 'a C file in Modules/' "$@"
patch calendar Lib/json/tool.py '# changed'
row 'a .py file' "$@"

rm -rf "$output/fresh"
printf '%-28s %8.1f s\n' 'all of it from nothing' "$(build "$output/fresh" "$@")"
differ=0
while read -r package; do
    cmp -s "$output/dist/RPMS/$package" "$output/fresh/RPMS/$package" ||
        { echo "differs: $package"; differ=$((differ + 1)); }
done < <(cd "$output/fresh/RPMS" && find . -name '*.rpm' | sort)
echo "$differ packages differ from those of a build from nothing"
