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
from xiansuo.store import document_pages
from xiansuo.store.document_pages import Own, Place
from xiansuo.store.documents import Stored

_MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Some documents; `next` asks for those behind them, None where there are no more."""

    items: tuple[DocumentLine, ...]
    next: str | None


def listed(
    desk: Desk, viewer: Viewer, wanted: ArchiveFilter | None = None, *, cursor: str = "", limit: int = 50
) -> DocumentList:
    """List documents as somebody may see them.

    :param cursor: what the page in front said.
    :raises InputError: the cursor is none of ours.
    """
    rules = office(desk)
    own = _own(viewer, texts=rules.texts)
    after = _place(cursor) if cursor else None
    with desk.database.read() as connection:
        found = document_pages.page(connection, wanted or ArchiveFilter(), after=after, limit=limit + 1, own=own)
    lines = tuple(sight.document_line(viewer, document_line(each), rules) for each in found[:limit])
    return DocumentList(lines, _cursor(found[limit - 1]) if len(found) > limit else None)


def counted(desk: Desk, viewer: Viewer, wanted: ArchiveFilter) -> int:
    """Count the documents that somebody may see of those that are asked for."""
    own = _own(viewer, texts=office(desk).texts)
    with desk.database.read() as connection:
        return document_pages.count(connection, wanted, own)


def words_of(typed: str) -> tuple[str, ...]:
    """Take what was typed into a search box apart at blanks; the first ten words."""
    return tuple(dict.fromkeys(one_line(clean(typed)[0]).split()))[:_MOST_WORDS]


def _own(viewer: Viewer, *, texts: bool) -> Own | None:
    return None if viewer.edits else Own(viewer.name, viewer.unit, texts)


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
