"""A file read as one running text: nothing is left out of it, nothing is taken for a row."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.ingest.test_texts import pdf
from xiansuo.errors import FileRefused, FileUnreadable, FormatUnsupported
from xiansuo.ingest.whole import read_whole


def test_plain_text_keeps_its_title_its_rules_and_its_date(tmp_path: Path) -> None:
    text = "标题在此\n\n\u3000\u3000正文一段。\n========\n2026年1月1日"
    for encoding in ("utf-8", "gb18030"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        assert read_whole(path) == text


def test_word_keeps_headings_and_tables_in_their_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("一、回顾", 1)
    document.add_paragraph("去年的事。")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "标题", "正文"
    document.add_heading("二、打算", 1)
    document.save(str(tmp_path / "a.docx"))
    assert read_whole(tmp_path / "a.docx").split("\n") == ["一、回顾", "去年的事。", "标题\t正文", "二、打算"]


def test_a_pdf_is_read_in_paragraphs(tmp_path: Path) -> None:
    assert read_whole(pdf(tmp_path / "a.pdf", [["Title", "Body of it."]])).split("\n") == ["Title", "Body of it."]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "empty.docx"))
    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    for path in (tmp_path / "empty.docx", tmp_path / "blank.txt", pdf(tmp_path / "scan.pdf", [[]])):
        with pytest.raises(FileUnreadable):
            read_whole(path)
    (tmp_path / "a.xlsx").write_bytes(b"x")
    with pytest.raises(FormatUnsupported):
        read_whole(tmp_path / "a.xlsx")
    (tmp_path / "a.docm").write_bytes(b"x")
    with pytest.raises(FileRefused):
        read_whole(tmp_path / "a.docm")
