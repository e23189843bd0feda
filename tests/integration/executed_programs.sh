# Shared by the tests that record which programs are executed, fast and slow ones, after their lib.sh.
# Most of its variables are lib.sh's.
# shellcheck shell=bash disable=SC2154

# Folders of programs that a test made, besides its own; or @FILE, a list of such programs.
own_folders=()

for program in strace dpkg-query; do
    command -v "$program" >/dev/null || skip "this host has no $program"
done

# record COMMAND…: runs it; strace writes what is executed, and what is looked for, into execs.*, one file per process.
# It has to end with the status ${expected:-0}. Its output is in the files out and err.
record() {
    local status=0
    rm -f execs.*
    strace --follow-forks --output-separately --seccomp-bpf --quiet=all --signal=none \
        --string-limit=4096 --output=execs \
        --trace=execve,execveat,newfstatat,stat,access,faccessat,faccessat2 "$@" >out 2>err </dev/null || status=$?
    [ "$status" -eq "${expected:-0}" ] || { tail -n 60 out err >&2; fail "exit status $status: $*"; }
}

# judge_quietly USE…: whether all that was recorded belongs to packages of those uses; what is wrong is in the file
# verdict.
judge_quietly() {
    local packages
    mapfile -t packages < <("${source_tree:-$project}/setup/packages.sh" list debian "$@")
    /usr/bin/python3 "${source_tree:-$project}/tests/integration/executed_programs.py" "$PWD/execs" "$PWD" \
        "${source_tree:-$project}" \
        "$(dirname "$pystacks")" "${own_folders[@]}" -- "${packages[@]}" >verdict 2>&1
}

judge() { judge_quietly "$@" || fail "$(cat verdict)"; }
