"""How much a matter is written about just now: what says best whether more of it will come."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from collections.abc import Iterable
from typing import Protocol

from xiansuo.records import Kind


class Spoken(Protocol):
    """A document as far as it tells who speaks, and when."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def author(self) -> str:
        """Who wrote it, empty where nobody knows; `unit` likewise."""

    @property
    def unit(self) -> str:
        """For whom it was written."""

    @property
    def date(self) -> dt.date | None:
        """When."""


def momentum(records: Iterable[Spoken], now: dt.date, half_life: float) -> float:
    """Count people and texts of a matter, each fading with its age, and take the geometric mean of both counts.

    Texts alone would follow one tireless writer, people alone would miss that they write again. What nobody dated, what
    is dated later and references do not count.

    :param half_life: days after which a person or text counts half; see `models/ranking/card.md`.
    """
    latest: dict[str, dt.date] = {}
    texts = []
    for record in records:
        if record.date is None or record.date > now or record.kind is Kind.REFERENCE:
            continue
        texts.append(_faded(record.date, now, half_life))
        voice = record.author or record.unit or record.id
        latest[voice] = max(latest.get(voice, record.date), record.date)
    people = [_faded(date, now, half_life) for date in latest.values()]
    # Sums that do not depend on the order of what is added.
    return math.sqrt(math.fsum(texts) * math.fsum(people))


def pace(days: Iterable[Iterable[dt.date]]) -> float:
    """Say how many days lie between two texts of one matter, the median; 0 where no matter has two.

    :param days: of each matter, the days of its texts, in any order.
    """
    gaps: list[int] = []
    for each in days:
        told = sorted(each)
        gaps += [(later - earlier).days for earlier, later in itertools.pairwise(told)]
    return float(statistics.median(gaps)) if gaps else 0.0


def _faded(date: dt.date, now: dt.date, half_life: float) -> float:
    return float(2 ** (-(now - date).days / half_life))
