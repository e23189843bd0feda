#!/usr/bin/env -S python3 -B
"""manual_page.py [update|check]: makes docs/man/stack.toml.5 from docs/stack-toml.md.

docs/stack-toml.md is the source, and the only text to edit. `check` says whether the man page is what `update` would
write. Only those parts of Markdown are understood that the source uses; a line that is none of them is prose.
"""
import difflib
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "stack-toml.md"
PAGE = HERE / "man/stack.toml.5"
WIDTH = 110
SEE_ALSO = ("pystacks(1)", "pystacks\\-build(1)", "pystacks\\-fetch(1)", "pystacks\\-profile(1)", "pystacks\\-spec(1)")

HEAD = r""".\" Made from docs/stack-toml.md by docs/manual_page.py: edit that file, not this one.
.TH STACK.TOML 5 "" "pystacks" "File Formats"
.SH NAME
stack.toml \- describes a stack of Python packages for pystacks
.SH DESCRIPTION"""


def escaped(text):
    """Text as roff shows it."""
    return text.replace("\\", r"\e").replace("-", r"\-").replace("…", "...").replace("'", r"\(aq").replace("·", "-")


def inline(text):
    """A text with code, emphasis and links, in fonts."""
    text = re.sub(r"\[((?:[^][`]|`[^`]*`)+)\]\((https?:[^)]*)\)", r"\1 (\2)", text)
    text = re.sub(r"\[((?:[^][`]|`[^`]*`)+)\]\([^)]*\)", r"\1", text)
    result = []
    for part in re.split(r"(`[^`]+`|\*\*[^*]+\*\*)", text):
        if part.startswith("`"):
            result.append(rf"\fB{escaped(part[1:-1])}\fR")
        elif part.startswith("**"):
            result.append(rf"\fI{escaped(part[2:-2])}\fR")
        else:
            result.append(escaped(part))
    return "".join(result)


def filled(text):
    """Lines of roff for a paragraph; none begins as a request would."""
    lines = textwrap.wrap(inline(text), WIDTH, break_long_words=False, break_on_hyphens=False)
    return [r"\&" + line if line[0] in ".'" else line for line in lines]


def block(lines):
    """An indented block, as it is."""
    body = [escaped(line[4:]) for line in lines]
    return [".PP", ".RS 4", ".nf", *[r"\&" + line if line[:1] in (".", "'") else line for line in body], ".fi", ".RE"]


def cells(line):
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def described(heads, row):
    """The tag and the text for a row of a table."""
    if heads[:3] == ["key", "type", "default"]:
        default = row[2] if row[2] in ("", "required") else "default: " + row[2]
        return f"{row[0]} ({', '.join(filter(None, (row[1], default)))})", row[3]
    if heads[:2] == ["action", "goes with"]:
        return row[0] + (f", with {row[1]}" if row[1] else ""), row[2]
    return row[0], row[1]


def sentence(text):
    """The text of a cell, as a sentence. The names of programs stay small."""
    start = text.startswith("[")
    if not text.startswith(("rpm ", "make ", "pystacks ")):
        text = text[:start] + text[start : start + 1].upper() + text[start + 1 :]
    return text.rstrip(".") + "."


def table(lines):
    heads = cells(lines[0])
    result = []
    for line in lines[2:]:
        tag, text = described(heads, cells(line))
        result += [".TP", inline(tag), *(filled(sentence(text)) if text else [".br"])]
    return result


def items(lines):
    """A list, with numbers or bullets."""
    result = []
    for line in lines:
        match = re.match(r"(-|\d+\.) (.*)", line)
        if match:
            result.append([r"\(bu" if match[1] == "-" else match[1], match[2]])
        else:
            result[-1][1] += " " + line.strip()
    return [part for mark, text in result for part in (f'.IP "{mark}" 4', *filled(text))]


def heading(line):
    level, title = line.split(" ", 1)
    if level == "###" or title.startswith("`["):
        return [f'.SS "{inline(title)}"']
    return [f'.SH "{escaped(title.upper())}"']


def paragraphs(text):
    """The source in pieces: lines that belong together."""
    piece = []
    for line in text.split("\n"):
        inside = piece and piece[0].startswith("    ")
        if inside and not line:
            piece.append(line)
            continue
        if piece and (not line or inside != line.startswith("    ") or line.startswith("#")):
            while not piece[-1]:
                piece.pop()
            yield piece
            piece = []
        if line:
            piece.append(line)
    if piece:
        yield piece


def converted(text):
    lines = [HEAD]
    for piece in paragraphs(text):
        first = piece[0]
        if first.startswith("# ") or first.startswith("Contents:"):
            continue
        if first.startswith("#"):
            lines += heading(first)
        elif first.startswith("|"):
            lines += table(piece)
        elif first.startswith("    "):
            lines += block(piece)
        elif re.match(r"(-|\d+\.) ", first):
            lines += items(piece)
        else:
            lines += [".PP", *filled(" ".join(piece))]
    also = [f".BR {name.replace('(', ' (')}" for name in SEE_ALSO]
    lines += ['.SH "SEE ALSO"', *[line + "," for line in also[:-1]], also[-1], ""]
    return "\n".join(lines).replace(".SH DESCRIPTION\n.PP\n", ".SH DESCRIPTION\n")


def main(action="update"):
    new = converted(SOURCE.read_text(encoding="utf-8"))
    if action == "update":
        PAGE.write_text(new, encoding="utf-8")
        return 0
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    for line in difflib.unified_diff(old.split("\n"), new.split("\n"), str(PAGE), "what the source says", lineterm=""):
        print(line, file=sys.stderr)
    if old != new:
        print("Run: docs/manual_page.py update", file=sys.stderr)
    return int(old != new)


sys.exit(main(*sys.argv[1:]))
