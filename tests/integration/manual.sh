#!/usr/bin/env bash
# The three places where a user reads what a command takes: --help, its man page, the completion.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start same 'man pages and completions have every command and every option of --help, and no other'
expect 0 python3 -B "$source_tree/tests/integration/manual.py" "$pystacks" "$source_tree/docs/man"
pass

# without PATTERN WANTED: without the lines of a page that match, it is noticed, and said.
start noticed 'a page that lacks one is noticed'
without() {
    rm -rf man
    cp -r "$source_tree/docs/man" man
    sed -i "/$1/d" man/*.1
    expect 1 python3 -B "$source_tree/tests/integration/manual.py" "$pystacks" man
    says out "$2"
}
without 'offline' 'OPTIONS lacks --offline of pystacks build'
without 'wheels' 'SYNOPSIS of pystacks extension build lacks --wheels'
without 'pystacks doctor' 'COMMANDS lacks pystacks doctor'
pass
