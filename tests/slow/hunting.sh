#!/usr/bin/env bash
# docs/hunting.md, as it stands: its commands are run where a stack is installed, and print the lines that it shows.
# shellcheck source=scratch.sh
source "$(dirname "$0")/scratch.sh"

install_tools "$stack"
fedora_macros
cp -r "$project/examples/hunting" "$HOME/hunting"
"$(dirname "$0")/follow_document.py" "$project/docs/hunting.md" "$HOME/hunting"
pass "docs/hunting.md shows what is printed"
