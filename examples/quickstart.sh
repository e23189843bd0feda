#!/bin/sh
# From a bare machine to installable packages of Python, optimized and debug.
#
#     examples/quickstart.sh [STACK]      default: python3.13
#
# Installs what is needed (as root, or through sudo), builds pystacks and installs it below /usr/local, fetches
# CPython, and builds the stack without profile-guided optimization. Packages: dist/RPMS/<arch> and dist/SRPMS.
set -eu

cd "$(dirname "$0")/.."
stack=${1:-python3.13}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

say() { printf '\n==> %s\n' "$*" >&2; }

say "installing the packages that pystacks is built with"
setup/host.sh build

say "building pystacks"
cmake --preset release -DPYSTACKS_TESTS=OFF >/dev/null
cmake --build --preset release
# rpm looks for macros in its own folder only; with them there, plain rpmbuild can build the SRPM again.
as_root cmake --install build/release --prefix /usr/local --strip >/dev/null
pystacks=/usr/local/bin/pystacks

say "installing the packages that $stack is built with"
# One name per line; none when the host has everything.
missing=$("$pystacks" doctor "$stack" --missing-packages)
if [ -n "$missing" ]; then
    # Word splitting is wanted: these are names of packages.
    # shellcheck disable=SC2086
    if command -v apt-get >/dev/null 2>&1; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
    else
        as_root dnf install --assumeyes $missing
    fi
fi

say "building $stack"
"$pystacks" build "$stack" --output dist

arch=$(rpm --eval '%{_arch}')
spec=$("$pystacks" spec "$stack")
name=$(printf '%s\n' "$spec" | sed -n 's/^Name: *//p')
nodeps=
# On a host whose packages are not rpm's, its database is empty, and rpm cannot know that all is there.
if ! rpm --query --quiet rpm 2>/dev/null; then nodeps=' --nodeps'; fi
cat >&2 <<END

==> done: dist/RPMS/$arch and dist/SRPMS

Install them on an rpm-based system:
    sudo dnf install dist/RPMS/$arch/$name*.rpm
Or try them in a scratch root, which leaves this machine as it is:
    sudo examples/try-in-scratch-root.sh dist/RPMS/$arch
Then:
    $name -c 'import sys; print(sys.version)'
    $name-debug -c 'import sys; print(sys.gettotalrefcount())'
Rebuild them from the SRPM with plain rpmbuild:
    rpmbuild --rebuild$nodeps dist/SRPMS/$name*.src.rpm
END
