#!/usr/bin/env python3
"""follow_document.py DOCUMENT FOLDER: runs the commands of a document and looks for the output that it shows.

In the document's indented blocks, a line that begins with "$ " is a command, which a shell in FOLDER runs. Lines after
it that begin with "> " are more of the command. The lines up to the next command or the end of the block are its
output. They have to be printed in that order; a line "…" stands for any lines, "…" in a line for any text. Addresses
may be others than those shown.
"""
import os
import re
import subprocess
import sys

# Debian's rpm says so whenever it installs.
DEBIAN_RPM = ("rpm: RPM should not be used directly", "rpm: However assuming you know")


def blocks(path):
    """(line number, command, shown lines) of each command."""
    found = []
    command = None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if not line.startswith("    "):
            if line.strip():
                command = None
            elif command is not None:
                command[2].append((number, ""))
            continue
        text = line[4:].rstrip("\n")
        if text.startswith("> ") and command is not None and not command[2]:
            command = found[-1] = (command[0], command[1] + "\n" + text[2:], command[2])
        elif text.startswith("$ "):
            command = (number, text[2:], [])
            found.append(command)
        elif command is not None:
            command[2].append((number, text))
    return found


def pattern(text):
    parts = [re.escape(part) for part in re.split("…|0x[0-9a-f]+", text.rstrip())]
    return re.compile(".*".join(parts) + r"\s*")


def main(document, folder):
    failed = 0
    commands = blocks(document)
    # As on a terminal: lines that a program printed before it crashed are there.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if not commands:
        sys.exit(document + " has no command")
    for number, command, shown in commands:
        print(f"$ {command}", flush=True)
        child = subprocess.run(
            ["bash", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False, env=environment,
        )
        printed = [
            line for line in child.stdout.decode("utf-8", "replace").split("\n") if not line.startswith(DEBIAN_RPM)
        ]
        print("\n".join(printed), flush=True)
        at = 0
        anywhere = False
        for line, text in shown:
            if not text.strip():
                continue
            if text.strip() == "…":
                anywhere = True
                continue
            wanted = pattern(text)
            while at < len(printed) and not wanted.fullmatch(printed[at]):
                if not anywhere and printed[at].strip():
                    break
                at += 1
            if at == len(printed) or not wanted.fullmatch(printed[at]):
                got = printed[at] if at < len(printed) else "nothing more"
                print(f"FAILED: {document}:{line}: shown, but not printed: {text}", flush=True)
                print(f"    printed there: {got}", flush=True)
                failed += 1
                break
            at += 1
            anywhere = False
        else:
            rest = [text for text in printed[at:] if text.strip()]
            if rest and not anywhere:
                print(f"FAILED: {document}:{number}: printed, but not shown: {rest[0]}", flush=True)
                failed += 1
    if failed:
        sys.exit(f"{failed} of {len(commands)} commands of {document} print something else")
    print(f"{len(commands)} commands of {document}: as shown", flush=True)


main(*sys.argv[1:])
