#!/usr/bin/env bash
# What run.sh runs in the root folder: inside.sh fast|stack|packages BUILD [CTEST-OPTION…].
set -euo pipefail

kind=$1
build=$2
options=("${@:3}")
project=$(realpath "$(dirname "$0")/../..")
jobs=$(nproc)
export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR="$project" CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

say() { printf '\n==> %s\n' "$*"; }

# same_files A B PATTERN: each such file of A is in B, with the same bytes.
same_files() {
    local file count=0
    while read -r file; do
        cmp "$1/$file" "$2/$file" || fail "$file differs"
        count=$((count + 1))
    done < <(cd "$1" && find . -name "$3" | sort)
    [ "$count" -gt 0 ] || fail "no $3 in $1"
    echo "ok: $count files have the same bytes"
}

# shellcheck source=/dev/null
say "$(. /etc/os-release && echo "$PRETTY_NAME"), $(rpm --version), $(g++ --version | head -n 1)"
cd "$project"
if [ "$kind" = fast ]; then
    cmake --preset dev -B "$build"
    cmake --build "$build"
    exec ctest --test-dir "$build" --no-tests=error "${options[@]}" --output-on-failure --parallel "$jobs"
fi

# A stack takes room, and its folder must not be one that other systems write to.
output=/var/tmp/pystacks
rm -rf "$output"
mkdir -p "$output"
dist=/srv/pystacks/dist
if [ "$kind" = stack ]; then
    dist=$output/dist
    cmake --preset dev -B "$build"
    cmake --build "$build" --target pystacks
    cmake --install "$build" --prefix /usr >/dev/null
    missing=$(pystacks doctor python3.13 --missing-packages)
    if [ -n "$missing" ]; then
        apt-get -o Acquire::Check-Valid-Until=false update
        # shellcheck disable=SC2086 # these are names of packages
        apt-get install --yes --no-install-recommends $missing
    fi
    say 'pystacks build python3.13'
    pystacks build python3.13 --output "$dist" --sources /var/tmp/sources
else
    # Debian 13's dnf5 is too old; dnf comes with what host.sh installs.
    if grep -q /sid /etc/debian_version; then apt-get install --yes --no-install-recommends dnf5; fi
    setup/host.sh build test
fi

# What was found wrong: everything is tried, as each takes its time.
wrong=()
say 'rpmbuild --rebuild'
if rpmbuild --rebuild --nodeps --define "_topdir $output/rebuilt" "$dist"/SRPMS/*.src.rpm >"$output/rebuild.log" 2>&1
then
    (same_files "$dist/RPMS" "$output/rebuilt/RPMS" '*.rpm' &&
        same_files "$output/rebuilt/RPMS" "$dist/RPMS" '*.rpm') || wrong+=('rpmbuild --rebuild: other bytes')
else
    tail -n 40 "$output/rebuild.log"
    wrong+=('rpmbuild --rebuild')
fi
say 'extension packages'
# The scratch root is this one without what is mounted in it, as the clone is.
cp -r "$project/tests/hosts" "$output/hosts"
examples/try-in-scratch-root.sh "$dist/RPMS" "$output/hosts/extension_forms.sh" "$output/extension" ||
    wrong+=('extension packages by rpmbuild')
"$project/tests/hosts/extension_build.sh" "$dist/RPMS" "$output/extension_build" ||
    wrong+=('pystacks extension build')
say "pystacks' own package"
"$project/tests/slow/own_package.sh" "$(command -v pystacks)" "$project" "$output/own" || wrong+=('its own package')
say 'pystacks verify'
pystacks verify "$dist"/RPMS/*/*.rpm || wrong+=('pystacks verify')
[ "${#wrong[@]}" -eq 0 ] || fail "$(printf '%s; ' "${wrong[@]}")"
say 'done'
