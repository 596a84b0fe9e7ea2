"""Old Word, WPS and Excel files through a real LibreOffice, where one is installed."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.reading import read_file

SOFFICE = shutil.which("soffice")
TODAY = dt.date(2026, 11, 1)
LINES = (
    "关于修好路灯的建议",
    "巷口路灯坏了三个月，晚上没人敢走，老人摔过两回。",
    "建议：尽快修好，明确谁来管。",
    "报送单位：望潮区政协",
)

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def converted(source: Path, kind: str) -> Path:
    profile = (source.parent / "profile").as_uri()
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", kind, "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = source.with_suffix(f".{kind.partition(':')[0]}")
    if not made.exists():
        pytest.skip(f"this LibreOffice cannot write {kind}: its Calc or Writer is not installed")
    return made


def letter(folder: Path) -> Path:
    written = docx.Document()
    written.add_heading(LINES[0], 0)
    for line in LINES[1:]:
        written.add_paragraph(line)
    written.save(str(folder / "new.docx"))
    return folder / "new.docx"


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("doc", ".doc"), ("doc", ".wps"), ("rtf", ".doc"), ("xml:MS Word 2003 XML", ".doc"), ("html", ".doc")],
)
def test_an_old_file_reads_like_the_new_one(tmp_path: Path, kind: str, suffix: str) -> None:
    new = letter(tmp_path)
    old = converted(new, kind).rename(tmp_path / f"old{suffix}")
    (first,), (again,) = (read_file(path, kind=None, now=TODAY).found for path in (new, old))
    assert again.document.title == first.document.title == LINES[0]
    assert again.document.text == first.document.text
    assert again.document.unit == "望潮区政协"


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_an_old_table_reads_like_the_new_one(tmp_path: Path, suffix: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文"])
    book.active.append([LINES[0], LINES[1] + LINES[2]])
    book.save(tmp_path / "new.xlsx")
    old = converted(tmp_path / "new.xlsx", "xls").rename(tmp_path / f"old{suffix}")
    (found,) = read_file(old, kind=None, now=TODAY).found
    assert (found.row, found.document.title, found.document.text) == (2, LINES[0], LINES[1] + LINES[2])


@pytest.mark.parametrize(("encoding", "told"), [("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "")])
def test_a_page_under_an_old_name_whatever_it_says_of_its_encoding(tmp_path: Path, encoding: str, told: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={told}">' if told else ""
    page = tmp_path / "a.doc"
    page.write_bytes(f"<html><head>{head}</head><p>{LINES[0]}<p>{LINES[1]}<p>{LINES[2]}</html>".encode(encoding))
    (found,) = read_file(page, kind=None, now=TODAY).found
    assert (found.document.title, found.document.text) == (LINES[0], "\n".join(LINES[1:3]))


def test_a_page_with_a_table_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    table = tmp_path / "a.xls"
    rows = f"<tr><td>标题<td>正文<tr><td>{LINES[0]}<td>{LINES[1]}"
    table.write_bytes(f'<html><img src="http://127.0.0.1:9/x.png"><table>{rows}</table></html>'.encode("gb18030"))
    (found,) = read_file(table, kind=None, now=TODAY).found
    assert (found.document.title, found.document.text) == (LINES[0], LINES[1])


def test_what_libreoffice_makes_of_garbage_is_refused(tmp_path: Path) -> None:
    chance = random.Random(8)
    signs = bytes(byte for byte in range(33, 127) if byte not in b"{}\\<>")
    noise = bytes(chance.choice(signs) for _ in range(2000))
    word = bytearray(converted(letter(tmp_path), "doc").read_bytes())
    start = word.find(b"\xec\xa5")
    word[start + 512 :] = chance.randbytes(len(word) - start - 512)
    garbage = {
        "rtf": b"{\\rtf1\\ansi " + chance.randbytes(3000) + b"}",
        "rtf of signs": b"{\\rtf1\\ansi " + noise + b"}",
        "page of signs": b"<html><body>" + noise,
        "a document overwritten": bytes(word),
    }
    for name, data in garbage.items():
        path = tmp_path / f"{name}.doc"
        path.write_bytes(data)
        with pytest.raises(FileUnreadable, match=name):
            read_file(path, kind=None, now=TODAY)
