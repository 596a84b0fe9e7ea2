"""A report as a Word document, in fonts that Chinese offices have; its bytes depend on the report alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_UNDERLINE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from xiansuo.desk.report import DuplicateReport
from xiansuo.export.content import ADVISORY, LEGEND, Coloured, Content, Piece, Row, SideBySide, content
from xiansuo.export.timeless import timeless

_BODY, _HEAD = "宋体", "黑体"
_LATIN = "Times New Roman"
_FILL = {"high": "FBDCDC", "some": "FDEBD2"}
_RED = RGBColor(0xC6, 0x28, 0x28)
_GREY = RGBColor(0x5A, 0x62, 0x70)
_TABLE = (Cm(0.9), Cm(2.2), Cm(2.4), Cm(9.6), Cm(1.5))
_BESIDE = (Cm(2.0), Cm(6.7), Cm(6.7), Cm(1.2))


def to_docx(report: DuplicateReport) -> bytes:
    """Write a report as a Word document; the same report gives the same bytes."""
    told = content(report)
    document = Document()
    _page(document)
    _head(document, told)
    _draft(document, told)
    _matches(document, told.rows)
    _new(document, told.new)
    _beside(document, told.side_by_side)
    _said(document, ADVISORY, size=9, colour=_GREY)
    moment = dt.datetime.combine(report.day, dt.time(12))
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = (
        f"查重报告：{report.title}"[:255],
        "线索",
        "线索",
        "",
    )
    about.created = about.modified = about.last_printed = moment
    written = io.BytesIO()
    document.save(written)
    return timeless(written)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(11)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_after = Pt(4)


def _head(document: Any, told: Content) -> None:
    _heading(document, f"查重报告：{told.title}", 1)
    for line in told.made:
        _said(document, line, size=9, colour=_GREY)
    _said(document, told.advice, font=_HEAD, size=12)
    for reason in told.reasons:
        _said(document, reason, style="List Bullet")
    for note in told.notes:
        _said(document, note, size=9, colour=_GREY)


def _draft(document: Any, told: Content) -> None:
    _heading(document, f"本稿（相同文字共 {told.copied}）", 2)
    _said(document, LEGEND, size=9, colour=_GREY)
    for paragraph in told.paragraphs:
        _coloured(document.add_paragraph(), paragraph)


def _coloured(made: Any, paragraph: Coloured) -> None:
    _pieces(made, paragraph.pieces)
    if paragraph.level in _FILL:
        _shade(made._p.get_or_add_pPr(), _FILL[paragraph.level])
        _run(made, f"　〔{paragraph.note}〕", size=9, colour=_RED)


def _matches(document: Any, rows: Sequence[Row]) -> None:
    if not rows:
        return
    _heading(document, "相近的材料", 2)
    table = _table(document, ("", "关系", "把握", "以前的材料", "相同字"), _TABLE)
    for row in rows:
        cells = _cells(table, _TABLE)
        for cell, text in zip(cells, (str(row.place), row.relation, row.sure, row.title, row.copied), strict=True):
            _run(cell.paragraphs[0], text, size=9, font=_HEAD if text is row.title else _BODY)
        for line in row.facts:
            added = cells[3].add_paragraph()
            added.paragraph_format.space_after = Pt(0)
            _run(added, line, size=9)


def _new(document: Any, sentences: Sequence[str]) -> None:
    if not sentences:
        return
    _heading(document, "新在何处", 2)
    _said(document, "以下各句在列出的材料里都没有相近的。", size=9, colour=_GREY)
    for sentence in sentences:
        _said(document, sentence, style="List Bullet")


def _beside(document: Any, matches: Iterable[SideBySide]) -> None:
    for number, match in enumerate(matches):
        if not number:
            _heading(document, "逐句对照", 2)
        _said(document, f"{match.place}. 《{match.title}》", font=_HEAD)
        table = _table(document, ("部分", "本稿", "原文", "相近"), _BESIDE)
        for row in match.rows:
            part, draft, earlier, similarity = _cells(table, _BESIDE)
            _run(part.paragraphs[0], row.part, size=9)
            _pieces(draft.paragraphs[0], row.draft, size=9)
            _pieces(earlier.paragraphs[0], row.earlier, size=9)
            _run(similarity.paragraphs[0], row.similarity, size=9)
        if match.more:
            _said(document, f"另有 {match.more} 句相近，没有列出。", size=9, colour=_GREY)


def _heading(document: Any, text: str, level: int) -> None:
    _run(document.add_heading(level=level), text, font=_HEAD, size=16 if level == 1 else 13, colour=RGBColor(0, 0, 0))


def _said(document: Any, text: str, *, style: str | None = None, **look: Any) -> None:
    _run(document.add_paragraph(style=style), text, **look)


def _pieces(paragraph: Any, pieces: Iterable[Piece], size: int = 11) -> None:
    for piece in pieces:
        run = _run(paragraph, piece.text, size=size)
        if piece.marked:
            run.font.underline = WD_UNDERLINE.SINGLE
            run.font.color.rgb = _RED


def _run(paragraph: Any, text: str, *, font: str = _BODY, size: int = 11, colour: RGBColor | None = None) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = _LATIN, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _table(document: Any, names: Sequence[str], widths: Sequence[Any]) -> Any:
    table = document.add_table(rows=1, cols=len(names), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    cells = _laid(table.rows[0], widths, "w:tblHeader")
    for cell, name in zip(cells, names, strict=True):
        _shade(cell._tc.get_or_add_tcPr(), "F0F2F5")
        _run(cell.paragraphs[0], name, font=_HEAD, size=9)
    return table


def _cells(table: Any, widths: Sequence[Any]) -> Sequence[Any]:
    return _laid(table.add_row(), widths, "w:cantSplit")


def _laid(row: Any, widths: Sequence[Any], rule: str) -> Sequence[Any]:
    """Set a row's widths, and a rule for the end of a page: its head comes again, or a row stays whole."""
    row._tr.get_or_add_trPr().append(OxmlElement(rule))
    cells: Sequence[Any] = row.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    return cells


def _shade(properties: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), fill)
    properties.append(shade)
