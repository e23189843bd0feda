#!/bin/sh
# CPU time of `python -m compileall -j 2` (CPython 3.11.2, 3.13.5).
# Expected: the parent's count of its children (getrusage, wait4, time) includes the time of the workers, as
#     with make -j.
# Actual: 3.11 forks its workers. 3.13 starts them from a fork server, and does not wait for the server. So
#     the caller of compileall sees only compileall's own small share, and the workers' time is not counted
#     anywhere.
# Affected: measurements of a build's CPU time. Python's own `make install` compiles its library that way, so
#     its most expensive part disappears.
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
