#!/bin/sh
# fetch-sources.sh FOLDER EXAMPLE...: gets the sources of examples into a folder, checked.
#
# Each example's file `sources` has a line for each: sha256, file, and the Debian source package, version and suite that
# has it. `pystacks fetch` gets them; PYSTACKS names another program than the installed one.
set -eu

[ $# -gt 1 ] || { echo "usage: fetch-sources.sh FOLDER EXAMPLE..." >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift

stack=$(mktemp -d)
trap 'rm -rf "$stack"' EXIT
for example in "$@"; do
    while read -r sha256 file package version suite; do
        if echo "$sha256  $folder/$file" | sha256sum --check --status 2>/dev/null; then continue; fi
        # What is not wanted of a stack is left empty; no server has the file under a URL of its own.
        cat >"$stack/stack.toml" <<TOML
format = 1
[stack]
name = "$package"
version = "$version"
release = "1"
license = "none"
summary = "A source to be fetched"
description = "No stack: only its source is wanted."
source-directory = "none"
[[source]]
url = "http://127.0.0.1:9/$file"
sha256 = "$sha256"
[source.distribution]
package = "$package"
suites = ["$suite"]
[[configuration]]
name = "none"
interpreter = "/usr/bin/none"
[[package]]
name = "none"
main = true
summary = "None"
files = ["/none"]
TOML
        "${PYSTACKS:-pystacks}" fetch "$stack" --sources "$folder" >/dev/null
    done <"$here/$example/sources"
done
