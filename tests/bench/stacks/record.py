#!/usr/bin/env python3
"""Runs a command and records which of its processes ran on which core when, and what CPU time each phase took.

    record.py OUTPUT.json COMMAND [ARGUMENT...]

All processes below the command are looked at 20 times a second, through /proc. CPU seconds are the kernel's counts:
what a process that was too short-lived to be seen has used appears in its parent's count of children, and belongs to
the phase of the parent; in the picture it is on the core where its parent was last, if nothing else is. Memory is the
sum of resident pages, so pages that processes share count more than once.
"""
import ctypes
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import typing

INTERVAL = 0.05
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PR_SET_CHILD_SUBREAPER = 36

# The first rule that matches a process, or else the nearest of its ancestors, names its phase.
RULES = [(phase, re.compile(pattern)) for phase, pattern in [
    ("training", r"^[^=]*python\S* .*-m test(\.regrtest)? --pgo"),
    ("byte-compile", r"compileall|bytecompile\.py|check_bytecode\.py"),
    ("debuginfo",
     r"find-debuginfo|debugedit|gdb-add-index|\bdwz\b|eu-strip|eu-elfcompress|/brp-|\bstrip\b|\bobjcopy\b"),
    ("dependencies", r"rpmdeps|elfdeps|pythondistdeps|pkgconfigdeps|\.prov\b|\.req\b|extension depends"),
    ("link", r"^(\S*/)?(ld|ld\.bfd|ld\.gold|collect2|lto1|lto-wrapper)(\s|$)"),
    ("compile", r"^(\S*/)?(cc1|cc1plus|as)(\s|$)"),
    ("configure", r"(^|[ /])config(ure|\.status)(\s|$)"),
    ("install", r"\bmake\b.*\binstall\b"),
    ("compile", r"\bmake\b"),
    ("prepare", r"rpmuncompress|\btar\b|\bpatch\b|stage prep"),
    ("check", r"stage check|import_modules\.py"),
    ("compare", r"stage install"),
    # Anchored: a folder may be called rpmbuild.
    ("package", r"^(\S*/)?rpmbuild\s|^\S+ rpm-worker$"),
]]


# The folder in which a process works tells which configuration it works for; those of CPython's tests are called build,
# too.
LANE = re.compile(r"/build/(?!test_python_)([a-z][a-z0-9_]*)(/|$)")


class Process:
    """One process as long as it lives."""

    def __init__(self, pid, parent, began):
        self.pid = pid
        self.parent = parent
        self.began = began    # ticks after the machine did; another process may get the number later
        self.own = 0          # ticks of its own that have been counted
        self.reaped = 0       # ticks of children that have ended
        self.counted = 0      # ticks of children that have ended, counted while they lived
        self.phase = None
        self.command = ""
        self.name = ""
        self.lane = None

    def look(self, name):
        """What it is now: it may have called exec since it was last seen."""
        try:
            with open(f"/proc/{self.pid}/cmdline", "rb") as file:
                command = file.read(4096).replace(b"\0", b" ").decode("utf-8", "replace").strip()
        except OSError:
            return
        # In the middle of exec there is a name and no command yet: the next time it is looked at again.
        if command:
            self.name = name
        try:
            found = LANE.search(os.readlink(f"/proc/{self.pid}/cwd"))
            self.lane = found.group(1) if found else None
        except OSError:
            pass
        if command and command != self.command:
            self.command = command
            self.phase = next((phase for phase, rule in RULES if rule.search(command[:1000])), None)

    def depth(self):
        return 0 if self.parent is None else 1 + self.parent.depth()

    def lane_name(self):
        return self.nearest("lane") or ""

    def phase_name(self):
        # A test that trains the compiler may compile something itself.
        return "training" if self.is_training() else self.nearest("phase") or "other"

    def is_training(self):
        return self.phase == "training" or (self.parent is not None and self.parent.is_training())

    def nearest(self, attribute):
        """Its own, or that of the nearest of its ancestors that has one."""
        process = self
        while process is not None and getattr(process, attribute) is None:
            process = process.parent
        return None if process is None else getattr(process, attribute)


class Stat(typing.NamedTuple):
    name: str
    state: str
    own: int       # ticks
    reaped: int    # ticks of children that have ended and been waited for
    core: int
    pages: int     # resident
    began: int     # ticks


