"""What somebody has written, and how much."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, or_, select

from xiansuo.records import Kind
from xiansuo.store.documents import ACTIVE
from xiansuo.store.schema import document


def counted(connection: Connection, name: str, until: dt.date) -> tuple[int, int]:
    """Count the active documents of an author and of a unit of this name that are not dated later than a day.

    References do not count: nobody wrote them for the office.
    """
    query = select(func.count()).where(
        document.c.status == ACTIVE,
        document.c.kind != Kind.REFERENCE.value,
        or_(document.c.date.is_(None), document.c.date <= until),
    )
    by = (
        connection.execute(query.where(column == name)).scalar_one() for column in (document.c.author, document.c.unit)
    )
    author, unit = by
    return author, unit


def latest_by(connection: Connection, until: dt.date, *, author: str, unit: str, limit: int) -> list[int]:
    """Find the latest active documents by an author or a unit, not dated later than a day: their numbers.

    :param author: and `unit`: what is empty is not looked for.
    """
    by = [column == name for column, name in ((document.c.author, author), (document.c.unit, unit)) if name]
    if not by:
        return []
    query = select(document.c.number).where(
        document.c.status == ACTIVE, or_(*by), or_(document.c.date.is_(None), document.c.date <= until)
    )
    latest = query.order_by(document.c.date.desc().nulls_last(), document.c.id.desc()).limit(limit)
    return list(connection.execute(latest).scalars())


def by_author(connection: Connection, author: str, unit: str, *, until: dt.date, limit: int) -> list[int]:
    """Find the latest active documents of one person, not dated later than a day: their numbers.

    References do not count.

    :param unit: of the person: documents that name another one are somebody else's. Empty where it is not known.
    """
    query = select(document.c.number).where(
        document.c.status == ACTIVE,
        document.c.kind != Kind.REFERENCE.value,
        document.c.author == author,
        or_(document.c.date.is_(None), document.c.date <= until),
    )
    if unit:
        query = query.where(document.c.unit.in_(("", unit)))
    latest = query.order_by(document.c.date.desc().nulls_last(), document.c.id.desc()).limit(limit)
    return list(connection.execute(latest).scalars())
