"""Merge documents (合并): an editor's act that hides nothing, keeps every contributor, and can be undone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.facts import Contributor, Facts, contributor, facts
from xiansuo.errors import InputError, NotFound
from xiansuo.records import Document, Merging
from xiansuo.store import documents, mergings
from xiansuo.store.database import Connection


def merge(desk: Desk, canonical: str, members: Sequence[str], *, by: str, now: dt.datetime) -> Merging:
    """Put documents under a canonical one; what is there already changes nothing.

    Every document stays stored and is still found; what was merged into a member comes along with it.

    :param members: ids of the other documents, in any order.
    :raises NotFound: there is no such document.
    :raises InputError: nobody's name is given, there is nothing to merge, or one of them was merged into another.
    """
    by = editor_name(by, "合并")
    wanted = sorted(set(members) - {canonical})
    if not wanted:
        raise InputError("没有要并入的材料。", advice="请写明至少一份并入的材料，不能只是代表稿自己。")
    with desk.database.write() as connection:
        for id in (canonical, *wanted):
            if documents.by_id(connection, id) is None:
                raise NotFound(f"档案里没有编号为“{id}”的材料。")
        standing = mergings.standing(connection)
        into = {member: each for each in standing for member in each.members}
        if canonical in into:
            raise InputError(
                f"“{canonical}”已经并入“{into[canonical].canonical}”，不能再作代表稿。",
                advice="请并入那一份，或先撤销原来的合并。",
            )
        for id in wanted:
            if id in into and into[id].canonical != canonical:
                raise InputError(f"“{id}”已经并入“{into[id].canonical}”。", advice="请先撤销原来的合并。")
        fresh = tuple(id for id in wanted if id not in into)
        if not fresh:
            return into[wanted[0]]
        made = Merging(id=0, canonical=canonical, members=fresh, by=by, at=now)
        number = mergings.add(connection, made)
        return _found(mergings.get(connection, number), number)


def undo(desk: Desk, id: int, *, by: str, now: dt.datetime) -> Merging:
    """Undo a merging; it stays as history.

    :raises NotFound: there is no such merging.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, "合并")
    with desk.database.write() as connection:
        mergings.undo(connection, id, by, now)
        return _found(mergings.get(connection, id), id)


def heads(standing: Iterable[Merging]) -> dict[str, str]:
    """Tell for every merged document which one it is shown under now, also where that was merged in turn."""
    into = {member: each.canonical for each in standing for member in each.members}
    found = {}
    for id in into:
        head = id
        while head in into:
            head = into[head]
        found[id] = head
    return found


def told(connection: Connection, records: Sequence[Document]) -> dict[str, Facts]:
    """Gather the facts of documents by id, each with the contributors of what was merged into it."""
    below: dict[str, list[str]] = defaultdict(list)
    for id, head in sorted(heads(mergings.standing(connection)).items()):
        below[head].append(id)
    gathered = {}
    for record in records:
        found = facts(record)
        merged = [stored.document for id in below.get(record.id, ()) if (stored := documents.by_id(connection, id))]
        gathered[record.id] = replace(found, contributors=contributors([record, *merged])) if merged else found
    return gathered


def contributors(records: Iterable[Document]) -> tuple[Contributor, ...]:
    """List who contributed what, earliest first."""
    ordered = sorted(records, key=lambda record: (record.date or dt.date.max, record.id))
    return tuple(contributor(record) for record in ordered)


def _found(made: Merging | None, id: int) -> Merging:
    if made is None:
        raise NotFound(f"没有第 {id} 号合并。", advice="编号在合并时的回答里。")
    return made
