"""Excel workbooks: every sheet that has a header; merged cells count for each of their rows."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any, TypeAlias

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.limits import check_office_file
from xiansuo.ingest.rows import RawFile, RawRow
from xiansuo.ingest.tables import Grid, Header, find_header, no_header, only_header, rows_below

Book: TypeAlias = Any
Sheet: TypeAlias = Any
"""openpyxl has no types."""

_LABELS = {
    "text": "正文",
    "title": "标题",
    "date": "日期",
    "id": "编号",
    "author": "作者",
    "unit": "单位",
}
_WIDE = 3
"""A merged range over this many columns is a banner, not a value."""


def read_xlsx(path: Path) -> RawFile:
    """Read an .xlsx; `row` is the row of its sheet.

    :raises FileUnreadable: if it is damaged, has no sheet with a header, or nothing below it.
    """
    check_office_file(path)
    book = _load(path, data_only=True)
    formulas = _load(path, data_only=False) if _has_formulas(path) else None
    rows: list[RawRow] = []
    ignored: dict[str, None] = {}
    notes: list[str] = []
    headers = 0
    several = len(book.worksheets) > 1
    for sheet in book.worksheets:
        grid = _grid(sheet)
        header = find_header(grid)
        if header is None:
            if grid:
                notes.append(f"工作表“{sheet.title}”没有表头，已跳过")
            continue
        headers += 1
        ignored |= dict.fromkeys(header.assignment.ignored(header.names))
        place = f"工作表“{sheet.title}”" if several else ""
        missing = _missing(sheet, formulas[sheet.title] if formulas else None, header)
        rows += rows_below(header, grid, place=place, notes=missing)
    if not headers:
        raise no_header(path.name)
    if not rows:
        raise only_header(path.name)
    return RawFile(rows, tuple(ignored), notes)


def _load(path: Path, *, data_only: bool) -> Book:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # It warns of every extension it does not know; none of them holds text.
            warnings.simplefilter("ignore")
            return load_workbook(path, data_only=data_only, keep_links=False)
    except Exception as error:  # whatever a damaged part makes it stumble over
        raise FileUnreadable(
            f"“{path.name}”已损坏，或不是真正的 Excel 文件。", advice="请用 Excel 打开后另存一份。"
        ) from error


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(b"<f>" in data or b"<f " in data for data in map(archive.read, sheets))


def _grid(sheet: Sheet) -> Grid:
    """Rows that hold anything."""
    # Not by `iter_rows`, which makes a million cells for a stray one at the bottom.
    banners = {r.min_row for r in sheet.merged_cells.ranges if r.max_col - r.min_col + 1 >= _WIDE}
    rows: dict[int, dict[int, object]] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None:
            value = None if cell.data_type == "e" else cell.value
            rows.setdefault(row, {})[column] = value
    present = sorted(rows)
    for merged in sheet.merged_cells.ranges:
        value = rows.get(merged.min_row, {}).get(merged.min_col)
        if value is not None and merged.max_row > merged.min_row:
            for row in present:
                if merged.min_row < row <= merged.max_row:
                    rows[row].setdefault(merged.min_col, value)
    grid = []
    for row in present:
        cells = rows[row]
        if row in banners and len(cells) == 1:
            continue
        grid.append((row, [cells.get(column) for column in range(1, max(cells) + 1)]))
    return grid


def _missing(sheet: Sheet, formulas: Sheet, header: Header) -> dict[tuple[int, str], str]:
    """Cells whose value was never computed or is an error, by row and field, with what to say."""
    said: dict[tuple[int, str], str] = {}
    for column, field in enumerate(header.assignment.fields, 1):
        if field is None:
            continue
        name = _LABELS.get(field) or str(header.names[column - 1]).strip()
        for (row, place), cell in sheet._cells.items():
            if place == column and cell.data_type == "e":
                said[row, field] = f"{name}的公式出错（{cell.value}）"
        for (row, place), cell in formulas._cells.items() if formulas is not None else ():
            if place == column and cell.data_type == "f" and sheet.cell(row, place).value is None:
                said[row, field] = f"{name}是公式，文件里没有算好的值；请用 Excel 打开后保存一次"
    return said
