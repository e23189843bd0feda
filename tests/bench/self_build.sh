#!/usr/bin/env bash
# How much CPU time it takes to build pystacks itself from nothing: two source trees in turn, so that what else the
# machine does disturbs both alike. Prints user and system seconds of each, the largest compiler process and the ratio.
#
#   self_build.sh TREE_BEFORE TREE_AFTER [PRESET] [CMAKE_ARGUMENT…]
#   self_build.sh ../before . release -DPYSTACKS_TESTS=OFF
#   self_build.sh ../before . dev
#
# Needs GNU time. ccache is off. Both trees are built in new folders below TMPDIR, which are removed.
set -euo pipefail

if [ $# -lt 2 ]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
trees=("$(realpath "$1")" "$(realpath "$2")")
shift 2
preset=release
if [ $# -gt 0 ]; then
    preset=$1
    shift
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CCACHE_DISABLE=1
unset CMAKE_CXX_COMPILER_LAUNCHER

# Each compiler process appends its peak memory in KiB; one short line per write, so lines do not mix.
export SELF_BUILD_MEMORY=$work/memory
cat >"$work/launcher" <<'LAUNCHER'
#!/bin/sh
exec /usr/bin/time --append --output "$SELF_BUILD_MEMORY" --format %M "$@"
LAUNCHER
chmod +x "$work/launcher"

export preset work
build() {
    set -e
    cmake -S "$1" -B "$work/build" --preset "$preset" -DCMAKE_CXX_COMPILER_LAUNCHER="$work/launcher" "${@:2}"
    cmake --build "$work/build"
}

seconds=()
for tree in "${trees[@]}"; do
    rm -rf "$work/build" "$SELF_BUILD_MEMORY"
    if ! (cd "$tree" && /usr/bin/time --output "$work/time" --format '%U %S %e' \
        bash -c "$(declare -f build); build \"\$@\"" build "$tree" "$@") >"$work/log" 2>&1; then
        tail -n 30 "$work/log" >&2
        echo "self_build.sh: cannot build $tree with preset $preset: the end of its output is above" >&2
        exit 1
    fi
    read -r user system elapsed <"$work/time"
    total=$(awk -v u="$user" -v s="$system" 'BEGIN { printf "%.1f", u + s }')
    largest=$(sort -n "$SELF_BUILD_MEMORY" | tail -n 1)
    echo "$tree: $total CPU seconds ($user user, $system system), $elapsed seconds elapsed," \
        "largest compiler $((largest / 1024)) MiB"
    seconds+=("$total")
done
awk -v a="${seconds[0]}" -v b="${seconds[1]}" 'BEGIN { printf "ratio: %.2f\n", b / a }'
