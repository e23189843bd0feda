#!/usr/bin/env -S python3 -B
"""No line that people write has more than 120 columns."""

import sys
import unicodedata

import tree

LIMIT = 120

# Written by others, by programs, or in a format that knows no line breaks.
LEFT_OUT = (
    "*.patch",
    "CMakePresets.json",
    "LICENSE",
    "examples/*/sources",
    "tests/fuzz/corpus/*",
    "tests/golden/*",
    "tests/integration/fake-python/*",
    "*.rpmlintrc",
)


def columns(line):
    """Of a terminal: some characters take two, and accents of their own none."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in line)
    return len(line) + wide - sum(unicodedata.combining(each) != 0 for each in line)


def cannot_break(path, line):
    """Rows of tables in Markdown are one line each; an address stays whole."""
    if path.endswith(".md") and line.lstrip().startswith("|"):
        return True
    longest = max(line.split(), key=len)
    return "://" in longest and columns(longest) + 20 > LIMIT


def main():
    failed = False
    left_out = set(tree.files(*LEFT_OUT))
    for path in tree.files():
        if path in left_out:
            continue
        for number, line in enumerate((tree.ROOT / path).read_text(encoding="utf-8").split("\n"), 1):
            if len(line) > LIMIT and columns(line) > LIMIT and not cannot_break(path, line):
                failed = True
                print(f"{path}:{number}: {columns(line)} columns, {LIMIT} are allowed", file=sys.stderr)
    sys.exit(failed)


main()
