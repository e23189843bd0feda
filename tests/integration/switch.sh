#!/usr/bin/env bash
# The optimized packages do not know whether there are others: the same bytes without the debug configuration.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start switch 'with the debug configuration'
fake_stack stack
expect 0 "$pystacks" build ./stack -bb --output with
pass

# same_base OTHER: what both have is the same, and only the debug package is missing.
same_base() {
    same_packages with/RPMS "$1/RPMS"
    (cd with/RPMS && find . -name '*.rpm' | sort) >all
    (cd "$1/RPMS" && find . -name '*.rpm' | sort) >base
    comm -23 all base >missing
    if grep -vE '/fake1\.0-debug-1\.0-' missing >unexpected; then fail "missing too: $(cat unexpected)"; fi
    grep -q . missing || fail 'the debug package is there'
}

# Debug files are about what was built, so these two packages may differ; everything else may not.
drop_debug_files() { find "$1/RPMS" -name '*-debuginfo-*' -delete -o -name '*-debugsource-*' -delete; }
drop_debug_files with

current='--without debug_build: the other packages are the same bytes'
expect 0 "$pystacks" build ./stack -bb --output without --without debug_build
says_not err 'debug: make'
drop_debug_files without
same_base without
pass

current="--define 'with_debug_build 0' means the same"
expect 0 "$pystacks" build ./stack -bb --output defined --define 'with_debug_build 0'
drop_debug_files defined
same_base defined
pass

current='what is defined last counts, as with any macro'
expect 0 "$pystacks" spec ./stack
cp out fake1.0.spec
# has_debug YES-OR-NO DEFINITION…: whether there is a debug package with these definitions of with_debug_build.
has_debug() {
    local wanted=$1 value found=no
    local -a defines=()
    shift
    for value in "$@"; do defines+=(--define "with_debug_build $value"); done
    expect 0 rpmspec --query --queryformat '%{name}\n' "${defines[@]}" fake1.0.spec
    if grep -qx fake1.0-debug out; then found=yes; fi
    [ "$found" = "$wanted" ] || fail "with_debug_build $*: $found"
}
has_debug yes
has_debug yes 1
has_debug no 0
has_debug no 0 0
has_debug no 1 0
has_debug yes 0 1
pass

current='a third configuration changes nothing either'
expect 0 "$pystacks" build ./stack -bb --output third --with tracing
drop_debug_files third
same_packages third/RPMS with/RPMS
ls third/RPMS/*/fake1.0-tracing-*.rpm >/dev/null || fail 'no tracing package'
pass
