#!/usr/bin/env -S python3 -B
"""Every Python file compiles, without leaving bytecode in the tree."""

import sys
import warnings

import tree

# It has to be wrong: a stack's bytecode is compiled without it.
WRONG_ON_PURPOSE = {"tests/integration/fake-python/source/lib/test/badsyntax.py"}


def main():
    warnings.simplefilter("error")
    failed = False
    for path in tree.files("*.py"):
        text = (tree.ROOT / path).read_bytes()
        try:
            compile(text, path, "exec", dont_inherit=True)
            wrong = False
        except SyntaxError as error:
            wrong = True
            if path not in WRONG_ON_PURPOSE:
                failed = True
                print(f"{path}:{error.lineno}: {error.msg}", file=sys.stderr)
        if path in WRONG_ON_PURPOSE and not wrong:
            failed = True
            print(f"{path}: it compiles, and a test needs it wrong", file=sys.stderr)
    sys.exit(failed)


main()
