#!/usr/bin/env python3
"""Fails where ctest did not run a test: none_skipped.py JUNIT-FILE…

A skipped test counts as passed for ctest itself. Where everything that tests need is installed, nothing may be skipped.
"""

import sys
import xml.etree.ElementTree


def not_run(path):
    """Names of the tests in a file of `ctest --output-junit` that did not run, each with ctest's reason."""
    cases = list(xml.etree.ElementTree.parse(path).getroot().iter("testcase"))
    if not cases:
        sys.exit(f"{path}: no test ran")
    for case in cases:
        skipped = case.find("skipped")
        if case.get("status") in ("notrun", "disabled") or skipped is not None:
            reason = skipped.get("message", "") if skipped is not None else ""
            yield case.get("name"), reason or case.get("status")


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: none_skipped.py JUNIT-FILE…")
    skipped = [row for path in sys.argv[1:] for row in not_run(path)]
    for name, reason in skipped:
        print(f"skipped: {name} ({reason})", file=sys.stderr)
    if skipped:
        sys.exit(f"{len(skipped)} tests did not run, but all of them must. Their output above says why.")


main()
