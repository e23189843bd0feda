#!/bin/sh
# sbatch --wait for a job that is cancelled before it starts (Slurm 22.05.8).
# Expected: --wait exits with the job's exit code, and not with 0 if there is none.
# Actual: it exits with 0 if a job is cancelled while it is pending, or is removed because its dependency can
#     never be satisfied. If a job is cancelled while it runs, it exits with 1.
# Affected: anyone who writes `sbatch --wait build.sh && sbatch publish.sh`.
# The text in single quotes is for the shell in the root.
# shellcheck disable=SC2016
set -eu
. "$(dirname "$0")/lib.sh"

begin
use_root slurm-bookworm
versions slurmctld
cp "$findings/slurm/start.sh" "$root"
# The shell in the root expands it.
# shellcheck disable=SC2016
inside 'sh /start.sh
    # Submits a job by the rest of the words, cancels it in state $1, and prints the exit status.
    cancel_in() {
        state=$1
        shift
        timeout 60 sbatch --wait --job-name=waited --output=/dev/null "$@" >/dev/null &
        tries=30
        until [ "$(squeue --noheader --name=waited --format=%T)" = "$state" ]; do
            tries=$((tries - 1))
            [ "$tries" -gt 0 ] || return 1
            sleep 1
        done
        scancel --name=waited
        wait $! && echo 0 || echo $?
    }
    cancel_in PENDING --hold --wrap "touch /ran" >>/seen
    cancel_in RUNNING --wrap "sleep 300" >>/seen
    timeout 60 sbatch --wait --output=/dev/null --wrap false >/dev/null && echo 0 >>/seen || echo $? >>/seen
    failed=$(squeue --noheader --states=FAILED --format=%A)
    timeout 60 sbatch --wait --output=/dev/null --dependency=afterok:$failed --kill-on-invalid-dep=yes \
        --wrap "touch /ran" >/dev/null && echo 0 >>/seen || echo $? >>/seen' 2>"$scratch/log" || cat "$scratch/log"
expect "cancelled pending, cancelled running, failed, dependency failed" "0 1 1 0" "$(paste -sd' ' "$root/seen")"
expect "jobs that ran" 0 "$(find "$root/ran" 2>/dev/null | wc -l)"
finish
