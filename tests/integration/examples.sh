#!/usr/bin/env bash
# The examples' specs are what `pystacks extension add` makes of them, with what examples/README.md says is by hand.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start update 'examples/*/after is what comes out of examples/*/before'
export PYSTACKS=$pystacks
expect 0 "$source_tree/examples/update.sh" --check
pass

start sources 'each example names its sources, by file, checksum and package'
for example in "$source_tree"/examples/*/; do
    [ -d "${example}before" ] || continue
    spec=$(echo "$example"before/*.spec)
    if [ -f "${example}sources" ]; then
        read -r sha256 file package version suite <"${example}sources"
        grep -qx "Version:  *$version" "$spec" || fail "${example}sources: $version is not the spec's version"
        [[ ${#sha256} -eq 64 && -n $file && -n $package && -n $suite ]] || fail "${example}sources"
    else
        grep -q 'when the source is given' "$spec" || fail "$example has no file \"sources\""
    fi
done
pass
