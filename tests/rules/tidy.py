#!/usr/bin/env -S python3 -B
"""clang-tidy finds nothing in the C++ files that have changed: tidy.py BUILD-FOLDER [FILE…]

Changed is what differs from $PYSTACKS_BASE; without it, from where this branch left main, and on main itself from the
newest commit that is a day older than the last one. A header counts as the .cpp of its name. With FILE…, these are
looked at.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import compiled
import tree

# Other releases find other things. This is Debian 12's.
RELEASE = "14"


def find_program():
    for name in (f"clang-tidy-{RELEASE}", "clang-tidy"):
        program = shutil.which(name)
        if program is None:
            continue
        version = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True).stdout
        if re.search(rf"version {RELEASE}\.", version):
            return program
    tree.skip(f"there is no clang-tidy {RELEASE}")


def answer(*arguments):
    """What git answers; empty where it does not know."""
    try:
        return tree.git(*arguments)
    except subprocess.CalledProcessError:
        return ""


def base():
    """The commit to compare with; empty: all files count."""
    given = os.environ.get("PYSTACKS_BASE")
    if given:
        return tree.git("rev-parse", "--verify", given + "^{commit}")
    head = tree.git("rev-parse", "HEAD")
    for main in ("origin/main", "main"):
        if not answer("rev-parse", "--verify", "--quiet", main):
            continue
        left = answer("merge-base", "HEAD", main)
        if left and left != head:
            return left
    day = int(tree.git("log", "-1", "--format=%ct")) - 24 * 60 * 60
    return answer("rev-list", "-1", f"--before={day}", "HEAD")


def changed_sources(commit):
    """The .cpp files of src/ that differ from the commit, in the tree as it is, or whose header does."""
    known = set(tree.files("src/*.cpp"))
    if not commit:
        return sorted(known)
    paths = set(tree.git("diff", "--name-only", "-z", commit).split("\0"))
    paths |= set(tree.git("ls-files", "-z", "--others", "--exclude-standard").split("\0"))
    return sorted({re.sub(r"\.hpp$", ".cpp", path) for path in paths} & known)


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: tidy.py BUILD-FOLDER [FILE…]")
    build = pathlib.Path(sys.argv[1]).resolve()
    program = find_program()
    rows = compiled.commands(build)
    wanted = sys.argv[2:] or changed_sources(base())
    # What this host does not build (a fuzz target without its compiler) has no command.
    rows = {path: rows[path] for path in wanted if path in rows}
    print(f"{len(rows)} files have changed", flush=True)
    folder = compiled.write_commands(build, rows)

    def look_at(path, _):
        # The compiler's own warnings are those of the build, and gcc has some that clang does not know.
        command = [program, "--quiet", "-p", str(folder), "--extra-arg=-Wno-everything", str(tree.ROOT / path)]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return result.stdout if result.returncode != 0 else ""

    notes = compiled.Notes("tidy", build, program, RELEASE, (tree.ROOT / ".clang-tidy").read_text(encoding="utf-8"))
    found = notes.look_at_all(rows, look_at)
    for text in found:
        print(text, file=sys.stderr)
    sys.exit(bool(found))


main()
