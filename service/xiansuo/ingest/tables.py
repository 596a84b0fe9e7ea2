"""Tables: where the header is, what each column fills, one text a row. CSV files too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.columns import Assignment, assign
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.limits import MAX_FILE_BYTES, read_bytes
from xiansuo.ingest.rows import RawFile, RawRow

HEADER_WITHIN = 10
"""Rows at the top among which the header is looked for; banners and notes stand above it."""
_DELIMITERS = (",", "\t", ";", "，", "|")

Grid = Sequence[tuple[int, Sequence[object]]]
"""Rows of cells, each with its number as the program shows it."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: its place in the grid, what it says and what that means."""

    place: int
    names: tuple[object, ...]
    assignment: Assignment


def find_header(grid: Grid) -> Header | None:
    """Find the row that names most fields: at least the text, or the title and one more."""
    best: Header | None = None
    for place, (_, cells) in enumerate(grid[:HEADER_WITHIN]):
        assignment = assign(cells)
        if not (assignment.holds("text") or (assignment.holds("title") and assignment.recognised > 1)):
            continue
        if best is None or assignment.recognised > best.assignment.recognised:
            best = Header(place, tuple(cells), assignment)
    return best


def rows_below(
    header: Header,
    grid: Grid,
    *,
    place: str = "",
    notes: Mapping[tuple[int, str], str] | None = None,
) -> Iterable[RawRow]:
    """Make a row of each line below the header; empty lines and repeated headers are passed over.

    :param notes: what to tell about a cell, by row number and field; for a text cell it says
        why there is no text.
    """
    fields = header.assignment.fields
    for number, cells in grid[header.place + 1 :]:
        # What stands beyond the header's columns has no name.
        found = {
            field: value
            for field, value in zip(fields, cells, strict=False)
            if field is not None and value is not None and value != "" and not _blank(value)
        }
        said = {field: notes[number, field] for field in fields if field and (number, field) in notes} if notes else {}
        if not (found or said) or tuple(cells) == header.names:
            continue
        yield RawRow(found, number, place, problem=said.pop("text", ""), notes=tuple(said.values()))


def read_csv(path: Path) -> RawFile:
    """Read a .csv; `row` counts records as a spreadsheet shows them, the header included.

    :raises FileUnreadable: without a header that can be recognised, or with nothing below it.
    """
    decoded = decode(read_bytes(path), path.name)
    notes: list[str] = []
    grid, header = _best_grid(decoded.text)
    if header is None:
        raise no_header(path.name)
    # A quote that is never closed swallows the rows behind it.
    if decoded.text.count('"') % 2:
        notes.append("引号不成对，可能有几行被并成一行，请检查")
    rows = list(rows_below(header, grid))
    if not rows:
        raise only_header(path.name)
    return RawFile(rows, header.assignment.ignored(header.names), notes, decoded.lost)


def no_header(name: str) -> FileUnreadable:
    """Make the error for a table without header."""
    return FileUnreadable(
        f"“{name}”里找不到表头。",
        advice=f"前 {HEADER_WITHIN} 行里要有一行写明各列名称，至少有“标题”和“正文”。",
    )


def only_header(name: str) -> FileUnreadable:
    """Make the error for a table with nothing below its header."""
    return FileUnreadable(f"“{name}”只有表头，没有内容。", advice="请检查是否导出完整。")


def _best_grid(text: str) -> tuple[list[tuple[int, list[str]]], Header | None]:
    """Cut by the delimiter that makes most of the header; only the top is tried with each."""
    # The module's own limit of 131,072 characters a field would stop the rows behind a long one.
    csv.field_size_limit(MAX_FILE_BYTES)
    best, recognised = ",", 0
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        top = [(i, cells) for i, cells in zip(range(1, HEADER_WITHIN + 1), reader, strict=False)]
        header = find_header(top)
        if header and header.assignment.recognised > recognised:
            best, recognised = delimiter, header.assignment.recognised
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best)
    grid = list(enumerate(reader, 1))
    return grid, find_header(grid)


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()
