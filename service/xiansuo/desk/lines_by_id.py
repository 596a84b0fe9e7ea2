"""Documents in lines, by their ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xiansuo.desk.desk import Desk
from xiansuo.desk.document_line import DocumentLine, document_line
from xiansuo.store import documents, heads


def lines_by_id(desk: Desk, ids: Sequence[str], *, now: dt.date, limit: int) -> tuple[DocumentLine, ...]:
    """Read active documents not dated later than a day, in the order given, at most `limit`; the others are missing."""
    with desk.database.read() as connection:
        listed = heads.listed(connection, now, references=True)
        wanted = [id for id in ids if id in listed][:limit]
        lines = {
            line.id: line for line in map(document_line, documents.read(connection, [listed[id] for id in wanted]))
        }
    return tuple(lines[id] for id in wanted if id in lines)
