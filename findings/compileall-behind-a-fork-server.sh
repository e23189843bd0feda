#!/bin/sh
# CPU time of `python -m compileall -j 2` (CPython 3.11.2, 3.13.5).
# Guess: what the workers use is in the count of the parent's children (getrusage, wait4, time), as
#     with make -j.
# Is: 3.11 forks its workers. 3.13 starts them from a fork server, which is not waited for: whoever
#     runs compileall is told of its own small share only, and the workers' time is in nobody's count.
# Hurts: measurements of a build's CPU time: Python's own `make install` compiles its library that
#     way, and its most expensive part disappears.
set -eu
. "$(dirname "$0")/lib.sh"

begin
for name in py-bookworm py-trixie; do
    use_root "$name"
    cat >"$root/measure.py" <<'MEASURE'
import resource, shutil, subprocess, sys, sysconfig

for number in range(4):
    shutil.copytree(sysconfig.get_path("stdlib") + "/asyncio", f"/library/{number}")


def cpu_time(jobs):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "-f", "-j", str(jobs), "/library"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


one = cpu_time(1)
two = cpu_time(2)
print("counted" if two > one / 2 else "lost")
print(f"{one:.2f} s with -j 1, {two:.2f} s with -j 2", file=sys.stderr)
MEASURE
    case $name in
    py-bookworm) python=python3.11 wanted=counted ;;
    *) python=python3.13 wanted=lost ;;
    esac
    versions $python
    expect "CPU time of the workers" "$wanted" "$(inside "$python /measure.py")"
done
finish
