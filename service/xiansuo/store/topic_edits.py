"""What editors did to topics: added, undone, never changed otherwise and never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from xiansuo.records import TopicEdit
from xiansuo.store.moments import utc
from xiansuo.store.schema import topic_edit


def add(connection: Connection, made: TopicEdit) -> int:
    """Store an edit; the id that it has is not looked at.

    :return: its id.
    """
    row = {**made.model_dump(mode="json", exclude={"id", "at", "undone_at"}), "at": utc(made.at), "undone_at": None}
    return int(connection.execute(insert(topic_edit).values(row).returning(topic_edit.c.id)).scalar_one())


def undo(connection: Connection, id: int, by: str, at: dt.datetime) -> None:
    """Mark an edit as undone; one that is undone already stays as it is."""
    standing_one = topic_edit.c.id == id, topic_edit.c.undone_at.is_(None)
    connection.execute(update(topic_edit).where(*standing_one).values(undone_at=utc(at), undone_by=by))


def get(connection: Connection, id: int) -> TopicEdit | None:
    """Read an edit, undone or not, or None."""
    row = connection.execute(select(topic_edit).where(topic_edit.c.id == id)).one_or_none()
    return None if row is None else _read(row)


def every(connection: Connection) -> list[TopicEdit]:
    """Read all edits, the undone ones too, oldest first."""
    return [_read(row) for row in connection.execute(select(topic_edit).order_by(topic_edit.c.id))]


def latest(connection: Connection, limit: int, *, before: int | None = None) -> list[TopicEdit]:
    """Read edits, newest first, the undone ones too; only those with ids below `before`, where given."""
    query = select(topic_edit).order_by(topic_edit.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(topic_edit.c.id < before)
    return [_read(row) for row in connection.execute(query)]


def standing(connection: Connection) -> list[TopicEdit]:
    """Read the edits that are not undone, oldest first."""
    return [edit for edit in every(connection) if edit.undone_at is None]


def _read(row: Row[Any]) -> TopicEdit:
    values = dict(row._mapping)
    for name in ("at", "undone_at"):
        values[name] = values[name] and utc(values[name])
    return TopicEdit.model_validate(values)
