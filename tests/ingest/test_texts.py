"""Files that are texts: Word, plain text, PDF, and old Word."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from xiansuo.errors import FileUnreadable, FormatUnsupported
from xiansuo.ingest.reading import Reading

from .conftest import BODY
from .ole import WORD, ole

Read = Callable[..., Reading]
DAY = dt.date(2024, 3, 5)


def word(path: Path, *paragraphs: str | tuple[str, str]) -> Path:
    made = docx.Document()
    for one in paragraphs:
        text, style = one if isinstance(one, tuple) else (one, "Normal")
        made.add_paragraph(text, style)
    made.save(str(path))
    return path


def plain(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def pdf(path: Path, pages: list[list[str]]) -> Path:
    """Write a PDF by hand, in a Chinese font every reader knows."""
    parts: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    parts += [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    kids = []
    for lines in pages:
        shown = b"".join(
            b"1 0 0 1 50 %d Tm <%s> Tj\n" % (780 - 20 * i, line.encode("utf-16-be").hex().encode())
            for i, line in enumerate(lines)
        )
        stream = b"BT /F1 12 Tf\n" + shown + b"ET" if lines else b""
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(parts)
        )
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    data, offsets = b"%PDF-1.4\n", []
    for i, part in enumerate(parts, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (i, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        *(len(parts) + 1, table, len(parts) + 1, len(data)),
    )
    path.write_bytes(data)
    return path


def test_one_word_file_is_one_text_with_its_facts(tmp_path: Path, read: Read) -> None:
    path = word(
        tmp_path / "a.docx",
        *(
            "关于解决充电难的建议",
            "报送单位：民盟市委　　作者：甲",
            "",
            BODY,
            "一、存在问题",
            "居民说：没有地方充电。",
        ),
        *("联系电话：13812345678", "日期：2024年3月5日"),
    )
    reading = read(path)
    (found,) = reading.found
    document = found.document
    assert (document.title, document.unit, document.author, document.date) == (
        "关于解决充电难的建议",
        "民盟市委",
        "甲",
        DAY,
    )
    assert document.text == f"{BODY}\n一、存在问题\n居民说：没有地方充电。\n联系电话：[手机号]"
    assert (found.row, reading.redacted) == (None, 1)


def test_a_signature_with_a_date(tmp_path: Path, read: Read) -> None:
    document = read(word(tmp_path / "a.docx", "标题在此", BODY, "九三学社市委员会", "2024年3月5日")).found[0].document
    assert (document.unit, document.date, document.text) == ("九三学社市委员会", DAY, BODY)


def test_facts_above_the_title(tmp_path: Path, read: Read) -> None:
    path = plain(tmp_path / "a.txt", f"报送单位：民盟市委\n充电难的建议\n2024年3月5日\n正文：{BODY}")
    document = read(path).found[0].document
    assert (document.unit, document.title, document.date, document.text) == (*("民盟市委", "充电难的建议", DAY, BODY),)


def test_headings_start_a_text_each(tmp_path: Path, read: Read) -> None:
    path = word(
        tmp_path / "a.docx",
        *("信息汇编", ("一、关于充电难的建议", "Heading 1"), "报送单位：民盟市委", BODY),
        *(("二、关于停车难的建议", "Heading 1"), BODY + "停车也难。", ("三、空的", "Heading 1")),
    )
    reading = read(path)
    assert [(f.document.title, f.row) for f in reading.found] == [
        ("关于充电难的建议", 1),
        ("关于停车难的建议", 2),
    ]
    assert reading.found[0].document.unit == "民盟市委"
    assert [(remark.row, remark.reason) for remark in reading.remarks] == [(3, "正文为空")]


def test_headings_inside_a_text_do_not_split_it(tmp_path: Path, read: Read) -> None:
    path = word(
        tmp_path / "a.docx",
        "标题在此",
        ("一、存在问题", "Heading 1"),
        BODY,
        ("二、对策建议", "Heading 1"),
        BODY,
    )
    assert len(read(path).found) == 1


def test_a_ledger_table_and_a_form(tmp_path: Path, read: Read) -> None:
    made = docx.Document()
    made.add_paragraph("一季度台账")
    table = made.add_table(4, 3)
    cells = [
        ("标题", "内容", "报送单位"),
        ("一", BODY, "甲单位"),
        ("二", BODY, ""),
        ("三", "", "乙单位"),
    ]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    made.save(str(tmp_path / "ledger.docx"))
    reading = read(tmp_path / "ledger.docx")
    assert [(f.document.title, f.document.unit, f.row) for f in reading.found] == [
        ("一", "甲单位", 2),
        ("二", "甲单位", 3),
    ]
    assert [remark.row for remark in reading.remarks] == [4]

    made = docx.Document()
    table = made.add_table(3, 4)
    for row, texts in zip(
        table.rows,
        [
            ("标题", "充电难", "日期", "2024.3.5"),
            ("作者", "甲", "界别", "民盟"),
            ("正文", BODY, "", ""),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 1).merge(table.cell(2, 3))
    made.save(str(tmp_path / "form.docx"))
    (found,) = read(tmp_path / "form.docx").found
    assert (found.document.title, found.document.sector, found.document.date) == (
        "充电难",
        "民盟",
        DAY,
    )
    assert found.document.text == BODY


def test_tracked_changes_are_read_as_last_seen(tmp_path: Path, read: Read) -> None:
    made = docx.Document()
    made.add_paragraph("标题在此")
    paragraph = made.add_paragraph(BODY)._p
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}>{run.format('t', '新加的一句。')}</w:ins>"))
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}>{run.format('delText', '删去的一句。')}</w:del>"))
    made.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").found[0].document.text == BODY + "新加的一句。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_plain_text_one_a_file(tmp_path: Path, read: Read, encoding: str) -> None:
    path = plain(tmp_path / "a.txt", f"\r\n充电难的建议\r\n作者：甲\r\n\r\n{BODY}\r\n", encoding)
    (found,) = read(path).found
    assert (found.document.title, found.document.author, found.document.text) == (
        "充电难的建议",
        "甲",
        BODY,
    )
    assert found.row is None


@pytest.mark.parametrize("rule", ["====", "-----------", "＝＝＝＝", "————"])
def test_plain_text_many_a_file(tmp_path: Path, read: Read, rule: str) -> None:
    path = plain(tmp_path / "a.txt", f"{rule}\n一\n{BODY}\n{rule}\n二\n{BODY}二\n{rule}\n三\n{rule}\n")
    reading = read(path)
    assert [(found.document.title, found.row) for found in reading.found] == [("一", 1), ("二", 2)]
    assert [(remark.row, remark.reason) for remark in reading.remarks] == [(3, "正文为空")]


def test_an_underlined_title_and_a_text_without_title(tmp_path: Path, read: Read) -> None:
    assert read(plain(tmp_path / "a.txt", f"充电难\n====\n{BODY}")).found[0].document.title == "充电难"
    document = read(plain(tmp_path / "b.txt", BODY)).found[0].document
    assert (document.text, len(document.title) <= 30) == (BODY, True)


def test_a_pdf_with_text(tmp_path: Path, read: Read) -> None:
    half = len(BODY) // 2
    path = pdf(
        tmp_path / "a.pdf",
        [
            ["关于充电难的建议", "作者：甲", BODY[:half], BODY[half:], "1"],
            ["第二页的一段话。", "2"],
        ],
    )
    (found,) = read(path).found
    assert (found.document.title, found.document.author) == ("关于充电难的建议", "甲")
    assert found.document.text == f"{BODY}\n第二页的一段话。"


def test_pdfs_that_cannot_be_read(tmp_path: Path, read: Read) -> None:
    with pytest.raises(FileUnreadable, match="扫描件"):
        read(pdf(tmp_path / "scan.pdf", [[], []]))
    writer = PdfWriter(PdfReader(pdf(tmp_path / "open.pdf", [["标题", BODY]])))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(FileUnreadable, match="密码"):
        read(tmp_path / "locked.pdf")
    writer = PdfWriter(PdfReader(tmp_path / "open.pdf"))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "restricted.pdf")
    assert len(read(tmp_path / "restricted.pdf").found) == 1
    for data in (b"%PDF-1.4 garbage", b"no pdf at all", b"\x00" * 999):
        (tmp_path / "bad.pdf").write_bytes(data)
        with pytest.raises(FileUnreadable, match=r"bad\.pdf"):
            read(tmp_path / "bad.pdf")


def test_a_partly_scanned_pdf_is_told(tmp_path: Path, read: Read) -> None:
    reading = read(pdf(tmp_path / "a.pdf", [["标题在此", BODY], []]))
    assert [remark.outcome for remark in reading.remarks] == ["noted"]


OLD = ole({"1Table": b"", "WordDocument": WORD})


def test_old_files_need_libreoffice(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.doc").write_bytes(OLD)
    monkeypatch.setattr("xiansuo.ingest.legacy._find_program", lambda: None)
    with pytest.raises(FormatUnsupported, match="LibreOffice"):
        read(tmp_path / "a.doc")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_old_files_are_converted(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    made = word(tmp_path / "made.docx", "标题在此", BODY)
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nwhile [ $# -gt 1 ]; do\n[ "$1" = --outdir ] && out="$2"; shift\ndone\n'
        f'cp "{made}" "$out/source.docx"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    path = tmp_path / f"旧{suffix}"
    path.write_bytes(OLD)
    (found,) = read(path).found
    assert (found.document.title, found.document.source) == ("标题在此", f"旧{suffix}")
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(FileUnreadable, match="转换"):
        read(path)


def test_a_new_file_under_an_old_name(tmp_path: Path, read: Read) -> None:
    path = word(tmp_path / "a.docx", "标题在此", BODY).rename(tmp_path / "a.wps")
    assert len(read(path).found) == 1
