#!/bin/sh
# sbatch --dependency=afterok:N for a job that slurmctld does not know (Slurm 22.05.8, 26.05.5).
# Expected: the job is refused or held for ever, because Slurm cannot know that N succeeded.
# Actual: 22.05 treats the dependency as satisfied, and the job runs. 26.05 refuses it. A job is unknown if
#     its number is wrong, but also MinJobAge (300 s) after its end, however it ended.
# Affected: a chain of jobs that is submitted over several minutes. If the parent failed long enough ago, the
#     child runs without the parent's output.
# The text in single quotes is for the shell in the root.
# shellcheck disable=SC2016
set -eu
. "$(dirname "$0")/lib.sh"

try_in() {
    use_root "$1"
    versions slurmctld
    cp "$findings/slurm/start.sh" "$root"
    # The shell in the root expands it.
    # shellcheck disable=SC2016
    inside 'sh /start.sh
        touch /seen
        for kind in afterok afternotok afterany; do
            if job=$(sbatch --parsable --output=/dev/null --dependency=$kind:9999 --wrap true 2>>/errors); then
                tries=30
                until [ "$(squeue --noheader --states=all --job=$job --format=%T)" = COMPLETED ]; do
                    tries=$((tries - 1))
                    [ "$tries" -gt 0 ] || break
                    sleep 1
                done
                squeue --noheader --states=all --job=$job --format="$kind %T" >>/seen
            else
                echo "$kind refused" >>/seen
            fi
        done' 2>"$scratch/log" || cat "$scratch/log"
    expect "jobs" "$2" "$(paste -sd, "$root/seen")"
}

begin
try_in slurm-bookworm "afterok COMPLETED,afternotok COMPLETED,afterany COMPLETED"
try_in slurm-sid "afterok refused,afternotok refused,afterany COMPLETED"
finish
