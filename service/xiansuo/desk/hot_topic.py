"""A topic judged by a day and a window: its heat with all that the heat is made of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xiansuo.desk.naming import Named
from xiansuo.records import Grade, Kind, Level
from xiansuo.store.heads import Head
from xiansuo.text.fingerprint import fingerprint
from xiansuo.topics.heat import Heat, Voiced, Weights, Window, heat_of
from xiansuo.topics.items import Cluster

_REPRESENTATIVES = 3
_YEAR = 12
# A topic grows when its growth is this far above 1, fades when it is this far below.
_EMERGING, _FADING = 1.3, 0.77
_FADES = "降温"
_HIGH = (Level.CITY, Level.PROVINCE, Level.NATION)


@dataclass(frozen=True, slots=True)
class Representative:
    """A typical text of a topic."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class HotTopic:
    """A topic with its heat.

    `size` counts documents, `copies` those of them that repeat another, `voices` distinct people (else units).
    `monthly` are pairs of month (YYYY-MM) and documents, without gaps, up to the month of the day, twelve months
    at least. `members` are all documents, the most typical first, copies last. `phrases` are to be read, `words` to be
    looked for. `standing` is 新出现, 升温, 降温 or empty. `theme` is the id of the theme that it is part of, empty for
    none. `pinned` and `hidden` are what an editor wanted.
    """

    id: str
    name: str
    heat: float
    parts: Heat
    size: int
    copies: int
    voices: int
    units: tuple[str, ...]
    places: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    monthly: tuple[tuple[str, int], ...]
    representatives: tuple[Representative, ...]
    phrases: tuple[str, ...]
    words: tuple[str, ...]
    members: tuple[str, ...]
    standing: str
    theme: str = ""
    pinned: bool = False
    hidden: bool = False


Known: TypeAlias = dict[str, tuple[Named, list[Head], HotTopic]]
"""Topics that were judged, by id: what each was then, its members, and what it was judged to be."""


def judged(
    named: Sequence[Named],
    by_id: Mapping[str, Head],
    begins: dt.date | None,
    now: dt.date,
    window: Window,
    known: Known | None = None,
) -> list[HotTopic]:
    """Judge topics by a day and window, hottest first.

    :param by_id: their documents at least, as far as they counted then.
    :param begins: day of the earliest document that counted then: growth is not held against a topic where the archive
        itself begins later.
    :param known: what topics were judged to be for the same beginning, day and window: one that is the same still is
        taken from there, and the others are put there.
    """
    weights = Weights.shipped()
    known = {} if known is None else known
    topics = []
    for each in named:
        members = [by_id[id] for id in each.cluster.members if id in by_id]
        if members:
            before = known.get(each.cluster.id)
            if before is None or before[:2] != (each, members):
                before = each, members, _judged(each, members, begins, now, window, weights)
                known[each.cluster.id] = before
            topics.append(before[2])
    return sorted(topics, key=lambda topic: (-topic.heat, topic.id))


def fading(
    named: Sequence[Named], by_id: Mapping[str, Head], begins: dt.date | None, now: dt.date, window: Window
) -> set[str]:
    """Name the topics whose standing `judged` would call 降温, in a fifth of the time."""
    weights = Weights.shipped()
    found = set()
    for each in named:
        members = [by_id[id] for id in each.cluster.members if id in by_id]
        dates = sorted(head.date for head in members if head.date)
        if dates:
            voiced = [_voiced(head) for head in members]
            parts = heat_of(voiced, now=now, window=window, begins=begins, weights=weights, likeness=each.cluster.unity)
            if _standing(parts, dates, now, window, weights) == _FADES:
                found.add(each.cluster.id)
    return found


def _judged(
    each: Named, members: Sequence[Head], begins: dt.date | None, now: dt.date, window: Window, weights: Weights
) -> HotTopic:
    voiced = [_voiced(head) for head in members]
    parts = heat_of(voiced, now=now, window=window, begins=begins, weights=weights, likeness=each.cluster.unity)
    dates = sorted(head.date for head in members if head.date)
    title_of = {head.id: head.title for head in members}
    return HotTopic(
        each.cluster.id,
        each.name,
        parts.heat,
        parts,
        len(members),
        len(each.cluster.members) - each.cluster.texts,
        len({text.voice for text in voiced if text.voice}),
        _most_first(head.unit for head in members),
        _most_first(head.region for head in members),
        dates[0] if dates else None,
        dates[-1] if dates else None,
        _monthly(dates, now),
        tuple(Representative(id, title_of[id]) for id in each.cluster.central[:_REPRESENTATIVES] if id in title_of),
        each.phrases,
        each.words,
        _typical_first(each.cluster),
        _standing(parts, dates, now, window, weights),
    )


def _typical_first(cluster: Cluster) -> tuple[str, ...]:
    central = set(cluster.central)
    return (*cluster.central, *(id for id in cluster.members if id not in central))


def _voiced(head: Head) -> Voiced:
    # A text without a name is a voice of its own; its copies have the same fingerprint and add
    # none.
    voice = head.author or head.unit or fingerprint(head.text)
    return Voiced(
        "" if head.kind is Kind.REFERENCE else voice,
        head.date,
        head.region,
        head.instructed,
        any(level in _HIGH for level in head.adopted),
        head.kind is Kind.PROPOSAL and (not head.replied or head.grade is Grade.NOTED),
        head.grade is Grade.DONE,
    )


def _most_first(values: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(value for value in values if value)
    return tuple(sorted(counted, key=lambda value: (-counted[value], value)))


def _monthly(dates: Sequence[dt.date], now: dt.date) -> tuple[tuple[str, int], ...]:
    counted = Counter((date.year, date.month) for date in dates)
    last = _month(now)
    first = min((_month(date) for date in dates), default=last)
    months = ((month // 12, month % 12 + 1) for month in range(min(first, last - _YEAR + 1), last + 1))
    return tuple((f"{year}-{month:02d}", counted[year, month]) for year, month in months)


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _standing(parts: Heat, dates: Sequence[dt.date], now: dt.date, window: Window, weights: Weights) -> str:
    if window == "all" or not dates:
        return ""
    if parts.heat > 0 and parts.recent >= weights.voices_needed:
        if (now - dates[0]).days < weights.window_days[window]:
            return "新出现"
        if parts.growth >= _EMERGING:
            return "升温"
    return _FADES if parts.past >= 1 and parts.growth <= _FADING else ""
