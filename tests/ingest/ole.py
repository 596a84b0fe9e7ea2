"""Old Word and Excel files as far as their structure goes, written byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD, EXCEL = b"\xec\xa5" + bytes(30), b"\x09\x08" + bytes(30)


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Write an OLE file (MS-CFB, version 3): header, one FAT sector, the directory, the streams."""
    names = ["Root Entry", *streams]
    directory_sectors = -(-len(names) // 4)
    fat = [0xFFFFFFFD, *range(2, directory_sectors + 1), 0xFFFFFFFE]
    entries, bodies = [], b""
    for i, name in enumerate(names):
        start, size = 0xFFFFFFFE, 0
        if i:
            body = streams[name].ljust(4096, b"\0")  # shorter ones would go into a stream of their own
            body += bytes(-len(body) % 512)
            start, size = len(fat), len(body)
            fat += [*range(start + 1, start + size // 512), 0xFFFFFFFE]
            bodies += body
        written = (name + "\0").encode("utf-16-le")
        child, right = (1 if i == 0 and streams else 0xFFFFFFFF), (i + 1 if 0 < i < len(names) - 1 else 0xFFFFFFFF)
        entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), 2 if i else 5, 1)
        entry += struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", start, size)
        entries.append(entry)
    assert len(fat) <= 128
    directory = b"".join(entries).ljust(512 * directory_sectors, b"\0")
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))) + directory + bodies
