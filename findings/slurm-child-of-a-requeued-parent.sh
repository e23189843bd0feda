#!/bin/sh
# A parent job that fails, is requeued and then succeeds, with a child that waits for it by afterok (Slurm
# 22.05.8).
# Expected: Slurm evaluates the child's dependency again when the parent ends, so the child runs.
# Actual: the first failure marks the child DependencyNeverSatisfied, and the mark remains. The parent is
#     COMPLETED with exit code 0, and the child is pending for ever.
# Affected: anyone who repairs one step of a chain and requeues it, which is the purpose of `scontrol
#     requeue`.
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
    # Waits until job $1 is "$2", its state and reason.
    wait_for() {
        tries=60
        until [ "$(squeue --noheader --states=all --job=$1 --format="%T %r")" = "$2" ]; do
            tries=$((tries - 1))
            [ "$tries" -gt 0 ] || return 0
            sleep 1
        done
    }
    parent=$(sbatch --parsable --requeue --output=/dev/null --wrap "test -e /mended")
    child=$(sbatch --parsable --output=/dev/null --dependency=afterok:$parent --wrap true)
    wait_for $parent "FAILED NonZeroExitCode"
    wait_for $child "PENDING DependencyNeverSatisfied"
    touch /mended
    scontrol requeue $parent
    scontrol update JobId=$parent StartTime=now
    wait_for $parent "COMPLETED None"
    # Ten rounds of the scheduler.
    sleep 10
    squeue --noheader --states=all --job=$parent,$child --sort=i --format="%T %r" >/seen' 2>"$scratch/log" ||
    cat "$scratch/log"
expect "parent" "COMPLETED None" "$(sed -n 1p "$root/seen")"
expect "child" "PENDING DependencyNeverSatisfied" "$(sed -n 2p "$root/seen")"
finish
