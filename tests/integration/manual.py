#!/usr/bin/env -S python3 -B
"""manual.py PYSTACKS MAN-PAGES: --help of every command, its man page and its completion say the same."""

import pathlib
import re
import subprocess
import sys

PROGRAM, PAGES = sys.argv[1], pathlib.Path(sys.argv[2])
problems = []


def asked(*arguments):
    answer = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()


class Help:
    """What --help of a command names."""

    def __init__(self, command):
        self.options = []  # the names of each
        self.positionals = []
        self.subcommands = []
        section = ""
        for line in asked(*command, "--help"):
            if line and not line.startswith(" "):
                section = line.rstrip(":").lower()
                continue
            # CLI11 2.5 indents an option without a letter, and puts blanks between the names.
            words = re.sub(r"(-\w), +--", r"\1,--", line).split()
            if not words or len(line) - len(line.lstrip()) > 12:
                continue
            if words[0].startswith("-"):
                self.options.append(words[0].split(","))
            elif section.startswith("positionals") and line.startswith("  ") and line[2] != " ":
                self.positionals.append(words[0])
            elif section.startswith("subcommands") and line.startswith("  ") and line[2] != " ":
                self.subcommands.append(words[0])


def plain(roff):
    """A line of a page as it is read."""
    line = re.sub(r"^\.(BR|BI|IR|RB|RI|IB|B|I)\s+", "", roff)
    line = re.sub(r"\\f[A-Z]|\\\|", "", line).replace(r"\-", "-").replace(r"\(aq", "'").replace(r"\ ", " ")
    return line.replace('"', "")


class Page:
    """A man page: its synopses, and what its lists of tags explain."""

    def __init__(self, name):
        self.name = name
        sections = {}
        section = ""
        for line in (PAGES / name).read_text(encoding="utf-8").splitlines():
            if line.startswith(".SH"):
                section = line[3:].strip().strip('"')
            sections.setdefault(section, []).append(line)
        self.text = "\n".join(map(plain, sum(sections.values(), [])))
        self.synopses = [
            re.sub(r"\s+", " ", " ".join(map(plain, part.strip().splitlines())))
            for part in "\n".join(sections.get("SYNOPSIS", [])[1:]).split("\n.br\n")
        ]
        lines = sections.get("OPTIONS", [])
        tags = [plain(lines[index + 1]) for index, line in enumerate(lines) if line.startswith(".TP")]
        self.tags = set(re.findall(r"(?<![\w-])--?\w[\w-]*", " ".join(tags)))
        self.commands = [plain(line) for line in sections.get("COMMANDS", [])]

    def synopses_of(self, command):
        """Those that begin with the command, and not with one of its subcommands that the page has too."""
        start = " ".join(["pystacks", *command])
        return [each for each in self.synopses if re.match(re.escape(start) + r"(?![\w-])", each)]


def page_of(command):
    name = f"pystacks-{command[0]}.1" if command else "pystacks.1"
    return name if (PAGES / name).is_file() else "pystacks.1"


def has(names, option):
    """-ba, -bb … are an option -b with its value attached."""
    return option in names or (len(option) == 2 and any(re.fullmatch(f"{option}[a-z]", each) for each in names))


def named_in(text, option):
    return re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text) is not None


def compare(command, common, pages):
    help_text = Help(command)
    title = " ".join(["pystacks", *command])
    own = [names for names in help_text.options if not set(names) & common]
    page = pages.setdefault(page_of(command), Page(page_of(command)))
    page.known = getattr(page, "known", set()) | {name for names in own for name in names} | common

    for names in own:
        missing = [name for name in names if not has(page.tags, name)]
        if missing:
            problems.append(f"{page.name}: OPTIONS lacks {', '.join(missing)} of {title}")
    synopses = page.synopses_of(command)
    # Where a command has nothing but subcommands, their synopses are its own.
    if not synopses:
        problems.append(f"{page.name}: SYNOPSIS lacks {title}")
    shown = " ".join(synopses)
    for names in own:
        if "OPTIONS" in shown or help_text.subcommands:
            break
        if not any(named_in(shown, name) or re.search(f"{name}[a-z]\\b", shown) and len(name) == 2 for name in names):
            problems.append(f"{page.name}: SYNOPSIS of {title} lacks {names[-1]}")
    for positional in help_text.positionals:
        if not re.search(rf"\b{positional}\b", shown):
            problems.append(f"{page.name}: SYNOPSIS of {title} lacks {positional}")

    offered = asked("complete", "--", *command, "-")
    for names in help_text.options:
        problems.extend(f"completion of {title} lacks {name}" for name in names if not has(offered, name))
    known = {name for names in help_text.options for name in names}
    for name in offered:
        if name not in known and name[:2] not in known:
            problems.append(f"completion of {title} offers {name}, and --help does not")
    words = asked("complete", "--", *command, "")
    problems.extend(f"completion of {title} lacks {name}" for name in help_text.subcommands if name not in words)

    for name in help_text.subcommands:
        compare([*command, name], common, pages)
    return help_text


def main():
    common = {name for names in Help([]).options for name in names}
    pages = {}
    top = compare([], common - {"--version"}, pages)
    main_page = pages["pystacks.1"]
    problems.extend(f"pystacks.1 lacks {name}" for name in sorted(common) if not named_in(main_page.text, name))
    commands = " ".join(main_page.commands)
    for name in top.subcommands:
        below = Help([name]).subcommands
        for words in [[name, each] for each in below] or [[name]]:
            if not re.search(rf"pystacks {' '.join(words)}(?![\w-])", commands):
                problems.append(f"pystacks.1: COMMANDS lacks pystacks {' '.join(words)}")
        if page_of([name]) != "pystacks.1" and f"pystacks-{name} (1)" not in main_page.text:
            problems.append(f"pystacks.1: SEE ALSO lacks pystacks-{name}(1)")
    for page in pages.values():
        for tag in sorted(page.tags):
            if tag not in page.known and tag[:2] not in page.known:
                problems.append(f"{page.name}: OPTIONS has {tag}, and no command takes it")
    unused = {path.name for path in PAGES.glob("pystacks*.1")} - set(pages)
    problems.extend(f"{name}: there is no such command" for name in sorted(unused))
    for each in problems:
        print(each)
    sys.exit(bool(problems))


main()
