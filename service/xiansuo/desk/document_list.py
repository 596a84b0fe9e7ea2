"""The archive as a list (档案): filtered, newest first, in pages that stay in order while others write."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass

from xiansuo.desk import sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.document_line import DocumentLine, document_line
from xiansuo.desk.office import office
from xiansuo.errors import InputError
from xiansuo.ingest.characters import clean, one_line
from xiansuo.records.accounts import Viewer
from xiansuo.records.archive import ArchiveFilter
from xiansuo.store import document_pages, documents
from xiansuo.store.document_pages import Own, Place
from xiansuo.store.documents import Stored

_MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Some documents; `next` asks for those behind them, None where there are no more."""

    items: tuple[DocumentLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Choices:
    """The years, newest first, units and sectors of the documents that are active."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    sectors: tuple[str, ...]


def listed(
    desk: Desk, viewer: Viewer | None, wanted: ArchiveFilter | None = None, *, cursor: str = "", limit: int = 50
) -> DocumentList:
    """List documents as somebody may see them.

    :param viewer: who asks; None is whoever sits at the machine, and sees all.
    :param cursor: what the page in front said.
    :raises InputError: the cursor is none of ours.
    """
    rules = office(desk)
    own = _own(viewer, texts=rules.texts)
    after = _place(cursor) if cursor else None
    with desk.database.read() as connection:
        found = document_pages.page(connection, wanted or ArchiveFilter(), after=after, limit=limit + 1, own=own)
    lines = map(document_line, found[:limit])
    seen = lines if viewer is None else (sight.document_line(viewer, each, rules) for each in lines)
    return DocumentList(tuple(seen), _cursor(found[limit - 1]) if len(found) > limit else None)


def counted(desk: Desk, viewer: Viewer, wanted: ArchiveFilter) -> int:
    """Count the documents that somebody may see of those that are asked for."""
    own = _own(viewer, texts=office(desk).texts)
    with desk.database.read() as connection:
        return document_pages.count(connection, wanted, own)


def choices(desk: Desk) -> Choices:
    """Tell what may be chosen to narrow the list."""
    with desk.database.read() as connection:
        return Choices(
            tuple(document_pages.years(connection)),
            tuple(documents.units(connection)),
            tuple(document_pages.sectors(connection)),
        )


def words_of(typed: str) -> tuple[str, ...]:
    """Take what was typed into a search box apart at blanks; the first ten words."""
    return tuple(dict.fromkeys(one_line(clean(typed)[0]).split()))[:_MOST_WORDS]


def _own(viewer: Viewer | None, *, texts: bool) -> Own | None:
    return None if viewer is None or viewer.edits else Own(viewer.name, viewer.unit, texts)


def _cursor(last: Stored) -> str:
    day = last.document.date
    told = json.dumps([day.isoformat() if day else "", last.number], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _place(cursor: str) -> Place:
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        match told:
            case [str(day), int(number)] if 0 <= number < 2**63:
                return Place(dt.date.fromisoformat(day) if day else None, number)
    except (ValueError, binascii.Error, RecursionError):
        pass
    raise InputError("翻页的标记不对。", advice="请从第一页重新翻起，标记原样用上一页给的 next。")
