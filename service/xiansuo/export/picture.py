"""What a picture of topics shows: plain data, whoever found it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

STANDINGS = ("升温", "新出现", "降温", "")
"""How a topic stands against its own past, as legends list it; empty: as before, or not judged."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that people write about.

    `size` counts documents, `voices` distinct people (else units), `growth` is the ratio of the window's voices to
    what the topic's own past lets expect. `monthly` are pairs of month (YYYY-MM) and documents, ascending and without
    gaps; `representatives` are titles.
    """

    id: str
    name: str
    heat: float
    size: int
    voices: int
    growth: float = 1.0
    standing: str = ""
    monthly: tuple[tuple[str, int], ...] = ()
    places: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its topics; without a name the topics stand by themselves."""

    id: str
    name: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that one picture says.

    :param day: the last day that was seen, such as 2026-10-31.
    :param window: the window's Chinese label, such as 本季.
    :param note: how the picture is to be read, in a sentence or two; may be empty.
    """

    title: str
    day: str
    window: str
    note: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A topic with its place by heat, from 1, and the name of its theme."""

    place: int
    topic: Topic
    theme: str


def ranked(picture: Picture) -> list[Ranked]:
    """List all topics, hottest first; a topic under two themes is listed under the first."""
    found: dict[str, tuple[Topic, str]] = {}
    for theme in picture.themes:
        for topic in theme.topics:
            found.setdefault(topic.id, (topic, theme.name))
    order = sorted(found.values(), key=lambda pair: (-pair[0].heat, -pair[0].voices, pair[0].id))
    return [Ranked(place, *pair) for place, pair in enumerate(order, 1)]


def span(monthly: Iterable[tuple[str, int]]) -> str:
    """Say from when to when there were documents: 2025年3月至2026年1月, or 日期不详."""
    months = [month for month, count in monthly if count]
    if not months:
        return "日期不详"
    first, last = said(months[0]), said(months[-1])
    return first if first == last else f"{first}至{last}"


def said(month: str) -> str:
    """Say a month (YYYY-MM) in Chinese: 2025年3月."""
    year, _, number = month.partition("-")
    return f"{int(year)}年{int(number)}月"
