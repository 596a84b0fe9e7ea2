"""What documents have to do with the themes, kept in memory: only what has changed since is read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from xiansuo.desk.desk import Desk
from xiansuo.recommend.aligning.alignment import Alignment
from xiansuo.records import WorkTheme
from xiansuo.store import alignments, documents
from xiansuo.store.alignments import KeptAlignment
from xiansuo.store.database import Connection


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read after a change with this mark, by number: what is about a theme, and the words that all say."""

    seq: int = 0
    mark: str = ""
    about: dict[int, Alignment] = field(default_factory=dict)
    said: dict[int, tuple[str, bytes]] = field(default_factory=dict)


def alignments_again(
    desk: Desk, connection: Connection, ground: str, themes: Sequence[WorkTheme], now: dt.date, least: float
) -> tuple[dict[str, Alignment], tuple[tuple[str, bytes], ...]]:
    """Read what is judged by a ground and not dated later than a day, in the order of ids.

    :param least: probability from which a document is about its theme.
    :return: what is about a theme by id, and the id of each document with the words that it says.
    """
    kept = desk.remembered("alignments", (ground, now, least, tuple(themes)), lambda: [_Known()])
    known = kept[0]
    if documents.mark_at(connection, known.seq) != known.mark:
        known = _Known()  # another history led here, as when an older copy of the database was put back
    # Later changes than these may not be judged yet: they are read again the next time.
    seq = alignments.seq_of(connection, ground)
    changed = documents.changes(connection, known.seq).keys() if known.said else None
    rows = [row for row in alignments.of(connection, ground, changed) if row.date is None or row.date <= now]
    gone = changed or ()
    about = {number: each for number, each in known.about.items() if number not in gone}
    said = {number: each for number, each in known.said.items() if number not in gone}
    about |= {row.number: _alignment(row, themes) for row in rows if row.probability >= least}
    said |= {row.number: (row.document, row.said) for row in rows}
    kept[0] = _Known(seq, documents.mark_at(connection, seq), about, said)
    found = {each.document: each for each in sorted(about.values(), key=lambda each: each.document)}
    return found, tuple(sorted(said.values()))


def _alignment(row: KeptAlignment, themes: Sequence[WorkTheme]) -> Alignment:
    theme = themes[row.theme]
    keywords = tuple(row.keywords.split("\n")) if row.keywords else ()
    return Alignment(row.document, theme, row.probability, keywords, row.passage, row.clause or theme.name)
