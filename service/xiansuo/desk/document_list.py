"""The archive as a list (档案): filtered, newest first, in pages that stay in order while others write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import TypeAdapter

from xiansuo.desk import sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.document_line import DocumentLine, document_line
from xiansuo.desk.office import office
from xiansuo.desk.paging import Number, Page, paged
from xiansuo.ingest.characters import clean, one_line
from xiansuo.records.accounts import Viewer
from xiansuo.records.archive import ArchiveFilter
from xiansuo.store import document_pages, documents
from xiansuo.store.document_pages import Own, Place
from xiansuo.store.documents import Stored

_MOST_WORDS = 10
_Where: TypeAlias = tuple[dt.date | None, Number]
_WHERE: TypeAdapter[_Where] = TypeAdapter(_Where)


@dataclass(frozen=True, slots=True)
class Choices:
    """The years, newest first, units and sectors of the documents that are active."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    sectors: tuple[str, ...]


def listed(
    desk: Desk, viewer: Viewer | None, wanted: ArchiveFilter | None = None, *, cursor: str = "", limit: int = 50
) -> Page[DocumentLine]:
    """List documents as somebody may see them.

    :param viewer: who asks; None is whoever sits at the machine, and sees all.
    :param cursor: what the page in front said.
    :raises InputError: the cursor is none of ours.
    """
    rules = office(desk)
    own = _own(viewer, texts=rules.texts)

    def read(where: _Where | None, most: int) -> list[Stored]:
        after = Place(*where) if where else None
        with desk.database.read() as connection:
            return document_pages.page(connection, wanted or ArchiveFilter(), after=after, limit=most, own=own)

    found = paged("documents", cursor, limit, _WHERE, read, lambda each: (each.document.date, each.number))
    lines = map(document_line, found.items)
    seen = lines if viewer is None else (sight.document_line(viewer, each, rules) for each in lines)
    return Page(tuple(seen), found.next)


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
