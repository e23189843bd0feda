#!/bin/sh
# sbatch --dependency=afterok:N of a job that slurmctld does not know (Slurm 22.05.8, 26.05.5).
# Guess: refused, or held for ever: nobody knows that N succeeded.
# Is: 22.05 takes the dependency for met, and the job runs. 26.05 refuses it. A job is unknown when
#     the number is wrong, and also MinJobAge (300 s) after its end, however it ended.
# Hurts: a chain that is submitted over some minutes: the child of a parent that failed long enough
#     ago runs on the output that is not there.
# What is in single quotes is for the shell in the root.
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
