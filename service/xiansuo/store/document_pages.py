"""Documents in pages, newest first, and their earlier versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, String, and_, cast, extract, func, literal, or_, select

from xiansuo.records import Document
from xiansuo.records.archive import ArchiveFilter
from xiansuo.store.documents import ACTIVE, Stored, stored_of
from xiansuo.store.moments import utc
from xiansuo.store.schema import document, earlier_version

_UNDATED = literal(dt.date(1, 1, 1), Date)
_DAY = func.coalesce(document.c.date, _UNDATED)


@dataclass(frozen=True, slots=True)
class Own:
    """By which author and unit documents are one's own; of others' only titles are searched unless `texts`."""

    author: str
    unit: str
    texts: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the day of its last document, None where it had none, and its number."""

    day: dt.date | None
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of a document, and when another took its place, in UTC."""

    version: int
    replaced_at: dt.datetime
    document: Document


def page(
    connection: Connection, wanted: ArchiveFilter, *, after: Place | None, limit: int, own: Own | None = None
) -> list[Stored]:
    """Read documents, newest first, the undated ones last; of one day in an order that does not change.

    :param own: whose eyes see: others' documents only where they are active; None sees all.
    """
    query = select(document).where(*_conditions(wanted, own))
    if after is not None:
        day = _UNDATED if after.day is None else literal(after.day, Date)
        query = query.where(or_(day > _DAY, and_(day == _DAY, document.c.number < after.number)))
    ordered = query.order_by(_DAY.desc(), document.c.number.desc()).limit(limit)
    return [stored_of(row) for row in connection.execute(ordered)]


def count(connection: Connection, wanted: ArchiveFilter, own: Own | None = None) -> int:
    """Count the documents that `page` would read in all."""
    query = select(func.count()).select_from(document).where(*_conditions(wanted, own))
    return int(connection.execute(query).scalar_one())


def years(connection: Connection) -> list[int]:
    """List the years in which active documents are dated, newest first."""
    year = extract("year", document.c.date)
    query = select(year).where(document.c.status == ACTIVE, document.c.date.is_not(None)).distinct()
    return sorted(map(int, connection.execute(query).scalars()), reverse=True)


def sectors(connection: Connection) -> list[str]:
    """List the sectors of active documents, in order of their names."""
    query = select(document.c.sector).where(document.c.status == ACTIVE, document.c.sector != "").distinct()
    return sorted(connection.execute(query).scalars())


def versions(connection: Connection, number: int) -> list[Version]:
    """Read the earlier versions of a document, oldest first."""
    query = select(earlier_version).where(earlier_version.c.number == number).order_by(earlier_version.c.version)
    return [
        Version(row.version, utc(row.replaced_at), Document.model_validate(row.record))
        for row in connection.execute(query)
    ]


def _conditions(wanted: ArchiveFilter, own: Own | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    theirs = None if own is None else and_(document.c.author == own.author, document.c.unit == own.unit)
    if theirs is not None:
        found.append(or_(document.c.status == ACTIVE, theirs))
    if wanted.standing is not None:
        found.append(document.c.status == wanted.standing.value)
    if wanted.kinds:
        found.append(document.c.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.years:
        found.append(extract("year", document.c.date).in_(wanted.years))
    if wanted.units:
        found.append(document.c.unit.in_(wanted.units))
    if wanted.sectors:
        found.append(document.c.sector.in_(wanted.sectors))
    if wanted.region:
        found.append(_holds(document.c.region, wanted.region))
    if wanted.adopted is not None:
        none = cast(document.c.adoptions, String) == "[]"
        found.append(~none if wanted.adopted else none)
    for word in wanted.words:
        in_text = _holds(document.c.text, word)
        if theirs is not None and own is not None and not own.texts:
            in_text = and_(theirs, in_text)
        found.append(or_(_holds(document.c.title, word), in_text, document.c.id == word))
    return found


def _holds(column: Any, word: str) -> ColumnElement[bool]:
    # Most words have no case; making all texts lower-case for them would take longer than to look through them.
    look = column.contains if word.lower() == word.upper() else column.icontains
    holds: ColumnElement[bool] = look(word, autoescape=True)
    return holds
