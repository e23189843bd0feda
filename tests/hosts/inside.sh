#!/usr/bin/env bash
# What run.sh runs in the root folder: inside.sh fast|stack BUILD.
set -euo pipefail

kind=$1
build=$2
project=$(realpath "$(dirname "$0")/../..")
jobs=$(nproc)
export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR="$project" CCACHE_NOHASHDIR=1

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
cmake --preset dev -B "$build"
if [ "$kind" = fast ]; then
    cmake --build "$build"
    exec ctest --test-dir "$build" --label-exclude slow --output-on-failure --parallel "$jobs"
fi

# A stack takes room, and its folder must not be one that other systems write to.
output=/var/tmp/pystacks
rm -rf "$output"
mkdir -p "$output"
cmake --build "$build" --target pystacks
cmake --install "$build" --prefix /usr >/dev/null
missing=$(pystacks doctor python3.13 --missing-packages)
if [ -n "$missing" ]; then
    apt-get -o Acquire::Check-Valid-Until=false update
    # shellcheck disable=SC2086 # these are names of packages
    apt-get install --yes --no-install-recommends $missing
fi

say 'pystacks build python3.13'
pystacks build python3.13 --output "$output/dist" --sources /var/tmp/sources
say 'pystacks verify'
pystacks verify "$output"/dist/RPMS/*/*.rpm
say 'rpmbuild --rebuild'
rpmbuild --rebuild --nodeps --define "_topdir $output/rebuilt" "$output"/dist/SRPMS/*.src.rpm \
    >"$output/rebuild.log" 2>&1 || { tail -n 40 "$output/rebuild.log" && fail 'rpmbuild --rebuild'; }
same_files "$output/dist/RPMS" "$output/rebuilt/RPMS" '*.rpm'
same_files "$output/rebuilt/RPMS" "$output/dist/RPMS" '*.rpm'
say 'extension packages'
# The scratch root is this one without what is mounted in it, as the clone is.
cp -r "$project/tests/hosts" "$output/hosts"
examples/try-in-scratch-root.sh "$output/dist/RPMS" "$output/hosts/extension_forms.sh" "$output/extension"
"$project/tests/hosts/extension_build.sh" "$output/dist/RPMS" "$output/extension_build"
say 'done'
