"""Mergings of documents by editors: added, undone, never changed otherwise and never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from xiansuo.records import Merging
from xiansuo.store.moments import utc
from xiansuo.store.schema import merging


def add(connection: Connection, made: Merging) -> int:
    """Store a merging; the id that it has is not looked at.

    :return: its id.
    """
    row: dict[str, Any] = {**made.model_dump(exclude={"id"}), "at": utc(made.at), "members": list(made.members)}
    return int(connection.execute(insert(merging).values(row).returning(merging.c.id)).scalar_one())


def undo(connection: Connection, id: int, by: str, at: dt.datetime) -> None:
    """Mark a merging as undone; one that is undone already stays as it is."""
    standing_one = merging.c.id == id, merging.c.undone_at.is_(None)
    connection.execute(update(merging).where(*standing_one).values(undone_at=utc(at), undone_by=by))


def get(connection: Connection, id: int) -> Merging | None:
    """Read a merging, undone or not, or None."""
    row = connection.execute(select(merging).where(merging.c.id == id)).one_or_none()
    return None if row is None else _read(row)


def standing(connection: Connection) -> list[Merging]:
    """Read the mergings that are not undone, oldest first."""
    query = select(merging).where(merging.c.undone_at.is_(None)).order_by(merging.c.id)
    return [_read(row) for row in connection.execute(query)]


def _read(row: Row[Any]) -> Merging:
    values = dict(row._mapping)
    for name in ("at", "undone_at"):
        values[name] = values[name] and utc(values[name])
    return Merging.model_validate(values)
