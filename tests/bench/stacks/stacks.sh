#!/usr/bin/env bash
# How long both stacks of CPython 3.13.5 take: by plain rpmbuild on a sequential spec, and by `pystacks build`, in turns.
#
#     tests/bench/stacks/stacks.sh PYSTACKS SOURCES OUTPUT [RUNS] [-- OPTION…]
#
# SOURCES has Python-3.13.5.tar.xz. OPTIONs go to both: --with lto, --with optimizations. OUTPUT gets a record of every
# run, timeline.svg, result.json and the table; nothing is asserted about time. Needs 3 GB there, and a quiet machine.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
[ $# -ge 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
pystacks=$(realpath "$1")
sources=$(realpath "$2")
mkdir -p "$3"
output=$(realpath "$3")
shift 3
runs=1
if [ $# -gt 0 ] && [ "$1" != -- ]; then runs=$1; shift; fi
if [ "${1:-}" = -- ]; then shift; fi

patches=$output/sources
mkdir -p "$patches"
cp "$sources/Python-3.13.5.tar.xz" "$project/specs/python3.13/patches/"*.patch \
    "$project/specs/common/patches/sys-pydebug.patch" "$patches/"

by_pystacks() {
    rm -rf "$output/pystacks"
    "$here/record.py" "$output/pystacks-$1.json" "$pystacks" build python3.13 --nodeps -bb --sources "$sources" \
        --output "$output/pystacks" "${@:2}" >"$output/pystacks-$1.log" 2>&1 </dev/null ||
        { tail -n 20 "$output/pystacks-$1.log" >&2; exit 1; }
}

by_rpmbuild() {
    rm -rf "$output/rpmbuild"
    "$here/record.py" "$output/rpmbuild-$1.json" rpmbuild -bb --nodeps --define "_topdir $output/rpmbuild" \
        --define "_sourcedir $patches" --define "lists $output/pystacks/BUILD/python3.13-3.13.5/lists" "${@:2}" \
        "$here/sequential-python3.13.spec" >"$output/rpmbuild-$1.log" 2>&1 </dev/null ||
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
