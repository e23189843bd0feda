"""Byte-compiles the sources of an install tree, once and for good.

Run by pystacks with the interpreter whose bytecode is wanted, out of the tree itself; Python 2.7 and 3.2 or newer.

    bytecompile.py --root ROOT --levels 0,1,2 [--exclude REGEX] [--workers N] [--progress FD] PATH...

PATH is a folder of the tree as it will be installed (/usr/lib64/python3.13); ROOT is stripped from what the bytecode
says about where it came from. The source's time and size go into the header, so set the times before. Levels whose
bytecode is the same become hard links. Exit status: 0 done, 3 sources that do not compile (listed on stderr), 2 wrong
use.

Each source is compiled in a child of its own, forked from one and the same state. Before Python 3.12 marshal writes a
flag where an object has more than one reference, and whether an interned string has one more depends on all that the
process did before: so this is what makes the bytes depend on the source alone, whatever else there is to compile and
however many children run at once.
"""
from __future__ import print_function

import argparse
import os
import py_compile
import re
import subprocess
import sys

STATUS_COMPLAINTS = 3


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--levels", required=True)
    parser.add_argument("--exclude", default="")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--progress", type=int, default=-1)
    parser.add_argument("paths", nargs="+")
    result = parser.parse_args()
    result.root = result.root.rstrip("/")
    result.levels = sorted(int(level) for level in result.levels.split(","))
    return result


def cache_path(source, level):
    """The file in which this interpreter looks for the bytecode of source when it runs at this level."""
    if sys.version_info >= (3, 5):
        import importlib.util
        return importlib.util.cache_from_source(source, optimization=level or "")
    if sys.version_info >= (3, 2):
        import imp
        return imp.cache_from_source(source, level == 0)
    return source + ("o" if level else "c")


def is_inside(root, path):
    """Whether path is a file of the tree; a symlink that leads out of it names a file of this machine."""
    return os.path.isfile(path) and os.path.realpath(path).startswith(os.path.realpath(root) + os.sep)


def sources(root, paths, exclude):
    """The sources below paths, as they will be installed, sorted."""
    excluded = re.compile(exclude).search if exclude else lambda path: None
    found = set()
    for path in paths:
        for folder, _, names in os.walk(root + path):
            for name in names:
                source = os.path.join(folder, name)
                if name.endswith(".py") and not excluded(source[len(root):]) and is_inside(root, source):
                    found.add(source[len(root):])
    return sorted(found)


def tell(progress, text):
    if progress >= 0:
        os.write(progress, text.encode("ascii"))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def compile_level(root, path, level):
    options = {}
    if sys.version_info >= (3, 2):
        options["optimize"] = level
    if sys.version_info >= (3, 7):
        # Otherwise SOURCE_DATE_EPOCH in the environment would mean hashes.
        options["invalidation_mode"] = py_compile.PycInvalidationMode.TIMESTAMP
    target = cache_path(root + path, level)
    py_compile.compile(root + path, cfile=target, dfile=path, doraise=True, **options)
    # py_compile gives it the source's mode, and nobody executes bytecode.
    os.chmod(target, 0o644)
    return target


def compile_source(root, path, levels, all_levels):
    for level in levels:
        target = compile_level(root, path, level)
        lower = [cache_path(root + path, other) for other in all_levels if other < level]
        for same in lower:
            if os.path.exists(same) and read(same) == read(target):
                os.unlink(target)
                os.link(same, target)
                break


def complain(path, error):
    message = str(error).strip() or type(error).__name__
    os.write(2, ("%s: %s\n" % (path, message)).encode("utf-8", "replace"))


def child(path, work):
    status = 1
    try:
        work(path)
        status = 0
    except Exception as error:
        complain(path, error)
        status = STATUS_COMPLAINTS
    finally:
        os._exit(status)


def run_children(paths, workers, work, progress):
    """Calls work(path) for each, in children; returns how many failed."""
    running = {}
    failed = 0
    waiting = list(reversed(paths))
    while waiting or running:
        while waiting and len(running) < workers:
            path = waiting.pop()
            pid = os.fork()
            if pid == 0:
                child(path, work)
            running[pid] = path
        pid, status = os.wait()
        path = running.pop(pid)
        tell(progress, ".")
        if status != 0:
            failed += 1
            if not os.WIFEXITED(status) or os.WEXITSTATUS(status) != STATUS_COMPLAINTS:
                complain(path, "the interpreter did not survive compiling it (wait status %d)" % status)
    return failed


def check_names(levels):
    names = dict((cache_path("/x.py", level), level) for level in levels)
    if len(names) != len(levels):
        print("this Python has one file name for two of the levels", levels, file=sys.stderr)
        sys.exit(2)


def compile_by_flags(options):
    """Python 2.7 takes the level from its command line, so there is one process for each."""
    worst = 0
    for level in options.levels:
        flags = ["-O"] * level + ["-s", "-S", "-B", "-W", "ignore"]
        command = [sys.executable] + flags + sys.argv
        worst = max(worst, subprocess.call(command, env=dict(os.environ, PYSTACKS_LEVEL=str(level))))
    return worst


def main():
    options = arguments()
    check_names(options.levels)
    levels = options.levels
    if sys.version_info < (3, 2):
        if "PYSTACKS_LEVEL" not in os.environ:
            return compile_by_flags(options)
        levels = [int(os.environ["PYSTACKS_LEVEL"])]
    paths = sources(options.root, options.paths, options.exclude)
    tell(options.progress, "%d\n" % len(paths))

    def work(path):
        compile_source(options.root, path, levels, options.levels)

    return STATUS_COMPLAINTS if run_children(paths, max(1, options.workers), work, options.progress) else 0


if __name__ == "__main__":
    sys.exit(main())
