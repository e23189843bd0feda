#!/usr/bin/env -S python3 -B
"""Every file is in the list without which nobody would notice it: tests, sources, man pages, completions."""

import pathlib
import re
import sys

import tree

# Sourced or called by tests.
HELPERS = {
    "tests/integration/contained_lib.sh",
    "tests/integration/executed_programs.sh",
    "tests/integration/extension_lib.sh",
    "tests/integration/lib.sh",
    "tests/integration/make_fake_source.sh",
    "tests/rules/lib.sh",
    "tests/rules/run.sh",
    "tests/rules/compiled.py",
    "tests/rules/tree.py",
    "tests/run.sh",
    "tests/slow/lib.sh",
    "tests/slow/scratch.sh",
    "tests/slow/repackage.sh",
    "tests/slow/follow_document.py",
}
# Run by hand: what is measured, and what is tried on hosts with other distributions (docs/hosts.md).
BY_HAND = ("tests/bench/", "tests/hosts/")


def text(path):
    return (tree.ROOT / path).read_text(encoding="utf-8")


def words(path):
    """The words of a CMake file, without its comments."""
    return set(re.findall(r"[\w./=-]+", re.sub(r"#.*", "", text(path))))


def tests():
    for path in tree.files("tests/*.sh", "tests/rules/*.py", "tests/slow/*.py"):
        folder, name = str(pathlib.PurePath(path).parent), pathlib.PurePath(path)
        if path in HELPERS or path.startswith(BY_HAND):
            continue
        lists = f"{folder}/CMakeLists.txt"
        known = words(lists) if (tree.ROOT / lists).is_file() else set()
        if not any(word.split("=")[0] in (name.stem, name.name) for word in known):
            yield f"{path}: neither {lists} nor the list of helpers in tests/rules/listed.py has it"
    for path in sorted(HELPERS):
        if not (tree.ROOT / path).is_file():
            yield f"{path}: tests/rules/listed.py has it among the helpers, and there is no such file"


def lua_tests():
    known = words("tests/lua/CMakeLists.txt")
    for path in tree.files("tests/lua/*_test.lua"):
        if pathlib.PurePath(path).stem.removesuffix("_test") not in known:
            yield f"{path}: tests/lua/CMakeLists.txt does not have it"


def sources():
    """A .cpp in a folder of its own list, or in one above it."""
    for path in tree.files("*.cpp"):
        below = pathlib.PurePath(path)
        for folder in below.parents:
            lists = f"{folder}/CMakeLists.txt"
            if (tree.ROOT / lists).is_file():
                if str(below.relative_to(folder)) not in words(lists):
                    yield f"{path}: {lists} does not have it"
                break


def installed():
    names = words("cmake/install.cmake")
    for path in tree.files("docs/man/*", "completions/*"):
        if path not in names:
            yield f"{path}: cmake/install.cmake does not install it"


def hidden(name):
    """A row of a table of commands with an empty help."""
    return re.search(rf'Subcommand{{"{name}", "",', text("src/cli/registry.cpp"))


def man_pages():
    pages = {pathlib.PurePath(path).stem for path in tree.files("docs/man/*")}
    for name in re.findall(r'Subcommand{"([a-z-]+)"', text("src/cli/registry.cpp")):
        if not hidden(name) and f"pystacks-{name}" not in pages:
            yield f"docs/man/pystacks-{name}.1: there is no such page, and there is a command {name}"


def main():
    missing = [*tests(), *lua_tests(), *sources(), *installed(), *man_pages()]
    for each in missing:
        print(each, file=sys.stderr)
    sys.exit(bool(missing))


main()
