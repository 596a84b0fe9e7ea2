"""Archives: bombs, lies in their headers, names that lead elsewhere, macros, and pieces of them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from tests.ingest.hostile.case import Case, added, changed, parts, sound, zipped

KINDS = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}
_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_ELSEWHERE = (
    *("../evil.xml", "../../../../etc/cron.d/evil", "word/../../evil.xml", "/etc/passwd", "//server/share/x"),
    *("..\\..\\evil.xml", "word\\..\\..\\evil.xml", "C:\\Windows\\evil.dll", "C:/Windows/evil.dll", "c:evil.xml"),
    *("\\\\server\\share\\evil.xml", "file:///etc/passwd", "word/a/../../../b", "..", "x:stream"),
)
_MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin", "vbaProject.bin", "word/VBAPROJECT.BIN", "a/b/c/vbaproject.bin")


def cases() -> Iterator[Case]:
    """Make them."""
    for kind, main in KINDS.items():
        yield from _bombs(kind, main)
        yield from _lies(kind, main)
        yield from _macros(kind)
        for number, name in enumerate(_ELSEWHERE):
            yield Case(f"elsewhere {kind} {number}", f"路径.{kind}", added(kind, {name: b"<a/>"}))
        whole = sound(kind)
        for tenth in range(0, 20):
            yield Case(f"cut {kind} {tenth}", f"半份.{kind}", whole[: max(1, len(whole) * tenth // 20)])
        for step in range(0, 10):
            at = len(whole) * step // 10
            broken = whole[:at] + b"\xa5" * 97 + whole[at + 97 :]
            yield Case(f"overwritten {kind} {step}", f"坏块.{kind}", broken, may_pass=True)
        many = {f"customXml/item{i}.xml": b"<a/>" for i in range(10_001)}
        yield Case(f"many parts {kind}", f"部件.{kind}", zipped({**parts(kind), **many}, zipfile.ZIP_STORED))
        locked = sound(kind).replace(_CENTRAL + b"\x14\x03\x14\x00\x00", _CENTRAL + b"\x14\x03\x14\x00\x01")
        yield Case(f"locked {kind}", f"有密码.{kind}", locked, may_pass=locked == sound(kind))


def _bombs(kind: str, main: str) -> Iterator[Case]:
    blanks = b" " * (20 << 20)
    yield Case(f"bomb in the text {kind}", f"炸弹.{kind}", changed(kind, main, lambda data: data + blanks))
    yield Case(f"bomb of zeros {kind}", f"炸弹.{kind}", added(kind, {"media/a.bin": bytes(30 << 20)}))
    pieces = {f"media/{i}.bin": bytes(9 << 20) for i in range(12)}
    yield Case(f"bomb in pieces {kind}", f"炸弹.{kind}", added(kind, pieces))
    repeated = {f"customXml/item{i}.xml": b"<a>" + b"<b/>" * 2_000_000 + b"</a>" for i in range(8)}
    yield Case(f"bomb of markup {kind}", f"炸弹.{kind}", added(kind, repeated))
    inner = zipped({f"{i}.zip": zipped({"zeros": bytes(4 << 20)}) for i in range(4)})
    for level in range(3):
        inner = zipped({f"{i}.{kind}": inner for i in range(6)})
        yield Case(f"nested {kind} {level}", f"套娃.{kind}", inner)
        yield Case(f"nested in a sound {kind} {level}", f"套娃.{kind}", added(kind, {"media/a.zip": inner}), True)
    yield Case(f"overlapping {kind}", f"重叠.{kind}", _overlapping(kind, 500))
    yield Case(f"overlapping a little {kind}", f"重叠.{kind}", _overlapping(kind, 3))


def _overlapping(kind: str, times: int) -> bytes:
    """Let many entries of the directory point at one and the same stream."""
    whole = added(kind, {"media/kernel.bin": bytes(9 << 20)})
    end = whole.rindex(_END)
    count, size, start = struct.unpack("<HII", whole[end + 10 : end + 20])
    directory = whole[start : start + size]
    last = directory[directory.rindex(_CENTRAL) :]
    copies = b"".join(last.replace(b"kernel", b"%06d" % i) for i in range(times))
    told = struct.pack("<HHII", count + times, count + times, size + len(copies), start)
    return whole[:start] + directory + copies + whole[end : end + 8] + told + whole[end + 20 :]


def _lies(kind: str, main: str) -> Iterator[Case]:
    whole = sound(kind)
    first = whole.index(_CENTRAL)
    for name, field, at in (("size", "<I", 24), ("packed size", "<I", 20), ("offset", "<I", 42), ("name", "<H", 28)):
        for value in (1 << 30, (1 << 32) - 2, 0xFFFF):
            lie = bytearray(whole)
            struct.pack_into(field, lie, first + at, value & (0xFFFF if field == "<H" else 0xFFFFFFFF))
            yield Case(f"claimed {name} {kind} {value}", f"虚报.{kind}", bytes(lie), may_pass=value == 0xFFFF)
    local = bytearray(whole)
    struct.pack_into("<II", local, whole.index(_LOCAL) + 18, 1 << 30, 1 << 30)
    yield Case(f"claimed by the part {kind}", f"虚报.{kind}", bytes(local), may_pass=True)
    for method in (1, 12, 14, 93, 99):
        odd = bytearray(whole)
        struct.pack_into("<H", odd, first + 10, method)
        yield Case(f"packed by method {method} {kind}", f"压缩法.{kind}", bytes(odd))
    small = changed(kind, main, lambda data: data[:-40])
    yield Case(f"main part cut {kind}", f"残缺.{kind}", small, may_pass=False)


def _macros(kind: str) -> Iterator[Case]:
    for suffix in ("docm", "dotm", "xlsm", "xltm", "xlsb", "xlam"):
        yield Case(f"macro {suffix} {kind}", f"宏.{suffix}", sound(kind))
    for name in _MACROS:
        yield Case(f"macro part {name} {kind}", f"宏.{kind}", added(kind, {name: b"Attribute VB_Name"}))
    said = changed(kind, "[Content_Types].xml", lambda data: data.replace(b"main+xml", b"macroEnabled.main+xml"))
    yield Case(f"macro by type {kind}", f"宏.{kind}", said)
    old = {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)}
    yield Case(f"embedded object {kind}", f"对象.{kind}", added(kind, old), may_pass=True)
