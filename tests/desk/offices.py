"""An office with some matters of the demo corpus: enough for topics that stay, small enough to be quick."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests import corpus, matters
from tests.desk.archives import Grams
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import FOUND, Found, find_topics
from xiansuo.desk.importing import import_path
from xiansuo.settings import Settings
from xiansuo.store import documents, heads

NOW = dt.date(2026, 11, 1)
MOMENT = dt.datetime.combine(NOW, dt.time(9), dt.UTC)
_MATTERS = ("M02", "M03", "M09", "M16", "M28")
_files = itertools.count()

Row = dict[str, Any]


def rows() -> list[Row]:
    """Read the demo documents on some matters."""
    wanted = {row["id"] for row in corpus.rows("gold/matters.jsonl") if row["matter"] in _MATTERS}
    return [row for row in corpus.rows("documents.jsonl") if row["id"] in wanted and row.get("kind") != "reference"]


def halves() -> tuple[list[Row], list[Row]]:
    """Put some of them aside, of every matter some."""
    every = rows()
    return [row for n, row in enumerate(every) if n % 12], every[::12]


def office(home: Path) -> Desk:
    """Open a home with a stand-in encoder."""
    desk = Desk(Settings(home=home))
    desk._encoder = Grams()
    return desk


def take(desk: Desk, told: Sequence[Row]) -> Desk:
    """Import documents."""
    if told:
        path = desk.settings.home / "来稿" / f"{next(_files)}.jsonl"
        import_path(desk, matters.write(path, told), now=MOMENT)
    return desk


def withdraw(desk: Desk, ids: Iterable[str], status: str = "withdrawn") -> None:
    """Withdraw documents, or let them return."""
    with desk.database.write() as connection:
        for known in documents.known(connection, ids).values():
            documents.set_status(connection, known.number, status)


def told(found: Found) -> bytes:
    """All that was found but the run's own id."""
    return FOUND.dump_json(found, exclude={"run"})


def answered(found: Found) -> list[str]:
    """The documents that have an answer, as often as they have one."""
    return sorted([id for ids in found.topics.values() for id in ids] + [each.id for each in found.loose])


def groups(found: Found) -> set[frozenset[str]]:
    """The documents of each topic."""
    return {frozenset(ids) for ids in found.topics.values()}


def ids(told_of: Sequence[Row]) -> list[str]:
    """The ids of rows."""
    return sorted(row["id"] for row in told_of)


def find(desk: Desk, day: dt.date = NOW) -> Found:
    found = find_topics(desk, now=day)
    assert len(found.topics) == len(found.named), "ids are unique"
    names = [each.name for each in found.named]
    assert len(set(names)) == len(names)
    with desk.database.read() as connection:
        assert answered(found) == sorted(heads.listed(connection, day, references=False))
    return found


def of(found: Found, id: str) -> frozenset[str]:
    """The documents of the topic that a document is in."""
    return next((group for group in groups(found) if id in group), frozenset())
