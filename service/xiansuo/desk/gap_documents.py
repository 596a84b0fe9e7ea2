"""What stands behind one cell of the gaps: the documents on a theme, in all or in one column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.document_line import DocumentLine
from xiansuo.desk.gap_board import By, GapBoard, column_name, gap_board
from xiansuo.desk.lines_by_id import lines_by_id
from xiansuo.errors import NotFound
from xiansuo.recommend.gap_table import Row, Step, period_label, period_of
from xiansuo.store import heads
from xiansuo.store.heads import Head

_MOST = 500


@dataclass(frozen=True, slots=True)
class GapDocuments:
    """A theme's row and the documents on it in one column, latest first; `column` is empty for all.

    `label` is what the column is called on the screen.
    """

    board: GapBoard
    row: Row
    column: str
    label: str
    documents: tuple[DocumentLine, ...]


def gap_documents(
    desk: Desk, theme: str, *, now: dt.date, by: By = "time", column: str = "", version: str | None = None
) -> GapDocuments:
    """List the documents that the gaps count for a theme.

    :param column: a column of the board, such as 2026-03, 2026-Q1 or a unit's name; all where none is named.
    :raises NotFound: there is no such theme or version.
    """
    board = gap_board(desk, now=now, by=by, version=version)
    row = next((row for row in board.rows if row.gap.theme.id == theme), None)
    if row is None:
        raise NotFound(f"没有编号为“{theme}”的中心工作。", advice="请从空白图或中心工作清单里点开。")
    with desk.database.read() as connection:
        listed = heads.listed(connection, now, references=False)
        known = heads.by_id(connection, [listed[id] for id in row.gap.documents if id in listed])
    ids = [id for id in row.gap.documents if id in known and (not column or _within(known[id], by, column))]
    ids.sort(key=lambda id: _latest(known, id), reverse=True)
    label = period_label(column) if by == "time" and _is_period(column) else column
    return GapDocuments(board, row, column, label, lines_by_id(desk, ids, now=now, limit=_MOST))


def _latest(known: Mapping[str, Head], id: str) -> tuple[dt.date, str]:
    return known[id].date or dt.date.min, id


def _within(head: Head, by: By, column: str) -> bool:
    if by != "time":
        return column_name(head, by) == column
    step: Step = "quarter" if "Q" in column else "month"
    return head.date is not None and period_of(head.date, step) == column


def _is_period(column: str) -> bool:
    year, _, part = column.partition("-")
    number = part.removeprefix("Q")
    most = 4 if part.startswith("Q") else 12
    return year.isdecimal() and number.isdecimal() and len(number) <= 2 and 1 <= int(number) <= most
