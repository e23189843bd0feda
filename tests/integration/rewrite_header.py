#!/usr/bin/env -S python3 -B
"""rewrite_header.py PACKAGE TAG VALUE: gives a package another name, version, release or arch of the same length.

rpmbuild refuses names that no package may have, so tests make them this way. The digests fit the new header; the
package was never signed."""

import hashlib
import struct
import sys

TAGS = {"name": 1000, "version": 1001, "release": 1002, "arch": 1022}
LEAD, INTRO, ENTRY = 96, 16, 16


def end_of_header(data, start):
    entries, size = struct.unpack_from(">II", data, start + 8)
    return start + INTRO + entries * ENTRY + size


def place(data, start, tag):
    """Where the value of a tag begins."""
    entries, _ = struct.unpack_from(">II", data, start + 8)
    for index in range(entries):
        found, _, offset, _ = struct.unpack_from(">IIII", data, start + INTRO + index * ENTRY)
        if found == tag:
            return start + INTRO + entries * ENTRY + offset
    sys.exit(f"there is no tag {tag}")


def main(path, tag, value):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    signature_end = end_of_header(data, LEAD)
    start = (signature_end + 7) // 8 * 8
    end = end_of_header(data, start)

    def digests():
        header = bytes(data[start:end])
        texts = [hashlib.new(name, header).hexdigest().encode() for name in ("sha1", "sha256", "sha3_256")]
        return texts + [hashlib.md5(bytes(data[start:])).digest()]

    old = digests()
    at = place(data, start, TAGS[tag])
    length = data.index(0, at) - at
    if length != len(value.encode()):
        sys.exit(f"the new value must have {length} bytes")
    data[at : at + length] = value.encode()
    head = bytes(data[:start])
    for before, after in zip(old, digests()):
        head = head.replace(before, after)
    data[:start] = head
    with open(path, "wb") as file:
        file.write(data)


main(*sys.argv[1:])
