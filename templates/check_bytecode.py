"""Checks that this interpreter takes the bytecode of an install tree as it is, and would write none of it anew.

Run by pystacks with the interpreter of every configuration that did not compile it; same arguments as bytecompile.py,
same versions of Python. Writes nothing. Exit status: 0 accepted, 3 complaints (one a line on stdout), 2 wrong use.
"""
from __future__ import print_function

import marshal
import os
import struct
import sys
import types

import bytecompile


def magic_number():
    if sys.version_info >= (3, 4):
        import importlib.util
        return importlib.util.MAGIC_NUMBER
    import imp
    return imp.get_magic()


def expected_header(status):
    """What the import system compares: PEP 552 from 3.7 on, the size from 3.3 on."""
    header = magic_number()
    if sys.version_info >= (3, 7):
        header += struct.pack("<I", 0)
    header += struct.pack("<I", int(status.st_mtime) & 0xFFFFFFFF)
    if sys.version_info >= (3, 3):
        header += struct.pack("<I", status.st_size & 0xFFFFFFFF)
    return header


def header_complaint(found, expected):
    if found[:4] != expected[:4]:
        return "is for another Python: its magic number is %r, not %r" % (found[:4], expected[:4])
    if sys.version_info >= (3, 7) and found[4:8] != expected[4:8]:
        return "is not checked by the source's time and size"
    if found != expected:
        return "does not fit its source: another time or size"
    return None


def body_complaint(body, path):
    try:
        code = marshal.loads(body)
    except Exception as error:
        return "does not load: %s" % error
    if not isinstance(code, types.CodeType):
        return "holds no code"
    if code.co_filename != path:
        return "says that it comes from %s" % code.co_filename
    return None


def complaint(target, path, status, loaded):
    """Why the interpreter would not take target for the source at path, or None."""
    try:
        found = os.stat(target)
    except OSError:
        return "is missing"
    identity = (found.st_dev, found.st_ino)
    if identity in loaded:
        return None
    loaded.add(identity)
    data = bytecompile.read(target)
    expected = expected_header(status)
    return (header_complaint(data[:len(expected)], expected)
            or body_complaint(data[len(expected):], path))


def check_shard(root, paths, levels, progress):
    complaints = []
    for path in paths:
        status = os.stat(root + path)
        loaded = set()  # of this source: hard links of one level to another
        for level in levels:
            target = bytecompile.cache_path(root + path, level)
            reason = complaint(target, path, status, loaded)
            if reason:
                complaints.append("%s: %s" % (target[len(root):], reason))
        bytecompile.tell(progress, ".")
    return complaints


def unexpected(root, folders, paths, levels):
    """Bytecode that no source accounts for: this interpreter would name it differently."""
    expected = set(bytecompile.cache_path(root + path, level) for path in paths for level in levels)
    for start in folders:
        for folder, _, names in os.walk(root + start):
            if os.path.basename(folder) != "__pycache__":
                continue
            for name in names:
                target = os.path.join(folder, name)
                if name.endswith((".pyc", ".pyo")) and target not in expected:
                    yield "%s: belongs to no source under the name that this interpreter looks for" % target[len(root):]


def fork_shard(shard, options):
    """Starts a child for some of the sources; what it reads from is what the child has to say."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reader)
            complaints = check_shard(options.root, shard, options.levels, options.progress)
            with os.fdopen(writer, "wb") as pipe:
                pipe.write("".join(line + "\n" for line in complaints).encode("utf-8", "replace"))
            status = 0
        except Exception as error:
            bytecompile.complain(options.root, error)
        finally:
            os._exit(status)
    os.close(writer)
    return pid, os.fdopen(reader, "rb")


def main():
    options = bytecompile.arguments()
    paths = bytecompile.sources(options.root, options.paths, options.exclude)
    bytecompile.tell(options.progress, "%d\n" % len(paths))
    workers = max(1, options.workers)
    children = [fork_shard(paths[index::workers], options) for index in range(workers)]
    complaints = list(unexpected(options.root, options.paths, paths, options.levels))
    for pid, pipe in children:
        complaints += pipe.read().decode("utf-8").splitlines()
        if os.waitpid(pid, 0)[1] != 0:
            print("a part of the check did not end in order", file=sys.stderr)
            return 1
    for line in sorted(complaints):
        print(line)
    return bytecompile.STATUS_COMPLAINTS if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
