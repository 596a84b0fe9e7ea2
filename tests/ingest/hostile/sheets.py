"""Workbooks and letters that are far larger than what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.ingest.hostile.case import BODY, Case, changed

_SHEET = "xl/worksheets/sheet1.xml"
_WORD = "word/document.xml"


def cases() -> Iterator[Case]:
    """Make them."""
    rows = {
        "a million columns": "<row r='3'>" + "<c><v>1</v></c>" * 300_000 + "</row>",
        "rows without end": "<row/>" * 500_000,
        "a cell at the end": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        "a column beyond": "<row r='3'><c r='ZZZZZZ3'><v>1</v></c></row>",
        "a row beyond": "<row r='99999999999999'><c r='A99999999999999'><v>1</v></c></row>",
        "a negative row": "<row r='-5'><c r='A-5'><v>1</v></c></row>",
        "no such string": "<row r='3'><c r='A3' t='s'><v>999999999</v></c></row>",
        "no such style": "<row r='3'><c r='A3' s='99999999'><v>1</v></c></row>",
        "no number": "<row r='3'><c r='A3'><v>1e99999</v></c><c r='B3'><v>NaN</v></c></row>",
        "digits": f"<row r='3'><c r='A3'><v>{'9' * 400_000}</v></c></row>",
        "a date beyond": "<row r='3'><c r='A3' t='d'><v>99999-99-99T99:99:99</v></c></row>",
        "a long cell": f"<row r='3'><c r='A3' t='inlineStr'><is><t>{'长' * 2_000_000}</t></is></c></row>",
        "a long formula": f"<row r='3'><c r='B3' t='str'><f>{'A1+(' * 200_000}</f></c></row>",
        "a formula that calls": "<row r='3'><c r='B3'><f>WEBSERVICE(\"http://127.0.0.1:9\")</f><v/></c></row>",
        "a formula that runs": "<row r='3'><c r='B3'><f>cmd|'/c calc'!A1</f></c></row>",
    }
    for what, row in rows.items():
        yield Case(what, "表.xlsx", _with(f"{row}</sheetData>", "</sheetData>"), may_pass=True)
    merged = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 20_000))
    for what, behind in {
        "a merged sheet": '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "merged columns": '<mergeCells><mergeCell ref="C1:C1048576"/></mergeCells>',
        "merged often": f"<mergeCells>{merged}</mergeCells>",
        "merged over and over": "<mergeCells>" + '<mergeCell ref="A1:CV3000"/>' * 50 + "</mergeCells>",
        "merged backwards": '<mergeCells><mergeCell ref="C9:A1"/></mergeCells>',
        "no reference": '<mergeCells><mergeCell ref="nothing at all"/></mergeCells>',
    }.items():
        yield Case(what, "表.xlsx", _with(f"</sheetData>{behind}", "</sheetData>"), may_pass=True)
    for said in ("A1:XFD1048576", "A1:ZZZZZ99999999", "A1", ":", "A0:A-1"):
        data = changed("xlsx", _SHEET, lambda data, said=said: data.replace(b'ref="A1:B2"', f'ref="{said}"'.encode()))
        yield Case(f"said to be {said}", "尺寸.xlsx", data, may_pass=True)
    yield from _letters()


def _with(new: str, old: str) -> bytes:
    return changed("xlsx", _SHEET, lambda data: data.replace(old.encode(), new.encode(), 1))


def _letters() -> Iterator[Case]:
    paragraph = f"<w:p><w:r><w:t>{BODY}</w:t></w:r></w:p>"
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p/></w:tc>"
    nested, wide = "<w:tbl><w:tr><w:tc>", cell.format('<w:gridSpan w:val="999999999"/>')
    odd = cell.format('<w:gridSpan w:val="x"/>')
    for what, inside in {
        "a span": f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>",
        "spans": f"<w:tbl><w:tr>{wide * 20_000}</w:tr></w:tbl>",
        "no span": f"<w:tbl><w:tr>{odd}</w:tr></w:tbl>",
        "nested tables": nested * 60 + paragraph + "</w:tc></w:tr></w:tbl>" * 60,
        "tables of cells": "<w:tbl>" + f"<w:tr>{cell.format('') * 500}</w:tr>" * 300 + "</w:tbl>",
        "runs in runs": "<w:p>" + "<w:r>" * 240 + "<w:t>路</w:t>" + "</w:r>" * 240 + "</w:p>",
        "paragraphs": paragraph * 30_000,
        "empty paragraphs": "<w:p/>" * 300_000,
        "a long paragraph": f"<w:p><w:r><w:t>{'长' * 3_000_000}</w:t></w:r></w:p>",
        "breaks": "<w:p><w:r>" + "<w:br/>" * 300_000 + "</w:r></w:p>",
        "a field that runs": '<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x calc"><w:r/></w:fldSimple></w:p>',
        "controls in controls": "<w:sdt><w:sdtContent>" * 120 + paragraph + "</w:sdtContent></w:sdt>" * 120,
    }.items():
        data = changed(
            "docx", _WORD, lambda data, inside=inside: data.replace(b"</w:body>", f"{inside}</w:body>".encode())
        )
        yield Case(what, "信.docx", data, may_pass=True)
