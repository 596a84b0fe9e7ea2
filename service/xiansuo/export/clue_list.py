"""A clue list as a Word document in office style; its bytes depend on the list alone.

Title, body and headings name the fonts of official documents; where a computer lacks one, the document's font table
names the one to take instead.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from xiansuo.desk.prompt_lists import ClueList
from xiansuo.errors import FormatUnsupported
from xiansuo.export.clue_words import COLUMNS, Entry, Listed, listed
from xiansuo.export.saving import save
from xiansuo.export.timeless import timeless

_TITLE, _BODY, _HEAD, _LABEL, _LATIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "Times New Roman"
_INSTEAD = {_TITLE: "华文中宋", _BODY: "仿宋", _LABEL: "楷体", _HEAD: "SimHei"}
_SIZE_2, _SIZE_3, _SIZE_4, _SMALL = Pt(22), Pt(16), Pt(14), Pt(12)
_LINE = Pt(28)
_BLACK = RGBColor(0, 0, 0)
_WIDTHS = (Cm(1.3), Cm(1.3), Cm(5.0), Cm(3.2), Cm(2.4), Cm(2.4))
_FONT_TABLE = "word/fontTable.xml"


def check_list_name(path: Path) -> None:
    """Refuse a file name whose format cannot be written, before any work is done.

    :raises FormatUnsupported: it does not end in `.docx`.
    """
    if path.suffix.lower() != ".docx":
        raise FormatUnsupported(f"选题清单不能存成“{path.suffix.removeprefix('.')}”。", advice="可用：选题清单.docx。")


def write_clue_list(made: ClueList, path: Path, *, office: str = "", contact: str = "") -> None:
    """Write a clue list into a file.

    :raises FormatUnsupported: its name does not end in `.docx`.
    :raises HomeError: the file cannot be written.
    """
    check_list_name(path)
    save(clue_list_docx(made, office=office, contact=contact), path, "选题清单")


def clue_list_docx(made: ClueList, *, office: str = "", contact: str = "") -> bytes:
    """Write a clue list as a Word document; the same list gives the same bytes.

    :param office: who gives it out; `contact`: whom to ask, as it is to be printed.
    """
    told = listed(made, office, contact)
    document = Document()
    _page(document)
    _top(document, told)
    for entry in told.entries:
        _entry(document, entry)
    _signed(document, told.signed)
    _table(document, told)
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = (told.title[:255], "线索", "线索", "")
    about.created = about.modified = about.last_printed = dt.datetime.combine(made.day, dt.time(12))
    written = io.BytesIO()
    document.save(written)
    return timeless(written, {_FONT_TABLE: _fonts()})


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, _SIZE_3
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    laid = style.paragraph_format
    laid.space_before = laid.space_after = Pt(0)
    laid.line_spacing_rule, laid.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(number, "— ", font="宋体", size=_SIZE_4)
    _page_number(_run(number, "", font="宋体", size=_SIZE_4))
    _run(number, " —", font="宋体", size=_SIZE_4)


def _page_number(run: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._element.append(element)


def _top(document: Any, told: Listed) -> None:
    title = document.add_heading(level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, told.title, font=_TITLE, size=_SIZE_2)
    _tight(title, Pt(34))
    month = document.add_paragraph()
    month.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(month, told.subtitle, font=_LABEL)
    document.add_paragraph()
    _run(_indented(document), told.opening)


def _entry(document: Any, entry: Entry) -> None:
    heading = document.add_heading(level=2)
    _run(heading, entry.heading, font=_HEAD)
    _tight(heading, _LINE)
    heading.paragraph_format.first_line_indent = _SIZE_3 * 2
    for part in entry.parts:
        paragraph = _indented(document)
        _run(paragraph, f"{part.label}：", font=_LABEL)
        _run(paragraph, part.text)


def _signed(document: Any, lines: Sequence[str]) -> None:
    document.add_paragraph()
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = _SIZE_3 * 2
        _run(paragraph, line)


def _table(document: Any, told: Listed) -> None:
    heading = document.add_heading(level=2)
    heading.paragraph_format.page_break_before = True
    _run(heading, "附：选题一览表", font=_HEAD)
    _tight(heading, _LINE)
    table = document.add_table(rows=0, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for place, texts in enumerate((COLUMNS, *told.rows)):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit" if place else "w:tblHeader"))
        for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            _run(paragraph, text, font=_BODY if place else _HEAD, size=_SMALL)


def _indented(document: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = _SIZE_3 * 2
    return paragraph


def _tight(heading: Any, line: Any) -> None:
    laid = heading.paragraph_format
    laid.space_before = laid.space_after = Pt(0)
    laid.line_spacing_rule, laid.line_spacing = WD_LINE_SPACING.EXACTLY, line


def _run(paragraph: Any, text: str, *, font: str = _BODY, size: Any = _SIZE_3) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold, run.font.color.rgb = _LATIN, size, False, _BLACK
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _fonts() -> bytes:
    """Name the document's fonts, each with the one that takes its place."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _INSTEAD.items()
    )
    latin = f'<w:font w:name="{_LATIN}"><w:charset w:val="00"/></w:font>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{word}">{latin}{named}</w:fonts>'.encode()
