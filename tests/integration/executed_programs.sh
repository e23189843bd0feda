# Shared by the tests that record which programs are executed, after lib.sh.
# Most of its variables are lib.sh's.
# shellcheck shell=bash disable=SC2154

# Folders of programs that a test made, besides its own.
own_folders=()

for program in strace dpkg-query; do
    command -v "$program" >/dev/null || skip "this host has no $program"
done

# record COMMAND…: runs it; strace writes what is executed, and what is looked for, into execs.*, one file per process.
# It has to end with the status ${expected:-0}.
record() {
    rm -f execs.*
    expect "${expected:-0}" strace --follow-forks --output-separately --seccomp-bpf --quiet=all --signal=none \
        --string-limit=4096 --output=execs \
        --trace=execve,execveat,newfstatat,stat,access,faccessat,faccessat2 "$@"
}

# judge_quietly USE…: whether all that was recorded belongs to packages of those uses; what is wrong is in the file
# verdict.
judge_quietly() {
    local packages
    mapfile -t packages < <("$source_tree/setup/packages.sh" list debian "$@")
    /usr/bin/python3 "$source_tree/tests/integration/executed_programs.py" "$PWD/execs" "$PWD" "$source_tree" \
        "$(dirname "$pystacks")" "${own_folders[@]}" -- "${packages[@]}" >verdict 2>&1
}

judge() { judge_quietly "$@" || fail "$(cat verdict)"; }
