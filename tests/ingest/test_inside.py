"""What an old file really is: seen from its structure, before LibreOffice is asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from xiansuo.errors import FileRefused, FileUnreadable, FormatUnsupported, InputError
from xiansuo.ingest import legacy
from xiansuo.ingest.inside import Inside, look_inside
from xiansuo.ingest.reading import Reading
from xiansuo.ingest.written import is_prose

from .conftest import BODY
from .ole import EXCEL, OLE, WORD, ole

Read = Callable[..., Reading]
RANDOM = random.Random(4).randbytes(5000)


@pytest.mark.parametrize(
    ("data", "inside"),
    [
        (ole({"\x05SummaryInformation": b"", "1Table": b"", "WordDocument": WORD}), Inside.WORD),
        (ole({"WordDocument": b"\xdc\xa5"}), Inside.WORD),
        (ole({"Workbook": EXCEL}), Inside.EXCEL),
        (ole({"Book": EXCEL}), Inside.EXCEL),
        (b"PK\x03\x04", Inside.NEW),
        (b"\xef\xbb\xbf\r\n{\\rtf1\\ansi x}", Inside.RTF),
        (f"<html><p>{BODY}</html>".encode("gb18030"), Inside.HTML),
        (f"<TABLE border=1><tr><td>{BODY}</table>".encode(), Inside.HTML),
        (f'<?xml version="1.0"?><w:wordDocument xmlns:w="a"><w:t>{BODY}</w:t></w:wordDocument>'.encode(), Inside.XML),
    ],
)
def test_what_is_inside(tmp_path: Path, data: bytes, inside: Inside) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    assert look_inside(path) is inside


@pytest.mark.parametrize(
    "data",
    [
        OLE,
        OLE + b"\0" * 3000,
        OLE + RANDOM,
        OLE + BODY.encode("gb18030") * 50,
        ole({}),
        ole({"PowerPoint Document": b"\x0f\x00"}),
        ole({"__properties_version1.0": b"x", "WordDocument2": WORD}),
        ole({"WordDocument": RANDOM}),
        ole({"Workbook": BODY.encode()}),
        ole({"WordDocument": WORD})[:1024],
        ole({"WordDocument": WORD})[:512] + RANDOM,
        b"<" + RANDOM,
        b"<html>" + RANDOM,
        b"<?xml version='1.0'?>" + RANDOM,
        f"<?xml version='1.0'?><a>{BODY}".encode(),
        f"<通知>{BODY}".encode(),
        BODY.encode(),
        b"\x89PNG\r\n\x1a\n" + RANDOM,
    ],
)
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".xls", ".et"])
def test_what_is_no_document_never_reaches_libreoffice(
    tmp_path: Path, read: Read, data: bytes, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "_find_program", lambda: pytest.fail("LibreOffice was asked"))
    path = tmp_path / f"假{suffix}"
    path.write_bytes(data)
    with pytest.raises(FileUnreadable, match="假"):
        read(path)


def test_any_damage_to_the_structure_is_survived(tmp_path: Path) -> None:
    whole = ole({"1Table": b"", "WordDocument": WORD})
    path = tmp_path / "a.doc"
    chance = random.Random(6)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 30))):
            data[chance.randrange(2048)] = chance.randrange(256)
        path.write_bytes(bytes(data[: chance.choice((len(data), chance.randrange(1, len(data))))]))
        try:
            inside = look_inside(path)
        except InputError as error:
            told = error.message
        else:
            assert inside is Inside.WORD
            continue
        assert "a.doc" in told


def test_passwords_and_entities_are_refused(tmp_path: Path, read: Read) -> None:
    locked = bytearray(WORD)
    locked[11] |= 1
    path = tmp_path / "a.doc"
    for data in (ole({"WordDocument": bytes(locked)}), ole({"EncryptedPackage": b"x"})):
        path.write_bytes(data)
        with pytest.raises(FileRefused, match="密码"):
            read(path)
    path.write_bytes(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    with pytest.raises(FileRefused, match="外部实体"):
        read(path)


def test_one_office_file_under_the_name_of_another(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(ole({"Workbook": EXCEL}))
    with pytest.raises(FileUnreadable, match=r"Excel"):
        read(path)
    path = tmp_path / "a.xls"
    path.write_bytes(ole({"WordDocument": WORD}))
    with pytest.raises(FileUnreadable, match=r"Word"):
        read(path)


def test_a_real_one_needs_libreoffice(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "_find_program", lambda: None)
    path = tmp_path / "a.wps"
    path.write_bytes(ole({"WordDocument": WORD}))
    with pytest.raises(FormatUnsupported, match="LibreOffice"):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "关于修好路灯的建议",
        "關於改善社區養老服務的建議，獨居老人無人照料，請有關部門研究解決。",
        "Residents say that the street lamps have been out for three months; repair is asked for (see no. 12).",
        "2024-03-01 望潮区 12件",
        "滩涂互花米草、赤潮、蓝藻、鲎、鳗鲡、牡蛎",
    ],
)
def test_what_people_write(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "gb18030", "utf-8", "utf-16-le", "utf-16-be", "big5"])
def test_bytes_shown_as_characters_are_no_prose(encoding: str) -> None:
    assert not is_prose(RANDOM.decode(encoding, "replace"))
    if encoding not in ("utf-8", "gb18030"):
        assert not is_prose((BODY * 3).encode("utf-8").decode(encoding, "replace"))


def test_random_signs_are_no_prose() -> None:
    chance = random.Random(7)
    assert not is_prose("".join(chance.choice([chr(i) for i in range(33, 127)]) for _ in range(500)))
    assert not is_prose("")
