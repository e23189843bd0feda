#!/usr/bin/env bash
# How long `pystacks compare`, `diff -rq` and diffoscope take on two trees: compare.sh PYSTACKS A B [RUNS]
#
# The programs take turns, so that what else the machine does hits all of them; one run of each before the first that
# counts warms the page cache. diffoscope runs once, as it takes minutes, and for a quarter of an hour at most;
# WITHOUT_DIFFOSCOPE=1 leaves it out.
set -euo pipefail

[ $# -ge 3 ] || {
    echo "usage: compare.sh PYSTACKS A B [RUNS]" >&2
    exit 2
}
pystacks=$1 a=$2 b=$3 runs=${4:-7}
export LC_ALL=C TIMEFORMAT=%R
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# measure NAME COMMAND…: appends the wall time in seconds; the exit status says only whether there are differences.
measure() {
    local name=$1
    shift
    { time "$@" >/dev/null 2>&1 || true; } 2>>"$work/$name"
}

row() {
    [ -s "$work/$1" ] || return 0
    sort -n "$work/$1" | awk -v name="$2" '
        { value[NR] = $1 }
        END {
            middle = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
            printf "%-28s %5d %10.3f %10.3f %10.3f\n", name, NR, value[1], middle, value[NR]
        }'
}

for tree in "$a" "$b"; do
    printf '%s: %s files, %s\n' "$tree" "$(find "$tree" -type f | wc -l)" "$(du -sh --apparent-size "$tree" | cut -f1)"
done
printf '%s processors, %s\n\n' "$(nproc)" "$(uname -m)"

for ((run = 0; run <= runs; ++run)); do
    measure pystacks "$pystacks" compare "$a" "$b"
    measure html "$pystacks" compare --html "$work/page.html" "$a" "$b"
    measure diff diff -rq --no-dereference "$a" "$b"
    [ "$run" -gt 0 ] || rm "$work/pystacks" "$work/html" "$work/diff"
done
if [ -z "${WITHOUT_DIFFOSCOPE:-}" ] && command -v diffoscope >/dev/null; then
    measure diffoscope timeout 900 diffoscope --text /dev/null "$a" "$b"
fi

printf '%-28s %5s %10s %10s %10s\n' 'seconds' runs least median most
row pystacks 'pystacks compare'
row html 'pystacks compare --html'
row diff 'diff -rq'
row diffoscope 'diffoscope'
[ -s "$work/diffoscope" ] || echo 'diffoscope: skipped, it is not installed or was left out'
