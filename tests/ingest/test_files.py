"""Which files are found, and which are refused before anything is parsed."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from xiansuo.errors import FileRefused, FileUnreadable, FormatUnsupported, InputError
from xiansuo.ingest import limits
from xiansuo.ingest.files import find_files
from xiansuo.ingest.reading import Reading

from .conftest import BODY

Read = Callable[..., Reading]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    made.active.append(["标题", "正文"])
    made.active.append(["一", BODY])
    made.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("标题在此")
    made.add_paragraph(BODY)
    made.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


def with_member(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def replaced(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    copy = path.with_name("copy" + path.suffix)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
    return copy


def test_a_folder_is_searched_in_a_fixed_order(tmp_path: Path) -> None:
    names = [
        "b/二.txt",
        "b/一.DOCX",
        "a.csv",
        "c/d/e.pdf",
        "~$a.docx",
        ".hidden.txt",
        ".git/x.txt",
        "f.exe",
        ".~lock.a.csv#",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
    assert found == ["a.csv", "b/一.DOCX", "b/二.txt", "c/d/e.pdf"]
    assert find_files(tmp_path / "a.csv") == [tmp_path / "a.csv"]


def test_nothing_to_find(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(FileUnreadable):
            find_files(path)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".csv", ".jsonl", ".json", ".txt", ".pdf", ".doc", ".wps"])
def test_empty_garbage_and_missing_files_have_a_message(tmp_path: Path, read: Read, suffix: str) -> None:
    path = tmp_path / f"文件{suffix}"
    for data in (b"", b"\x00\xff\xfe\x01" * 300, b"PK\x03\x04" + b"\x00" * 100, b"\n \n"):
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            read(path)
        assert "文件" in caught.value.message
        assert caught.value.advice
    path.unlink()
    with pytest.raises(FileUnreadable, match="找不到"):
        read(path)


def test_unknown_kinds_of_file(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.pptx").write_bytes(b"x")
    with pytest.raises(FormatUnsupported, match=r"a\.pptx"):
        read(tmp_path / "a.pptx")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt", ".xlsx", ".pdf"])
def test_huge_files_are_refused_unread(tmp_path: Path, read: Read, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES + 1)
    with pytest.raises(FileRefused, match="MB"):
        read(path)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("xl/vbaProject.bin", b"x", "含宏"),
        ("../../evil.xml", b"<a/>", "之外"),
        ("/etc/x.xml", b"<a/>", "之外"),
        ("xl/bomb.bin", b"\0" * (limits.BIG_MEMBER_BYTES + 1), "炸弹"),
        (
            "xl/x.xml",
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            "外部实体",
        ),
        ("xl/y.xml", "<!DOCTYPE a><a/>".encode("utf-16"), "外部实体"),
        ("xl/z.rels", b" " * (1 << 20) + b"<!DOCTYPE a>", "外部实体"),
    ],
)
def test_dangerous_workbooks_are_refused(
    workbook: Path, letter: Path, read: Read, name: str, data: bytes, word: str
) -> None:
    for path in (workbook, letter):
        with pytest.raises(FileRefused, match=word):
            read(with_member(path, name, data))


def test_an_entity_in_the_text_itself(letter: Path, read: Read) -> None:
    bad = replaced(
        letter,
        "word/document.xml",
        lambda data: data.replace(b"<w:document", b"<!DOCTYPE w><w:document", 1),
    )
    with pytest.raises(FileRefused, match="外部实体"):
        read(bad)


def test_too_many_or_too_large_parts(workbook: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    with pytest.raises(FileRefused, match="部件"):
        read(workbook)
    monkeypatch.setattr(limits, "MAX_MEMBERS", 10_000)
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(FileRefused, match="炸弹"):
        read(workbook)


@pytest.mark.parametrize("suffix", [".xlsm", ".docm"])
def test_macros_by_name(workbook: Path, read: Read, suffix: str) -> None:
    with pytest.raises(FileRefused, match="含宏"):
        read(workbook.rename(workbook.with_suffix(suffix)))


def test_macros_by_content_type(workbook: Path, read: Read) -> None:
    macro = replaced(
        workbook,
        "[Content_Types].xml",
        lambda data: data.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
    )
    with pytest.raises(FileRefused, match="含宏"):
        read(macro)


def test_encrypted_and_renamed_office_files(tmp_path: Path, workbook: Path, letter: Path, read: Read) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100
    path = tmp_path / "锁.docx"
    path.write_bytes(old + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(FileRefused, match="密码"):
        read(path)
    path.write_bytes(old)
    with pytest.raises(FileUnreadable, match="旧版"):
        read(path)
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(FileUnreadable, match="PDF"):
        read(path)
    shutil.copy(workbook, path)
    with pytest.raises(FileUnreadable, match="Word"):
        read(path)
    shutil.copy(letter, tmp_path / "b.xlsx")
    with pytest.raises(FileUnreadable, match="Excel"):
        read(tmp_path / "b.xlsx")


def test_damaged_office_files(workbook: Path, letter: Path, read: Read) -> None:
    for path in (workbook, letter):
        data = path.read_bytes()
        for bad in (data[: len(data) // 2], data[:200] + b"\xff" * 400 + data[600:]):
            path.write_bytes(bad)
            with pytest.raises(FileUnreadable):
                read(path)


def test_an_office_file_under_the_name_of_a_text(workbook: Path, read: Read) -> None:
    with pytest.raises(FileUnreadable, match=r"a\.csv"):
        read(workbook.rename(workbook.with_suffix(".csv")))
