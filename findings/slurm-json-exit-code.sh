#!/bin/sh
# The exit code of a job in `squeue --json` (Slurm 22.05.8, 26.05.5).
# Expected: exit_code is the exit code, and all versions agree whether the list includes jobs that have ended.
# Actual: for `exit 3`, 22.05 says 768, which is the wait status, 256 times the code. 26.05 has a structure,
#     with the code as return_code.number. job_state is a word in 22.05, and a list of words in 26.05. 22.05
#     lists jobs that have ended; 26.05 lists them only with --states=all.
# Affected: anyone who reads one field in all versions, or passes it on as an exit status: 768 & 255 is 0.
set -eu
. "$(dirname "$0")/lib.sh"

try_in() {
    use_root "$1"
    versions slurmctld
    cp "$findings/slurm/start.sh" "$root"
    # The shell in the root expands it.
    # shellcheck disable=SC2016
    inside 'sh /start.sh
        job=$(sbatch --parsable --output=/dev/null --wrap "exit 3")
        tries=30
        until [ "$(squeue --noheader --states=all --job=$job --format=%T)" = FAILED ]; do
            tries=$((tries - 1))
            [ "$tries" -gt 0 ] || break
            sleep 1
        done
        squeue --json >/default
        squeue --json --states=all >/all' 2>"$scratch/log" || cat "$scratch/log"
    expect "squeue --json" "$2" "$(jobs "$root/default")"
    expect "squeue --json --states=all" "$3" "$(jobs "$root/all")"
}

# Exit code and state of each job in the file $1.
jobs() {
    python3 - "$1" <<'READ'
import json
import sys

for job in json.load(open(sys.argv[1]))["jobs"]:
    code = job["exit_code"]
    print(code if isinstance(code, int) else code["return_code"], job["job_state"])
READ
}

begin
try_in slurm-bookworm "768 FAILED" "768 FAILED"
try_in slurm-sid "" "{'set': True, 'infinite': False, 'number': 3} ['FAILED']"
finish
