"""What is said of documents beside their texts: many of them in little time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Text, case, cast, null, or_, select

from xiansuo.records import Grade, Kind, Level, Team
from xiansuo.store.documents import ACTIVE, chunks
from xiansuo.store.schema import document

_KINDS = {kind.value: kind for kind in Kind}
_LEVELS = {level.value: level for level in Level}
_TEAMS = {team.value: team for team in Team}
_GRADES = {grade.value: grade for grade in Grade}


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a document beside its text; `text` is there only where nobody's name and no unit is given.

    `adopted` are the levels that adopted it, `adopted_on` the days of that in the same order.
    """

    id: str
    kind: Kind
    title: str
    author: str
    unit: str
    region: str
    date: dt.date | None
    adopted: tuple[Level, ...]
    instructed: bool
    replied: bool
    grade: Grade | None
    text: str
    sector: str = ""
    team: Team | None = None
    adopted_on: tuple[dt.date | None, ...] = ()


def listed(connection: Connection, until: dt.date, *, references: bool) -> dict[str, int]:
    """List the active documents that are not dated later than a day: their numbers by their ids.

    :param references: whether references are among them.
    """
    query = select(document.c.id, document.c.number).where(
        document.c.status == ACTIVE, or_(document.c.date.is_(None), document.c.date <= until)
    )
    if not references:
        query = query.where(document.c.kind != Kind.REFERENCE.value)
    return {id: number for id, number in connection.execute(query.order_by(document.c.number)).all()}


def by_id(connection: Connection, numbers: Collection[int]) -> dict[str, Head]:
    """Read what is said of active documents beside their texts, by id, in the order of their numbers."""
    return {head.id: head for head in read(connection, numbers)}


def numbered(connection: Connection, numbers: Collection[int]) -> dict[int, Head]:
    """Read the same by number, ascending."""
    return dict(_rows(connection, numbers))


def first_day(connection: Connection, numbers: Collection[int]) -> dt.date | None:
    """Tell the day of the earliest of some active documents, None where none has a date."""
    wanted = set(numbers)
    query = select(document.c.number, document.c.date).where(document.c.status == ACTIVE, document.c.date.is_not(None))
    # One of the first days is nearly always theirs: that is sooner found than all of them are asked for.
    with connection.execute(query.order_by(document.c.date)) as found:
        return next((day for number, day in found if number in wanted), None)


def ids(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Look up the ids of active documents by their numbers."""
    query = select(document.c.number, document.c.id).where(document.c.status == ACTIVE)
    return {
        number: id
        for chunk in chunks(sorted(numbers))
        for number, id in connection.execute(query.where(document.c.number.in_(chunk))).all()
    }


def read(connection: Connection, numbers: Collection[int]) -> Iterator[Head]:
    """Read what is said of active documents beside their texts, by number; several times as fast as reading all."""
    return (head for _, head in _rows(connection, numbers))


def _rows(connection: Connection, numbers: Collection[int]) -> Iterator[tuple[int, Head]]:
    unsigned = (document.c.author == "") & (document.c.unit == "")
    columns = [
        document.c[name] for name in ("id", "kind", "title", "author", "unit", "region", "date", "sector", "team")
    ]
    told = map(_unless_empty, (document.c.adoptions, document.c.instructions, document.c.replies))
    query = select(document.c.number, *columns, *told, case((unsigned, document.c.text), else_="").label("text"))
    for chunk in chunks(sorted(numbers)):
        some = query.where(document.c.status == ACTIVE, document.c.number.in_(chunk)).order_by(document.c.number)
        for row in connection.execute(some).all():
            adoptions, replies = row.adoptions or (), row.replies
            yield (
                row.number,
                Head(
                    row.id,
                    _KINDS[row.kind],
                    row.title,
                    row.author,
                    row.unit,
                    row.region,
                    row.date,
                    tuple(_LEVELS[each["level"]] for each in adoptions),
                    bool(row.instructions),
                    bool(replies),
                    _GRADES.get(replies[-1]["grade"]) if replies else None,
                    row.text,
                    row.sector,
                    _TEAMS.get(row.team),
                    tuple(dt.date.fromisoformat(day) if (day := each["date"]) else None for each in adoptions),
                ),
            )


def _unless_empty(column: Column[Any]) -> ColumnElement[Any]:
    # Most lists are empty, and reading one as JSON takes as long as all the rest of its row.
    return case((cast(column, Text) == "[]", null()), else_=column).label(column.name)
