"""How the project's files are compiled, and notes of what was found right, for the rules about C++."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import tree


def commands(build):
    """Compile commands, as lists of words, by path below the tree; without a precompiled header.

    A precompiled header hides includes that a file forgot, and only the compiler that made it can read it.
    """
    found = {path_of(row): words_of(row) for row in rows_of(build)}
    if not any(path.startswith("src/") for path in found):
        sys.exit(f"{build}: no file of src/ in compile_commands.json; is it the build of this tree?")
    return found


def rows_of(build):
    """The rows of its compile_commands.json."""
    return json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))


def path_of(row):
    """Below the tree, which the build may know by another name."""
    return os.path.relpath(os.path.realpath(os.path.join(row["directory"], row["file"])), tree.ROOT)


def words_of(row):
    """The command of a row of compile_commands.json."""
    words, kept = shlex.split(row["command"]), []
    while words:
        word = words.pop(0)
        if word == "-include" and os.path.basename(words[0]).startswith("cmake_pch."):
            del words[0]
        elif word == "-Xclang" and words[0] == "-include-pch":
            del words[:3]  # and "-Xclang", and the header
        elif word != "-Winvalid-pch":
            kept.append(word)
    return kept


def uses_precompiled_header(build):
    """Whether the build's own commands have one for the files of src/."""
    return any("cmake_pch." in row["command"] for row in rows_of(build) if path_of(row).startswith("src/"))


def syntax_only(words):
    """The same command, writing nothing."""
    words = list(words)
    at = words.index("-o")
    del words[at:at + 2]
    words[words.index("-c")] = "-fsyntax-only"
    return words


def write_commands(build, rows):
    """A folder with a compile_commands.json of these rows, for tools that read it."""
    folder = build / "without-precompiled-headers"
    folder.mkdir(exist_ok=True)
    data = [
        {"directory": str(build), "file": str(tree.ROOT / path), "arguments": words} for path, words in rows.items()
    ]
    (folder / "compile_commands.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def read_files(build):
    """The files that each object was made of, as ninja knows them: object, as in a command's -o -> paths."""
    result = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], stdout=subprocess.PIPE, check=True, text=True)
    found, current = {}, None
    for line in result.stdout.splitlines():
        if line.startswith("    "):
            path = os.path.realpath(os.path.join(build, line.strip()))  # headers are found by links in the build
            if not path.startswith(str(build) + "/"):
                current.append(path)
        elif line:
            current = found.setdefault(line.split(": #deps")[0], [])
    return found


def is_project_file(path):
    return path.startswith(str(tree.ROOT) + "/")


def toolchain(build):
    """Another text for each set of headers of the compiler's and of libraries: a package's update has other times."""
    headers = {path for paths in read_files(build).values() for path in paths if not is_project_file(path)}
    key = hashlib.sha256()
    for path in sorted(filter(os.path.exists, headers)):
        status = os.stat(path)
        key.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return key.hexdigest()


# Literals come first: what looks like a comment in them is none. 1'000 has no literal in it.
COMMENT_OR_LITERAL = re.compile(
    rb'''(?<=\d)'(?=\d)|R"([^()\\\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/''',
    re.DOTALL)


def code_of(text):
    """The text of a C++ file without its comments, but for those that switch a check off, and without empty lines."""
    def kept(match):
        words = match.group()
        return b"" if words.startswith((b"//", b"/*")) and b"NOLINT" not in words else words

    lines = (line.rstrip() for line in COMMENT_OR_LITERAL.sub(kept, text).split(b"\n"))
    return b"\n".join(line for line in lines if line)


class Notes:
    """What was found right is noted in PYSTACKS_TEST_CACHE, so that only what has changed since is looked at again, in
    whatever clone. It is known by the code of the file and of the project's headers that it includes, and by how it is
    compiled. A change of comments alone is none."""

    def __init__(self, name, build, *more):
        given = os.environ.get("PYSTACKS_TEST_CACHE")
        cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
        self.folder = (pathlib.Path(given) if given else cache / "pystacks-tests") / name
        self.build = build
        self.files = {name: list(filter(is_project_file, paths)) for name, paths in read_files(build).items()}
        self.more = more
        self.codes = {}  # of files that were read

    def code(self, path):
        if path not in self.codes:
            self.codes[path] = code_of(pathlib.Path(path).read_bytes())
        return self.codes[path]

    def note(self, words):
        """The file that is there when this was found right; nothing when it is not known what the object is made of."""
        read = self.files.get(words[words.index("-o") + 1])
        if not read:
            return None
        key = hashlib.sha256()
        for text in (*self.more, " ".join(words).replace(str(self.build), "BUILD").replace(str(tree.ROOT), "ROOT")):
            key.update(text.encode() + b"\0")
        for path in sorted(set(read)):
            key.update(os.path.relpath(path, tree.ROOT).encode() + b"\0" + self.code(path) + b"\0")
        return self.folder / key.hexdigest()

    def look_at_all(self, rows, look_at):
        """What look_at(path, words) says of the rows that are not noted, which is nothing where all is right."""

        def look(row):
            path, words = row
            note = self.note(words)
            if note and note.is_file():
                return ""
            said = look_at(path, words)
            if not said and note:
                note.parent.mkdir(parents=True, exist_ok=True)
                note.write_text(path + "\n")
            return said

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return [text for text in pool.map(look, rows.items()) if text]
