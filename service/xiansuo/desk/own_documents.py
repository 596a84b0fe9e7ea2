"""What somebody has reported so far, and what became of it, by document and by year."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts, facts
from xiansuo.records import Document, Level
from xiansuo.store import documents, written

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class News:
    """An adoption or a reply; `said` is a Chinese phrase such as 市级采用."""

    date: dt.date | None
    id: str
    title: str
    said: str


@dataclass(frozen=True, slots=True)
class Year:
    """What was reported in a year, 0 where documents have no date, and what became of that.

    `levels` counts the adopted ones by the highest level that adopted each.
    """

    year: int
    documents: int
    adopted: int
    levels: dict[Level, int]
    replied: int


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """The documents, the latest first; `news`, the latest first; `years`, the latest first."""

    documents: tuple[Facts, ...]
    news: tuple[News, ...]
    years: tuple[Year, ...]


def own_documents(desk: Desk, *, author: str, unit: str, until: dt.date) -> OwnDocuments:
    """Gather what an author has reported; the latest 2,000 documents count.

    :param unit: of the author: another unit's author of the same name is somebody else. Empty where not known.
    :param until: what is dated later is not seen, documents and outcomes alike.
    """
    with desk.database.read() as connection:
        numbers = written.by_author(connection, author, unit, until=until, limit=_MOST)
        found = [each.document for each in documents.read(connection, numbers)]
    found.sort(key=lambda record: (record.date or dt.date.min, record.id), reverse=True)
    news = [each for record in found for each in _news(record) if each.date is None or each.date <= until]
    news.sort(key=lambda each: each.date or dt.date.min, reverse=True)
    return OwnDocuments(tuple(facts(record) for record in found), tuple(news), _years(found))


def _news(record: Document) -> list[News]:
    told = [(each.date, f"{each.level.label}采用") for each in record.adoptions]
    for reply in record.replies:
        grade = f"（{reply.grade.value}：{reply.grade.label}）" if reply.grade else ""
        told.append((reply.date, f"{reply.department}答复{grade}"))
    return [News(date, record.id, record.title, said) for date, said in told]


def _years(found: Sequence[Document]) -> tuple[Year, ...]:
    by_year: dict[int, list[Document]] = defaultdict(list)
    for record in found:
        by_year[record.date.year if record.date else 0].append(record)
    return tuple(_year(year, by_year[year]) for year in sorted(by_year, reverse=True))


def _year(year: int, some: Sequence[Document]) -> Year:
    adopted = [
        max((each.level for each in record.adoptions), key=lambda level: level.height)
        for record in some
        if record.adoptions
    ]
    counted = Counter(adopted)
    levels = {level: counted[level] for level in Level}
    return Year(year, len(some), len(adopted), levels, sum(bool(record.replies) for record in some))
