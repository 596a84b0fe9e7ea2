"""Word files: a form, a ledger, texts under headings, or one text; the first that fits decides.

1. A table with labels in front of its rows (标题 | …, 正文 | …) is a form: one text.
2. A table whose header names a text, or a title and one more field, is a ledger: one text a row.
3. Two or more paragraphs in the style Heading 1 (标题 1) start a text each, unless one of them is a
   heading inside a text, such as 一、存在问题. What stands before the first is a cover.
4. Otherwise the file is one text: see `layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.columns import field_of
from xiansuo.ingest.layout import read_lines
from xiansuo.ingest.limits import check_office_file
from xiansuo.ingest.rows import RawFile, RawRow
from xiansuo.ingest.tables import Grid, find_header, rows_below

Element: TypeAlias = Any
"""An lxml element; python-docx has no types."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WIDTH = re.compile(r"[0-9]{1,9}")
_HEADING = re.compile(r"(?:heading|标题)\s*1", re.IGNORECASE)
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．篇条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、.．])\s*"
)
_INSIDE = re.compile(r"(?!关于).{0,8}(?:情况|现状|背景|问题|原因|成因|困难|建议|对策|措施|意见|分析|做法|打算)[：:]?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph: its text and whether it is styled as a first-level heading."""

    text: str
    heading: bool = False


def read_docx(path: Path) -> RawFile:
    """Read a .docx; `row` is the row of the ledger, or the text's number where there are several.

    :raises FileUnreadable: if it is damaged, another kind of file, or holds no text.
    """
    check_office_file(path)
    body, headings = _open(path)
    grids = [_grid(table) for table in body.iter(f"{_W}tbl") if not _inside_table(table)]
    form = _form(grids)
    if form:
        return RawFile([RawRow(form)])
    ledger = _ledger(grids)
    if ledger is not None:
        return ledger
    lines = list(_lines(body, headings))
    if not any(line.text.strip() for line in lines):
        raise _without_text(path)
    texts = _by_heading(lines)
    if len(texts) == 1:
        return RawFile([RawRow(read_lines(texts[0]))])
    return RawFile([RawRow(read_lines(text), i) for i, text in enumerate(texts, 1)])


def read_docx_lines(path: Path) -> list[str]:
    """Read a .docx as it runs: its paragraphs, and tables row by row; nothing is taken for a form or a ledger.

    :raises FileUnreadable: if it is damaged, another kind of file, or holds no text.
    """
    check_office_file(path)
    body, headings = _open(path)
    lines = [line.text for line in _lines(body, headings)]
    if not any(line.strip() for line in lines):
        raise _without_text(path)
    return lines


def _without_text(path: Path) -> FileUnreadable:
    return FileUnreadable(f"“{path.name}”里没有文字。", advice="如果内容是图片或文本框，请改成正文文字后再导入。")


def _open(path: Path) -> tuple[Element, set[str]]:
    """Return the document's body element and the ids of its first-level heading styles."""
    import docx

    try:
        document = docx.Document(str(path))
        headings = {style.style_id for style in document.styles if style.name and _HEADING.fullmatch(style.name)}
        return document.element.body, headings
    except Exception as error:  # whatever a damaged part makes it stumble over
        raise FileUnreadable(
            f"“{path.name}”已损坏，或不是真正的 Word 文件。",
            advice="请用 Word 或 WPS 打开后另存一份。",
        ) from error


def _ledger(grids: list[Grid]) -> RawFile | None:
    rows: list[RawRow] = []
    ignored: dict[str, None] = {}
    found = [(i, grid, header) for i, grid in enumerate(grids, 1) if (header := find_header(grid))]
    for i, grid, header in found:
        below = list(rows_below(header, grid, place=f"第 {i} 个表" if len(found) > 1 else ""))
        rows += below
        ignored |= dict.fromkeys(header.assignment.ignored(header.names))
    return RawFile(rows, tuple(ignored)) if rows else None


def _form(grids: list[Grid]) -> dict[str, object]:
    """Read labels with their values beside them; {} unless a text is among them."""
    fields: dict[str, object] = {}
    for grid in grids:
        rows = [given for _, cells in grid if (given := [str(cell) for cell in cells if cell])]
        labelled = sum(field_of(given[0]) is not None for given in rows)
        # A ledger has labels in one row only.
        if labelled < 2 or labelled * 2 < len(rows):
            continue
        for given in rows:
            for label, value in pairwise(given):
                field = field_of(label)
                if field and not field_of(value):
                    fields.setdefault(field, value)
    return fields if "text" in fields else {}


def _by_heading(lines: list[_Line]) -> list[list[str]]:
    starts = [i for i, line in enumerate(lines) if line.heading and line.text.strip()]
    titles = [_ORDINAL.sub("", lines[i].text.strip()) for i in starts]
    if len(starts) < 2 or any(_INSIDE.fullmatch(title) for title in titles):
        return [[line.text for line in lines]]
    ends = [*starts[1:], len(lines)]
    return [
        [f"标题：{title}", *(line.text for line in lines[start + 1 : end])]
        for title, start, end in zip(titles, starts, ends, strict=True)
    ]


def _lines(element: Element, headings: set[str]) -> Iterator[_Line]:
    """Paragraphs in reading order, those in content controls too; tables row by row."""
    for child in element:
        if child.tag == f"{_W}p":
            style = child.find(f"{_W}pPr/{_W}pStyle")
            heading = style is not None and style.get(f"{_W}val") in headings
            lines = _text(child).split("\n")
            yield from (_Line(line, heading) for line in lines)
        elif child.tag == f"{_W}tbl":
            for _, cells in _grid(child):
                yield _Line("\t".join(str(cell).replace("\n", " ") for cell in cells if cell))
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _lines(child, headings)


def _text(paragraph: Element) -> str:
    """Return a paragraph's text as last seen: insertions in, deletions and text boxes out."""
    pieces: list[str] = []
    for child in paragraph:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            pieces.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif child.tag not in (
            f"{_W}pPr",
            f"{_W}rPr",
            f"{_W}del",
            f"{_W}moveFrom",
            f"{_W}txbxContent",
            _FALLBACK,
        ):
            pieces.append(_text(child))
    return "".join(pieces)


def _grid(table: Element) -> Grid:
    """Return a table's cells; one merged downwards counts for each of its rows."""
    grid: list[tuple[int, list[object]]] = []
    above: list[object] = []
    for number, row in enumerate(table.findall(f"{_W}tr"), 1):
        cells: list[object] = []
        for cell in row.iter(f"{_W}tc"):
            if _table_of(cell) is not table:
                continue
            properties = cell.find(f"{_W}tcPr")
            merged = properties.find(f"{_W}vMerge") if properties is not None else None
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            continued = merged is not None and merged.get(f"{_W}val") != "restart"
            if continued and len(cells) < len(above):
                cells.append(above[len(cells)])
            else:
                cells.append("\n".join(_text(p) for p in cell.iter(f"{_W}p")).strip() or None)
            said = (span.get(f"{_W}val") or "") if span is not None else ""
            width = int(said) if _WIDTH.fullmatch(said) else 1
            cells += [None] * (min(width, 100) - 1)
        grid.append((number, cells))
        above = cells
    return grid


def _inside_table(table: Element) -> bool:
    return _table_of(table) is not None


def _table_of(element: Element) -> Element:
    return next(element.iterancestors(f"{_W}tbl"), None)
