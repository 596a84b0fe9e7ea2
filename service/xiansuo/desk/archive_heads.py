"""What is said of all documents beside their texts, kept in memory: only what has changed since is read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from xiansuo.desk.desk import Desk
from xiansuo.store import documents, heads
from xiansuo.store.database import Connection
from xiansuo.store.heads import Head


@dataclass(frozen=True, slots=True)
class _Known:
    """All active documents by number, ascending, as they stood after a change, and that change's mark."""

    seq: int = 0
    mark: str = ""
    heads: dict[int, Head] = field(default_factory=dict)


def heads_until(desk: Desk, connection: Connection, now: dt.date) -> dict[int, Head]:
    """Read what is said of all active documents not dated later than a day, references too, by number, ascending."""
    kept = desk.remembered("heads", "", lambda: [_Known()])
    known = kept[0] = _followed(kept[0], connection)
    return {number: head for number, head in known.heads.items() if head.date is None or head.date <= now}


def _followed(known: _Known, connection: Connection) -> _Known:
    seq = documents.last_change(connection)
    mark = documents.mark_at(connection, seq)
    if (seq, mark) == (known.seq, known.mark):
        return known
    if documents.mark_at(connection, known.seq) != known.mark:
        known = _Known()  # another history led here, as when an older copy of the database was put back
    changed = documents.changes(connection, known.seq)
    found = {number: head for number, head in known.heads.items() if number not in changed}
    found |= heads.numbered(connection, [number for number, action in changed.items() if action == "put"])
    return _Known(seq, mark, dict(sorted(found.items())))
