#!/usr/bin/env -S python3 -B
"""Every file of src/ includes what it uses: includes.py BUILD-FOLDER

A build with precompiled headers does not see a missing `#include <vector>`, and one without them sees it at once. So
each file is read by the build's compiler once more, without them.
"""

import pathlib
import subprocess
import sys

import compiled


def look_at(build, words):
    """What the compiler says of a file that does not compile."""
    command = compiled.syntax_only(words)
    result = subprocess.run(command, cwd=build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return result.stdout if result.returncode != 0 else ""


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: includes.py BUILD-FOLDER")
    build = pathlib.Path(sys.argv[1]).resolve()
    if not compiled.uses_precompiled_header(build):
        print("the build itself has no precompiled headers for src/")
        return
    rows = {path: words for path, words in compiled.commands(build).items() if path.startswith("src/")}
    notes = compiled.Notes("includes", build, compiled.toolchain(build))
    found = notes.look_at_all(rows, lambda _, words: look_at(build, words))
    for text in found:
        print(text, file=sys.stderr)
    print(f"{len(rows)} files, {len(found)} do not compile without precompiled headers")
    sys.exit(bool(found))


main()
