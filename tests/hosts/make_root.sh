#!/usr/bin/env bash
# Makes a root folder of another release of Debian, with all that the build and the fast tests need.
#
#     tests/hosts/make_root.sh SUITE FOLDER        trixie (Debian 13), sid
#
# Needs mmdebstrap, root, and the network. The folder must not exist.
set -euo pipefail

if [ $# -ne 2 ]; then
    echo 'usage: make_root.sh SUITE FOLDER' >&2
    exit 2
fi
suite=$1
root=$2
project=$(realpath "$(dirname "$0")/../..")
if [ -e "$root" ]; then
    echo "make_root.sh: $root exists; remove it first, or choose another folder" >&2
    exit 1
fi
if ! command -v mmdebstrap >/dev/null; then
    echo 'make_root.sh: no mmdebstrap here; install it: apt-get install mmdebstrap' >&2
    exit 1
fi

# Mirrors of sid may be some weeks old.
freshness='Acquire::Check-Valid-Until "false"'
mmdebstrap --variant=minbase --include=ca-certificates --aptopt="$freshness" "$suite" "$root"
# Debian 13 has dnf 4 alone that is of age, sid has dnf5: each is tried with its own.
if [ "$suite" = sid ]; then
    "$project/tests/hosts/enter.sh" "$root" -- \
        sh -c 'apt-get update && apt-get install --yes --no-install-recommends dnf5'
fi
"$project/tests/hosts/enter.sh" "$root" --bind-ro "$project:$project" -- "$project/setup/host.sh" build test
