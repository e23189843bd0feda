# Shared by the slow tests of extension packages, which run in a scratch root (examples/try-in-scratch-root.sh) from
# where they begin: an overlay of this machine with the packages of a stack installed, gone at the end.
#
# Source it first; a test may set scratch_packages before, to a folder with the packages to install.
# shellcheck shell=bash
# shellcheck disable=SC2034  # these are for the scripts that source this file
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
if [ "${PYSTACKS_IN_SCRATCH_ROOT:-}" != yes ]; then
    need_root
    # Paths of the caller's folder mean nothing in there.
    export PYSTACKS_IN_SCRATCH_ROOT=yes PYSTACKS_TEST_SOURCES
    PYSTACKS_TEST_SOURCES=$(realpath --canonicalize-missing "$sources")
    exec "$project/examples/try-in-scratch-root.sh" "${scratch_packages:-$dist/RPMS}" \
        "$(realpath "$0")" "$(realpath "$pystacks")" "$(realpath "$project")" "$(realpath "$folder")"
fi

export HOME=/root SOURCE_DATE_EPOCH=1700000000
unset DEBUGINFOD_URLS
mkdir -p /run /tmp /var/tmp

# install_tools STACK: pystacks, and pip and setuptools out of the wheels that CPython brings.
install_tools() {
    cmake --install "$(dirname "$pystacks")" --prefix /usr >/dev/null
    pystacks=/usr/bin/pystacks
    local site library wheel
    site=$("/usr/bin/$1" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    library=$("/usr/bin/$1" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
    for wheel in "$library"/ensurepip/_bundled/{pip,setuptools}-*.whl "$library"/test/wheeldata/setuptools-*.whl; do
        if [ -e "$wheel" ]; then "/usr/bin/$1" -m zipfile -e "$wheel" "$site"; fi
    done
}

# fedora_macros: what Fedora's configuration of rpm does in every spec, with debug packages of all that is compiled.
fedora_macros() {
    cat >/root/.rpmmacros <<'MACROS'
%_enable_debug_packages 1
%_debugsource_packages 1
%install %{?_enable_debug_packages:%{?buildsubdir:%{debug_package}}}\
%%install\
%{nil}
MACROS
}
