"""Where clues spring from: which topics move, which proposals wait for an answer, which items are due to follow up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.hot_topic import HotTopic, Known, judged
from xiansuo.desk.topics import curated
from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.momentum import Spoken, momentum, pace
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Grade, Kind
from xiansuo.store.heads import Head
from xiansuo.topics.heat import Window

TOPICS = 200
"""Topics that clues are made of, those most written about first."""

CANDIDATES = 300
"""Proposals, and adopted or promised items, that clues are looked for in, the latest first."""

_MEMBERS = 60
_FEW = 8
_YEARS = 3 * 366
# Half-lives between two texts of a matter, as far as they come seldom; see `models/ranking/card.md`.
_SILENT = 2
# Half a year and a few days: what was adopted or promised is rarely due before.
_RIPE = 184
_WINDOWS: tuple[tuple[Window, str], ...] = (
    ("quarter", "近三个月"),
    ("year", "近一年"),
    ("all", "全部时间"),
)


@dataclass(frozen=True, slots=True)
class Moving:
    """A topic with its heat in 0..1, and how its window is called; typical members first."""

    topic: HotTopic
    heat: float
    window: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """The topics that clues are made of, and the heat in 0..1 of every document: that of its topic, else its own.

    Heat is momentum with this half-life, days, as a part of the greatest.
    """

    topics: tuple[Moving, ...]
    heat: dict[str, float]
    half_life: float
    greatest: float

    def heat_of(self, records: Iterable[Spoken], now: dt.date) -> float:
        """Tell the heat in 0..1 of some documents by themselves."""
        return _heat(round(momentum(records, now, self.half_life), 9), self.greatest)


def movement(desk: Desk, told: Mapping[str, Head], now: dt.date, half_life: float) -> Movement:
    """List the topics of two people or more, those most written about just now first.

    They are told by the shortest window in which more than a few of them were spoken of. Where the texts of a matter
    come seldom, one that was silent as long as is usual counts a quarter.

    :param half_life: days after which a text counts half, at least.
    :param told: all documents up to the day, by id.
    """
    found = find_topics(desk, now=now)
    label, topics = "", list[HotTopic]()
    days = [head.date for head in told.values() if head.date is not None and head.kind is not Kind.REFERENCE]
    begins = min(days, default=None)
    with desk.database.read() as connection:
        for window, said in _WINDOWS:
            label = said
            known = desk.remembered(f"judged {window}", (begins, now), Known)
            every = curated(connection, found, judged(found.named, told, begins, now, window, known))
            topics = [topic for topic in every if not topic.hidden and (topic.heat > 0 or topic.pinned)]
            if sum(bool(topic.parts.recent) for topic in topics) >= _FEW:
                break
    half_life = max(half_life, pace(_days(ids, told, now) for ids in found.topics.values()) / _SILENT)
    moving = {
        topic.id: round(momentum((told[id] for id in topic.members if id in told), now, half_life), 9)
        for topic in topics
    }
    topics.sort(key=lambda topic: (not topic.pinned, -moving[topic.id], topic.id))
    alone = _alone(told, now, half_life)
    greatest = max((*moving.values(), *alone.values()), default=0.0) or 1.0
    heats = {moved: _heat(moved, greatest) for moved in {*alone.values(), *moving.values()}}
    hot = {id: heats[moved] for id, moved in alone.items()}
    hot |= {id: heats[moving[topic.id]] for topic in topics for id in topic.members}
    chosen = tuple(Moving(topic, heats[moving[topic.id]], label, topic.members[:_MEMBERS]) for topic in topics[:TOPICS])
    return Movement(chosen, hot, half_life, greatest)


def _heat(moved: float, greatest: float) -> float:
    return round(math.sqrt(moved / greatest), 4)


def _days(ids: Iterable[str], told: Mapping[str, Head], now: dt.date) -> list[dt.date]:
    heads = (told[id] for id in ids if id in told)
    return [
        head.date for head in heads if head.date is not None and head.date <= now and head.kind is not Kind.REFERENCE
    ]


def _alone(told: Mapping[str, Head], now: dt.date, half_life: float) -> dict[str, float]:
    """Compute each document's own momentum, once for those of one day."""
    days: dict[tuple[dt.date | None, bool], float] = {}
    found = {}
    for head in told.values():
        key = head.date, head.kind is Kind.REFERENCE
        if key not in days:
            days[key] = momentum([head], now, half_life)
        found[head.id] = days[key]
    return found


def matter_of(moving: Moving, texts: Mapping[str, ReadText]) -> Matter:
    """See a topic as recommending does."""
    topic = moving.topic
    return Matter(
        topic.id,
        topic.name,
        topic.words,
        tuple(texts[id] for id in moving.members if id in texts),
        moving.heat,
        topic.voices,
        topic.parts.recent,
        topic.parts.past if topic.parts.earlier else None,
        # Nobody spoke of it lately: then only the whole is told.
        moving.window if topic.parts.recent else "",
    )


def open_proposals(told: Mapping[str, Head], now: dt.date) -> list[str]:
    """List proposals of the last years that nobody settled, as far as their grades tell, the latest first."""
    waiting = [
        head
        for head in told.values()
        if head.kind is Kind.PROPOSAL and head.grade is not Grade.DONE and _lately(head, now)
    ]
    return _latest(waiting)


def followable(told: Mapping[str, Head], now: dt.date) -> list[str]:
    """List what was adopted, instructed or answered in the last years: first what has had time to be carried out."""
    taken = [
        head
        for head in told.values()
        if (head.adopted or head.instructed or head.replied) and head.kind is not Kind.REFERENCE and _lately(head, now)
    ]
    # In a large archive the latest alone would be all from days when nothing can be due yet.
    ripe = [head for head in taken if (now - _taken_on(head, now)).days >= _RIPE]
    return [*_latest(ripe), *_latest([head for head in taken if (now - _taken_on(head, now)).days < _RIPE])][
        :CANDIDATES
    ]


def _taken_on(head: Head, now: dt.date) -> dt.date:
    return max((day for day in (*head.adopted_on, head.date) if day is not None), default=now)


def _lately(head: Head, now: dt.date) -> bool:
    return head.date is None or (now - head.date).days <= _YEARS


def _latest(some: Sequence[Head]) -> list[str]:
    order = sorted(some, key=lambda head: (head.date or dt.date.min, head.id), reverse=True)
    return [head.id for head in order[:CANDIDATES]]
