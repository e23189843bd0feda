#!/bin/sh
# Installs what it takes to build pystacks, to run it, and to run its tests.
#
#     setup/host.sh [build|test]...      default: build
#
# Works as root, or through sudo. Knows Debian (12, 13) and Fedora package names; elsewhere it says what is missing.
set -eu

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

debian_packages() {
    case $1 in
    build)
        echo ca-certificates ccache cmake g++ git libarchive-dev libcli11-dev libcreaterepo-c-dev \
            libcurl4-openssl-dev libdw-dev libelf-dev libfmt-dev libgpgme-dev librpm-dev libspdlog-dev \
            libssl-dev libtomlplusplus-dev libxxhash-dev make ninja-build nlohmann-json3-dev pkg-config
        # What rpm's build scripts call, and what pystacks calls.
        echo debugedit elfutils file gnupg patch python3 python3-packaging rpm xz-utils zstd
        ;;
    test)
        echo catch2 chromium clang clang-format clang-tidy cpio createrepo-c dnf faketime gdb libpq-dev patchelf \
            postgresql rpmlint shellcheck tmux unzip util-linux
        ;;
    esac
}

fedora_packages() {
    case $1 in
    build)
        echo ca-certificates ccache cli11-devel cmake createrepo_c-devel elfutils-devel elfutils-libelf-devel \
            fmt-devel gcc-c++ git-core gpgme-devel json-devel libarchive-devel libcurl-devel make ninja-build \
            openssl-devel pkgconf-pkg-config rpm-devel spdlog-devel tomlplusplus-devel xxhash-devel
        echo debugedit elfutils file gnupg2 patch python3 python3-rpm-generators rpm-build xz zstd
        ;;
    test)
        echo catch-devel chromium clang clang-tools-extra cpio createrepo_c dnf gdb libfaketime libpq-devel patchelf \
            postgresql-contrib postgresql-server rpmlint ShellCheck tmux unzip util-linux
        ;;
    esac
}

# The packages of the list that dpkg does not know as installed, so that a complete host needs no network.
missing_on_debian() {
    for package in "$@"; do
        dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            echo "$package"
    done
}

[ $# -gt 0 ] || set -- build
packages=
if command -v apt-get >/dev/null 2>&1; then
    for kind in "$@"; do packages="$packages $(debian_packages "$kind" | tr '\n' ' ')"; done
    # Word splitting is wanted: these are lists of names.
    # shellcheck disable=SC2086
    missing=$(missing_on_debian $packages)
    if [ -n "$missing" ]; then
        as_root apt-get update
        # shellcheck disable=SC2086
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
    fi
elif command -v dnf >/dev/null 2>&1; then
    for kind in "$@"; do packages="$packages $(fedora_packages "$kind" | tr '\n' ' ')"; done
    # shellcheck disable=SC2086
    as_root dnf install --assumeyes --setopt=install_weak_deps=False $packages
else
    echo "setup/host.sh: neither apt-get nor dnf is here. Install these yourself (Fedora's names):" >&2
    for kind in "$@"; do fedora_packages "$kind" >&2; done
    exit 1
fi
