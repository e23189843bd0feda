#!/usr/bin/env bash
# How long both stacks of one CPython take: by plain rpmbuild on a sequential spec, and by `pystacks build`, in turns.
#
#     tests/bench/stacks/stacks.sh PYSTACKS STACK SOURCES OUTPUT [RUNS] [-- OPTION…]
#
# STACK is python3.13 or python2.7, or a folder of that name with a copy of it, which may have a recorded profile;
# SOURCES has its archive. OPTIONs go to both: --with lto, --with optimizations. OUTPUT
# gets a record of every run, timeline.svg, result.json and the table; nothing is asserted about time. Needs 3 GB there,
# and a quiet machine.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
[ $# -ge 4 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
pystacks=$(realpath "$1")
stack=$2
name=$(basename "$stack")
sources=$(realpath "$3")
mkdir -p "$4"
output=$(realpath "$4")
shift 4
runs=1
if [ $# -gt 0 ] && [ "$1" != -- ]; then runs=$1; shift; fi
if [ "${1:-}" = -- ]; then shift; fi

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$project/specs/$name/stack.toml")
carried=$output/sources
mkdir -p "$carried"
cp "$sources"/Python-"$version".t* "$project/specs/$name/patches/"*.patch "$project/specs/common/patches/"*.patch \
    "$carried/"

by_pystacks() {
    rm -rf "$output/pystacks"
    "$here/record.py" "$output/pystacks-$1.json" "$pystacks" build "$stack" --nodeps -bb --sources "$sources" \
        --output "$output/pystacks" "${@:2}" >"$output/pystacks-$1.log" 2>&1 </dev/null ||
        { tail -n 20 "$output/pystacks-$1.log" >&2; exit 1; }
}

by_rpmbuild() {
    rm -rf "$output/rpmbuild"
    "$here/record.py" "$output/rpmbuild-$1.json" rpmbuild -bb --nodeps --define "_topdir $output/rpmbuild" \
        --define "_sourcedir $carried" --define "lists $output/pystacks/BUILD/$name-$version/lists" "${@:2}" \
        "$here/sequential-$name.spec" >"$output/rpmbuild-$1.log" 2>&1 </dev/null ||
        { tail -n 20 "$output/rpmbuild-$1.log" >&2; exit 1; }
}

for run in $(seq "$runs"); do
    # The first needs what the second leaves: its file lists.
    by_pystacks "$run" "$@"
    by_rpmbuild "$run" "$@"
done

diff <(cd "$output/pystacks/RPMS" && find . -name '*.rpm' | sort) \
    <(cd "$output/rpmbuild/RPMS" && find . -name '*.rpm' | sort) || echo 'the packages are not the same ones' >&2
"$here/timeline.py" "$output/result.json" "$output/timeline.svg" "$output"/pystacks-*.json "$output"/rpmbuild-*.json
