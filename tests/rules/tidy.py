#!/usr/bin/env -S python3 -B
"""clang-tidy finds nothing in the C++ files that have changed: tidy.py BUILD-FOLDER [FILE…]

Changed is what differs from $PYSTACKS_BASE; without it, from where this branch left main, and on main itself from the
newest commit that is a day older than the last one. A header counts as the .cpp of its name. What a file was found
clean with (itself, the project's headers that it includes, .clang-tidy, its command) is noted in PYSTACKS_TEST_CACHE,
so that only what has changed since is looked at again, in whatever clone. With FILE…, these are looked at.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

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
    """The .cpp files that differ from the commit, in the tree as it is, or whose header does."""
    known = set(tree.files("*.cpp"))
    if not commit:
        return sorted(known)
    paths = set(tree.git("diff", "--name-only", "-z", commit).split("\0"))
    paths |= set(tree.git("ls-files", "-z", "--others", "--exclude-standard").split("\0"))
    # Those of the tests are compiled with a precompiled header of gcc's, which clang cannot read.
    changed = {re.sub(r"\.hpp$", ".cpp", path) for path in paths} & known
    return sorted(path for path in changed if path.startswith("src/"))


def commands(build):
    """Compile commands by path below the tree."""
    rows = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    return {os.path.relpath(os.path.join(row["directory"], row["file"]), tree.ROOT): row for row in rows}


def included(row):
    """The project's files that a compile command reads."""
    words = shlex.split(row["command"])
    if os.path.basename(words[0]) == "ccache":
        del words[0]
    at = words.index("-o")
    del words[at:at + 2]
    words.remove("-c")
    result = subprocess.run([*words, "-MM"], cwd=row["directory"], stdout=subprocess.PIPE, check=True, text=True)
    paths = result.stdout.replace("\\\n", " ").split()[1:]
    return sorted({os.path.realpath(os.path.join(row["directory"], path)) for path in paths})


def digest(program, row):
    """Of all that clang-tidy's answer depends on; the same in every clone."""
    key = hashlib.sha256()
    for text in (program, RELEASE, row["command"].replace(str(tree.ROOT), "")):
        key.update(text.encode() + b"\0")
    for path in [str(tree.ROOT / ".clang-tidy"), *included(row)]:
        key.update(os.path.relpath(path, tree.ROOT).encode() + b"\0" + pathlib.Path(path).read_bytes() + b"\0")
    return key.hexdigest()


def notes():
    """The folder of what was found clean."""
    given = os.environ.get("PYSTACKS_TEST_CACHE")
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    return (pathlib.Path(given) if given else cache / "pystacks-tests") / "tidy"


def look_at(program, build, path, row):
    """What clang-tidy says of a file; empty when it is clean."""
    note = notes() / digest(program, row)
    if note.is_file():
        return ""
    # The compiler's own warnings are those of the build, and gcc has some that clang does not know.
    command = [program, "--quiet", "-p", str(build), "--extra-arg=-Wno-everything", str(tree.ROOT / path)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        return result.stdout
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(path + "\n")
    return ""


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: tidy.py BUILD-FOLDER [FILE…]")
    build = pathlib.Path(sys.argv[1]).resolve()
    program = find_program()
    rows = commands(build)
    wanted = sys.argv[2:] or changed_sources(base())
    # What this host does not build (a fuzz target without its compiler) has no command.
    paths = [path for path in wanted if path in rows]
    print(f"{len(paths)} files have changed", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [text for text in pool.map(lambda path: look_at(program, build, path, rows[path]), paths) if text]
    for text in found:
        print(text, file=sys.stderr)
    sys.exit(bool(found))


main()
