#!/bin/sh
# Installs what it takes to build pystacks, to run it, and to run its tests.
#
#     setup/host.sh [build|test|slow]...      default: build
#
#     build   compiles pystacks, and builds packages with it
#     test    what the fast tests need besides, `pystacks verify` and `pystacks extension build` included
#     slow    what the slow tests need besides
#
# Works as root, or through sudo, on Debian and Fedora; elsewhere it says what is missing. Which packages there are is
# in packages.txt, beside this file.
set -eu

packages=$(dirname "$0")/packages.sh

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "setup/host.sh: '$*' has to run as root, and there is no sudo" >&2
        exit 1
    fi
}

# The packages among those on standard input that dpkg does not know as installed, so that a complete host needs no
# network.
missing_on_debian() {
    while read -r package; do
        # What has dnf5 needs no dnf beside it.
        if [ "$package" = dnf ] && command -v dnf5 >/dev/null 2>&1; then continue; fi
        dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            echo "$package"
    done
}

[ $# -gt 0 ] || set -- build
uses=
for kind in "$@"; do
    case $kind in
    build) uses="$uses compile build" ;;
    test) uses="$uses verify extension option test" ;;
    slow) uses="$uses slow" ;;
    *)
        echo "usage: setup/host.sh [build|test|slow]..." >&2
        exit 2
        ;;
    esac
done

# Word splitting is wanted for $uses and $missing: they are lists of names.
if command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    list=$("$packages" list debian $uses)
    missing=$(printf '%s\n' "$list" | missing_on_debian)
    if [ -n "$missing" ]; then
        as_root apt-get update
        # shellcheck disable=SC2086
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
    fi
elif command -v dnf >/dev/null 2>&1; then
    # "cmake >= 3.25" is one argument.
    set --
    # shellcheck disable=SC2086
    list=$("$packages" list rpm $uses)
    while read -r package; do set -- "$@" "$package"; done <<END_OF_LIST
$list
END_OF_LIST
    as_root dnf install --assumeyes --setopt=install_weak_deps=False "$@"
else
    echo "setup/host.sh: neither apt-get nor dnf is here. Install these yourself (Fedora's names):" >&2
    # shellcheck disable=SC2086
    "$packages" list rpm $uses >&2
    exit 1
fi
