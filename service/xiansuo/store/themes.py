"""Work themes by version; a new year's list never overwrites the old one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from xiansuo.records import WorkTheme
from xiansuo.store.schema import theme

_DERIVED = {"retired", "into"}
_FIELDS = tuple(field for field in WorkTheme.model_fields if field not in _DERIVED)


def put(connection: Connection, version: str, themes: Sequence[WorkTheme]) -> None:
    """Store a list of themes under a version, replacing what stood under it."""
    connection.execute(delete(theme).where(theme.c.version == version))
    rows = [
        {
            **item.model_dump(mode="json", exclude=_DERIVED),
            "since": item.since,
            "until": item.until,
            "version": version,
            "position": i,
        }
        for i, item in enumerate(themes)
    ]
    if rows:
        connection.execute(insert(theme), rows)


def versions(connection: Connection) -> list[str]:
    """List the versions: those without dates first, since somebody wants them to hold, then the latest start."""
    newest_first = func.max(theme.c.since).desc().nulls_first(), theme.c.version.desc()
    query = select(theme.c.version).group_by(theme.c.version).order_by(*newest_first)
    return list(connection.execute(query).scalars())


def read(connection: Connection, version: str | None = None) -> list[WorkTheme]:
    """Read one version's themes in their order; the newest version's if none is named."""
    if version is None:
        known = versions(connection)
        if not known:
            return []
        version = known[0]
    query = select(theme).where(theme.c.version == version).order_by(theme.c.position)
    return [
        WorkTheme.model_validate({field: row[field] for field in _FIELDS})
        for row in connection.execute(query).mappings()
    ]
