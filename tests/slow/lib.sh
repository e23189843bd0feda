# Shared by the slow tests. Each is called with: PYSTACKS SOURCE-TREE FOLDER.
# shellcheck shell=bash
# shellcheck disable=SC2034  # these are for the scripts that source this file
set -euo pipefail

pystacks=$1
project=$2
folder=$3
stack=python3.13
dist=$folder/dist
arch=$(rpm --eval '%{_arch}')

# What a packager's environment may hold must not matter; what a test needs is set here.
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE CFLAGS LDFLAGS MAKEFLAGS
export LC_ALL=C.UTF-8

mkdir -p "$folder"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

pass() { echo "ok: $*"; }

# The sources are fetched once, into a folder that outlives the build folder's tests where the caller names one.
sources=${PYSTACKS_TEST_SOURCES:-$folder/sources}
mkdir -p "$sources"

# What outlives a run: root folders of other distributions, their packages, what compilers made.
test_cache=${PYSTACKS_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pystacks-tests}

# same_packages A B [PATTERN]: every package of the folder A stands in B with the same bytes, and the reverse.
same_packages() {
    local a=$1 b=$2 pattern=${3:-*.rpm} name count=0
    diff <(cd "$a" && find . -name "$pattern" | sort) <(cd "$b" && find . -name "$pattern" | sort) ||
        fail "not the same packages in $a and $b"
    while read -r name; do
        cmp "$a/$name" "$b/$name" || fail "$name differs"
        count=$((count + 1))
    done < <(cd "$a" && find . -name "$pattern" | sort)
    [ "$count" -gt 0 ] || fail "no package to compare in $a"
    pass "$count packages have the same bytes"
}

# skip WHY: this script cannot test anything here.
skip() {
    echo "SKIPPED: $*" >&2
    skipped=yes
    exit 77
}

# What is done when a script ends, whatever ends it; scripts define their own.
clean_up() { :; }

skipped=no
ended() {
    local status=$?
    clean_up
    # A command's own 77 does not mean that nothing could be tested.
    if [ "$status" -eq 77 ] && [ "$skipped" = no ]; then exit 1; fi
}
trap ended EXIT

# Without it, a script cannot test anything.
need_root() { [ "$(id -u)" -eq 0 ] || skip 'only root can mount overlays'; }
