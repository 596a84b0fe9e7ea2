"""What editors have merged and may undo (已合并的), the newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts, facts
from xiansuo.store import documents, mergings


@dataclass(frozen=True, slots=True)
class Merged:
    """A merging that stands: under which document, what, by whom and when."""

    id: int
    canonical: Facts
    members: tuple[Facts, ...]
    by: str
    at: dt.datetime


def merged(desk: Desk, limit: int = 20) -> tuple[Merged, ...]:
    """List mergings that are not undone."""
    with desk.database.read() as connection:
        standing = mergings.standing(connection)[::-1][:limit]
        ids = {id for each in standing for id in (each.canonical, *each.members)}
        told = {id: facts(stored.document) for id in ids if (stored := documents.by_id(connection, id))}
    return tuple(
        Merged(each.id, told[each.canonical], tuple(told[id] for id in each.members if id in told), each.by, each.at)
        for each in standing
        if each.canonical in told
    )
