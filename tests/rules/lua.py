#!/usr/bin/env -S python3 -B
"""Lua compiles, in files, macros, dependency generators and specs, and lua/ makes no globals: lua.py [PYSTACKS]

With PYSTACKS, the program, also in the specs that it writes for the stacks.
"""

import re
import shutil
import subprocess
import sys

import tree

START = "%{lua:"


def bodies(text):
    """Each %{lua:…} with the line it begins in; as rpm does, braces are counted, and those behind a \\ are not."""
    at = text.find(START)
    while at >= 0:
        depth = 1
        end = begin = at + len(START)
        while depth > 0:
            if end >= len(text):
                raise ValueError(f"line {text.count(chr(10), 0, at) + 1}: {START} has no end")
            if text[end] == "\\":
                end += 1
            elif text[end] in "{}":
                depth += 1 if text[end] == "{" else -1
            end += 1
        yield text.count("\n", 0, at) + 1, text[begin:end - 1]
        at = text.find(START, end)


def check(luac, name, text, unescape):
    """The number of bodies; complaints go to stderr. Where a macro is defined, rpm takes one \\ of two away."""
    found = wrong = 0
    try:
        for line, body in bodies(text):
            found += 1
            if unescape:
                body = re.sub(r"\\(.)", r"\1", body, flags=re.DOTALL)
            # A %global of a spec goes on behind a \ at the end of a line, which rpm takes away.
            body = body.replace("\\\n", "\n")
            # Lines count from that of the macro.
            program = "\n" * (line - 1) + body
            result = subprocess.run([luac, "-p", "-"], input=program, text=True, stderr=subprocess.PIPE)
            if result.returncode != 0:
                wrong += 1
                print(f"{name}: {result.stderr.strip()}", file=sys.stderr)
    except ValueError as error:
        wrong += 1
        print(f"{name}: {error}", file=sys.stderr)
    return found, wrong


def check_file(luac, path):
    """Whether a file of Lua is as it should be; what is not goes to stderr. Below lua/, only rpm makes globals."""
    result = subprocess.run([luac, "-l", "-p", str(tree.ROOT / path)], text=True, capture_output=True)
    if result.returncode != 0:
        print(result.stderr.strip(), file=sys.stderr)
        return False
    made = re.findall(r"\[(\d+)\]\s+SETTABUP\s.*; _ENV (\S+)", result.stdout) if path.startswith("lua/") else []
    for line, name in made:
        print(f"{path}:{line}: it makes a global: {name}", file=sys.stderr)
    return not made


def texts():
    """(name, text, whether it defines macros) of everything that may have Lua in it."""
    for path in tree.files("macros/*", "fileattrs/*", "templates/*", "specs/*", "*.spec"):
        if not path.endswith(".patch"):
            yield path, (tree.ROOT / path).read_text(encoding="utf-8"), path.startswith("macros/")
    if len(sys.argv) > 1:
        for path in tree.files("specs/*/stack.toml"):
            command = [sys.argv[1], "spec", str(tree.ROOT / path)]
            spec = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            yield f"pystacks spec {path}", spec.stdout, False


def main():
    luac = shutil.which("luac5.4") or shutil.which("luac")
    if luac is None:
        tree.skip("there is no luac; setup/host.sh test installs it")
    results = [check(luac, *each) for each in texts()]
    found = sum(each[0] for each in results)
    files = [check_file(luac, path) for path in tree.files("*.lua")]
    print(f"{found} pieces of Lua, {len(files)} files")
    if found == 0 or not files:
        sys.exit("There is Lua in macros/ and in lua/. Why is none found?")
    sys.exit(not all(files) or any(wrong for _, wrong in results))


main()
