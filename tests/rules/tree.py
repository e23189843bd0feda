"""The project's files, for the rules that are written in Python."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def git(*arguments):
    """What git answers, without the last newline."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.rstrip("\n")


def files(*patterns):
    """Paths below ROOT of the files that git knows, also those that are not committed yet, sorted."""
    if not (ROOT / ".git").exists():
        skip("this is not a git clone, so the project's files are unknown")
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns).split("\0")
    return sorted({path for path in listed if path and (ROOT / path).is_file()})


def skip(why):
    """Ends the program: this rule cannot be checked here."""
    print(f"SKIPPED: {why}", file=sys.stderr)
    sys.exit(77)
