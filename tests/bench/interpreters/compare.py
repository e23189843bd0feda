#!/usr/bin/env python3
"""How fast interpreters are beside the first one: the ratios of the times of small programs, in turns.

    compare.py [--runs N] ROOT ROOT...

A ROOT is a tree that has usr/bin/python3.X: an unpacked package, or a configuration's install/ folder of a build. Each
run starts every interpreter once for every program, one after the other; what counts are the ratios within one run, of
which minimum, median and maximum are printed, and the geometric mean of the medians. Nothing is asserted about time.
"""
import argparse
import glob
import math
import os
import re
import statistics
import subprocess
import sys

PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs.py")


def interpreter(root):
    """Its path, and the environment in which it finds its library."""
    found = sorted(path for path in glob.glob(os.path.join(root, "usr/bin/python3.*"))
                   if re.search(r"/python3\.\d+$", path))
    if not found:
        sys.exit(f"compare.py: {root}: there is no usr/bin/python3.X")
    return found[0], {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": os.path.join(root, "usr/lib64"),
                      "PYTHONHOME": os.path.join(root, "usr"), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
                      "LC_ALL": "C.UTF-8"}


def seconds(python, program=None):
    path, environment = python
    answer = subprocess.run([path, "-s", PROGRAMS] + ([program] if program else []),
                            env=environment, capture_output=True, text=True)
    return answer.stderr.split() if program is None else float(answer.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("roots", nargs="+", metavar="ROOT")
    arguments = parser.parse_args()
    pythons = [interpreter(os.path.abspath(root)) for root in arguments.roots]
    programs = seconds(pythons[0])
    times = {program: [] for program in programs}
    for _ in range(arguments.runs):
        for program in programs:
            times[program].append([seconds(python, program) for python in pythons])
    print("%-14s%12s" % ("", "first, ms") + "".join("%24s" % os.path.basename(os.path.normpath(root))[-22:]
                                                    for root in arguments.roots[1:]))
    medians = [[] for _ in pythons[1:]]
    for program in programs:
        line = "%-14s%12.2f" % (program, 1000 * statistics.median(run[0] for run in times[program]))
        for index in range(1, len(pythons)):
            ratios = [run[index] / run[0] for run in times[program]]
            medians[index - 1].append(statistics.median(ratios))
            line += "%8.3f%8.3f%8.3f" % (min(ratios), statistics.median(ratios), max(ratios))
        print(line)
    print("%-26s" % "mean of the medians" + "".join(
        "%16.3f%8s" % (math.exp(statistics.mean(map(math.log, each))), "") for each in medians))


if __name__ == "__main__":
    main()