def read_stat(pid):
    """None when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return None
    fields = text[text.rindex(")") + 2:].split()
    return Stat(name=text[text.index("(") + 1:text.rindex(")")], state=fields[0], own=int(fields[11]) + int(fields[12]),
                reaped=int(fields[13]) + int(fields[14]), core=int(fields[36]), pages=int(fields[21]),
                began=int(fields[19]))


def children(pid):
    """Those that the kernel lists. The list may lack some when others end meanwhile, proc(5) says."""
    found = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return found
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += [int(word) for word in file.read().split()]
        except OSError:
            pass
    return found


class Recorder:
    def __init__(self):
        self.started = time.monotonic()
        self.processes = {}
        self.cpu = {}         # phase: ticks
        self.lanes = {}       # (lane, phase): [ticks, ticks of the process that took most]
        self.wall = {}        # phase: seconds in which one of its processes ran, or used CPU time unseen
        self.segments = []    # [core, begin, end, phase, program], by end
        self.open = {}        # (core, pid): the segment that may go on
        self.peak = 0
        self.last = 0.0

    def add(self, process, ticks):
        """Whether there is something to add."""
        if ticks <= 0:
            return False
        phase = process.phase_name()
        self.cpu[phase] = self.cpu.get(phase, 0) + ticks
        self.lanes.setdefault((process.lane_name(), phase), [0, 0])[0] += ticks
        return True

    def look(self):
        """Every process below this one, with what the kernel says of it: {pid: read_stat's answer}.

        Parents come before their children: a child that ends in between is still counted as a living one, once.
        """
        seen = {}
        # Those that are known are asked by number, as lists of children are not complete. One that was left out would
        # be taken for gone, and for a new one, with all that it has used, when it is listed again.
        for pid, process in self.processes.items():
            stat = read_stat(pid)
            if stat is not None and stat.began == process.began:
                seen[pid] = stat
        self.forget_gone(seen)
        waiting = [(pid, None) for pid in children(os.getpid())]
        waiting += [(child, self.processes[pid]) for pid in seen for child in children(pid)]
        while waiting:
            pid, parent = waiting.pop()
            stat = None if pid in seen else read_stat(pid)
            if stat is not None:
                seen[pid] = stat
                process = self.processes[pid] = Process(pid, parent, stat.began)
                waiting += [(child, process) for child in children(pid)]
        return seen

    def forget_gone(self, seen):
        """What has ended was counted as long as it was seen; its parent's count of children has all of it."""
        gone = [self.processes.pop(pid) for pid in [pid for pid in self.processes if pid not in seen]]
        # Children first: a parent that has ended too hands their counts on.
        for process in sorted(gone, key=Process.depth, reverse=True):
            if process.parent is not None:
                process.parent.counted += process.own + process.reaped + process.counted

    def sample(self):
        now = time.monotonic() - self.started
        seen = self.look()
        resident, running, busy, unseen = 0, set(), set(), []
        for pid, stat in seen.items():
            process = self.processes[pid]
            if stat.name != process.name:
                process.look(stat.name)
            resident += stat.pages
            active = self.add(process, stat.own - process.own)
            process.own = stat.own
            of_lane = self.lanes.get((process.lane_name(), process.phase_name()))
            if of_lane is not None:
                of_lane[1] = max(of_lane[1], stat.own)
            if stat.reaped > process.reaped:
                fresh = stat.reaped - process.reaped
                active = self.add(process, fresh - process.counted) or active
                # What a child has used that has ended, and that is not yet in this count, will be in the next one.
                process.reaped, process.counted = stat.reaped, max(process.counted - fresh, 0)
            if active or stat.state == "R":
                running.add(process.phase_name())
            if stat.state == "R":
                busy.add(stat.core)
                self.extend(stat.core, process, now)
            elif active:
                unseen.append((stat.core, process))
        for core, process in unseen:
            if core not in busy:
                busy.add(core)
                self.extend(core, process, now)
        for phase in running:
            self.wall[phase] = self.wall.get(phase, 0) + now - self.last
        self.peak = max(self.peak, resident)
        self.last = now

    def extend(self, core, process, now):
        key = (core, process.pid)
        segment = self.open.get(key)
        phase = process.phase_name()
        if segment is not None and segment[3] == phase and now - segment[2] < 3 * INTERVAL:
            segment[2] = now
        else:
            segment = self.open[key] = [core, max(self.last, now - INTERVAL), now, phase, process.name]
            self.segments.append(segment)


def has_ended(command):
    """Whether the command has. Descendants without a parent are waited for here, so that they count in the sum."""
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None or ended.si_pid == command.pid:
            return ended is not None
        os.waitpid(ended.si_pid, 0)


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    recorder = Recorder()
    # A shell makes its background jobs ignore it, and the tests that train the compiler send it to themselves.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    child = subprocess.Popen(arguments[1:], stdin=subprocess.DEVNULL)
    while not has_ended(child):
        recorder.sample()
        time.sleep(INTERVAL)
    child.wait()
    wall = time.monotonic() - recorder.started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    counted = sum(recorder.cpu.values()) / TICK
    with open(arguments[0], "w") as output:
        json.dump({
            "command": arguments[1:],
            "status": child.returncode,
            "wall": wall,
            "cpu": cpu,
            "cores": len(os.sched_getaffinity(0)),
            "peak_bytes": recorder.peak * PAGE,
            "phases": {phase: {"cpu": ticks / TICK, "wall": recorder.wall.get(phase, 0.0)}
                       for phase, ticks in sorted(recorder.cpu.items(), key=lambda item: -item[1])},
            "lanes": [{"lane": lane, "phase": phase, "cpu": ticks / TICK, "longest": longest / TICK}
                      for (lane, phase), (ticks, longest) in sorted(recorder.lanes.items())],
            "not_attributed": cpu - counted,
            "segments": [[core, round(begin, 3), round(end, 3), phase, name]
                         for core, begin, end, phase, name in recorder.segments],
        }, output)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
