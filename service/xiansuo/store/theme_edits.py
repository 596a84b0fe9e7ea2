"""What editors did to work themes: added, undone, never changed otherwise and never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from xiansuo.records import ThemeEdit
from xiansuo.store.moments import utc
from xiansuo.store.schema import theme_edit


def add(connection: Connection, made: ThemeEdit) -> int:
    """Store an edit; the id that it has is not looked at.

    :return: its id.
    """
    row = {**made.model_dump(mode="json", exclude={"id", "at", "undone_at"}), "at": utc(made.at), "undone_at": None}
    return int(connection.execute(insert(theme_edit).values(row).returning(theme_edit.c.id)).scalar_one())


def undo(connection: Connection, id: int, by: str, at: dt.datetime) -> None:
    """Mark an edit as undone; one that is undone already stays as it is."""
    standing_one = theme_edit.c.id == id, theme_edit.c.undone_at.is_(None)
    connection.execute(update(theme_edit).where(*standing_one).values(undone_at=utc(at), undone_by=by))


def get(connection: Connection, id: int) -> ThemeEdit | None:
    """Read an edit, undone or not, or None."""
    row = connection.execute(select(theme_edit).where(theme_edit.c.id == id)).one_or_none()
    return None if row is None else _read(row)


def every(connection: Connection, version: str | None = None) -> list[ThemeEdit]:
    """Read all edits of a version, of all versions if none is named, the undone ones too, oldest first."""
    query = select(theme_edit).order_by(theme_edit.c.id)
    if version is not None:
        query = query.where(theme_edit.c.version == version)
    return [_read(row) for row in connection.execute(query)]


def latest(
    connection: Connection, limit: int, *, version: str | None = None, before: int | None = None
) -> list[ThemeEdit]:
    """Read edits of a version or of all, newest first, the undone too; only with ids below `before`, where given."""
    query = select(theme_edit).order_by(theme_edit.c.id.desc()).limit(limit)
    if version is not None:
        query = query.where(theme_edit.c.version == version)
    if before is not None:
        query = query.where(theme_edit.c.id < before)
    return [_read(row) for row in connection.execute(query)]


def standing(connection: Connection, version: str) -> list[ThemeEdit]:
    """Read the edits of a version that are not undone, oldest first."""
    return [edit for edit in every(connection, version) if edit.undone_at is None]


def _read(row: Row[Any]) -> ThemeEdit:
    values = dict(row._mapping)
    for name in ("at", "undone_at"):
        values[name] = values[name] and utc(values[name])
    return ThemeEdit.model_validate(values)
