#!/usr/bin/env bash
# The larger examples: as extension.sh, for numpy and lxml on 3.9, PyGObject on 3.11, PyYAML on 3.13. Minutes each.
#
#     examples.sh PYSTACKS SOURCE-TREE FOLDER [EXAMPLE...]
#
# Not part of `ctest`; `ctest -C examples -R slow_examples` runs it. It needs the headers and tools that the examples
# are built with: on Debian cython3, gfortran, libgirepository1.0-dev, libxml2-dev, libxslt1-dev, libyaml-dev and meson;
# for PyYAML on 3.13 a Cython 3, of which PYSTACKS_TEST_CYTHON names the folder (with Cython/ in it).
set -eu

scratch_packages=$3/examples
rm -rf "$scratch_packages"
mkdir -p "$scratch_packages"
for rpms in "$3/dist/RPMS" "$3"/stacks/python*/RPMS; do
    find "$(realpath "$rpms")" -name '*.rpm' -exec ln -s {} "$scratch_packages/" \;
done
# The scratch root's command has no more arguments than these.
PYSTACKS_TEST_EXAMPLES=${PYSTACKS_TEST_EXAMPLES:-${*:4}}
export PYSTACKS_TEST_EXAMPLES
# shellcheck source=scratch.sh
source "$(dirname "$0")/scratch.sh"

fedora_macros
mkdir -p "$work" "$sources"
wanted=" ${PYSTACKS_TEST_EXAMPLES:-python-lxml python-gobject python-numpy python-coverage python-pyyaml} "

# try_with VERSION EXAMPLE MODULE COMPARISON [CYTHON]: where CYTHON is a folder to take Cython from.
try_with() {
    [[ $wanted == *" $2 "* ]] || return 0
    local python=/usr/bin/python$1 site nodots=${1/./} name=${3##*.}
    install_tools "python$1"
    site=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    if [ -n "${5:-}" ]; then cp -r "$5/Cython" "$5/cython.py" "$site/"; fi
    try_example "$2" "$python" "$4"
    loads_its_own "$python" "$3" "*/$name.cpython-$nodots-*.so" "*/$name.cpython-${nodots}d-*.so"
}

# On Debian 12 the stack of 3.11 takes the place of the Python that runs meson; it looks for modules elsewhere.
if [ -d /usr/lib/python3/dist-packages/mesonbuild ] && ! /usr/bin/meson --version >/dev/null 2>&1; then
    ln -s /usr/lib/python3/dist-packages/mesonbuild \
        "$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
fi
debian=/usr/lib/python3/dist-packages
# What this Cython generates breaks an assertion of a debug interpreter from 3.11 on (PyCFunction_GET_FLAGS).
try_with 3.9 python-lxml lxml.etree same_contents "$debian"
try_with 3.11 python-gobject gi._gi same_contents
try_with 3.9 python-numpy numpy.core._multiarray_umath same_contents "$debian"
# It is in no archive that can be asked for it: built when it is given.
if [ -f "$sources/coverage-7.11.3.tar.gz" ]; then
    try_with 3.13 python-coverage coverage.tracer same_release
fi
if [ -n "${PYSTACKS_TEST_CYTHON:-}" ]; then
    try_with 3.13 python-pyyaml yaml._yaml same_release "$PYSTACKS_TEST_CYTHON"
elif [[ $wanted == *python-pyyaml* ]]; then
    # With what the distribution has, on the last version that this Cython is for.
    try_with 3.11 python-pyyaml yaml._yaml same_release "$debian"
fi
