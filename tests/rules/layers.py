#!/usr/bin/env -S python3 -B
"""A folder of src/ includes only folders that stand before it in CMakeLists.txt, and LINKS names exactly those.

The compiler finds what a folder links, and what that links in turn; this test finds what is not named, or not needed.
"""

import re
import sys

import tree


def order():
    """The folders of src/, each after those that it may use."""
    return re.findall(r"^add_subdirectory\(src/(\w+)\)", (tree.ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)


def linked(folder):
    """The folders that its LINKS names."""
    text = (tree.ROOT / "src" / folder / "CMakeLists.txt").read_text()
    libraries = re.search(r"\bpystacks_(?:library|shared_object)\(.*?\bLINKS\b([^)]*)\)", text, re.DOTALL)
    return {name.removeprefix("pystacks_") for name in libraries[1].split() if name.startswith("pystacks_")}


def included(folder, folders):
    """The other folders whose headers it includes, each with one place."""
    found = {}
    for path in tree.files(f"src/{folder}/*.cpp", f"src/{folder}/*.hpp"):
        for number, line in enumerate((tree.ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
            name = re.match(r'#include "(\w+)/', line)
            if name and name[1] in folders and name[1] != folder:
                found.setdefault(name[1], f"{path}:{number}")
    return found


def main():
    folders = order()
    if not folders:
        sys.exit("CMakeLists.txt: no add_subdirectory(src/…) was found")
    wrong = []
    for position, folder in enumerate(folders):
        links, uses = linked(folder) & set(folders), included(folder, folders)
        for name, place in sorted(uses.items()):
            if name not in folders[:position]:
                wrong.append(f"{place}: {folder} stands before {name} in CMakeLists.txt, and may not use it")
            elif name not in links:
                wrong.append(f"{place}: src/{folder}/CMakeLists.txt does not name pystacks_{name} in LINKS")
        wrong += [
            f"src/{folder}/CMakeLists.txt: LINKS names pystacks_{name}, of which nothing is included"
            for name in sorted(links - uses.keys())
        ]
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(bool(wrong))


main()
