"""How hot a topic is: people, growth, breadth, outcome, unity multiplied; see `models/heat/card.md`."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

from xiansuo import artefacts

Window = Literal["week", "month", "quarter", "year", "all"]
WINDOWS: tuple[Window, ...] = ("week", "month", "quarter", "year", "all")


@dataclass(frozen=True, slots=True)
class Voiced:
    """One text as far as heat is concerned; `voice` is who speaks, empty for a reference."""

    voice: str
    date: dt.date | None
    place: str = ""
    instructed: bool = False
    adopted: bool = False
    unanswered: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Heat:
    """A topic's heat and its parts; `recent` and `past` are the voices that growth compares.

    `past` is the mean of `earlier` windows; where the archive covers none, nobody knows what is usual.
    """

    heat: float
    voices: float
    growth: float
    breadth: float
    outcome: float
    unity: float
    recent: int
    past: float
    earlier: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of `models/heat/weights.toml`; days by window, the rest as named there."""

    voices_needed: int
    window_days: dict[str, int]
    half_life_days: dict[str, int]
    growth: dict[str, float]
    per_doubling: float
    outcome: dict[str, float]
    unity: dict[str, float]

    @classmethod
    def shipped(cls) -> Self:
        """Read the shipped weights."""
        path = artefacts.models() / "heat" / "weights.toml"
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            told["voices_needed"],
            told["window_days"],
            told["half_life_days"],
            told["growth"],
            told["breadth"]["per_doubling"],
            told["outcome"],
            told["unity"],
        )


def heat_of(
    texts: Sequence[Voiced],
    *,
    now: dt.date,
    window: Window,
    begins: dt.date | None,
    weights: Weights,
    likeness: float,
) -> Heat:
    """Compute a topic's heat.

    :param texts: the topic's texts up to `now`.
    :param likeness: mean likeness of two of its texts, see `Cluster.unity`.
    :param begins: when the archive begins; windows before it are not held against a topic.
    """
    latest: dict[str, dt.date | None] = {}
    for text in texts:
        if text.voice:
            known = latest.get(text.voice)
            latest[text.voice] = max(filter(None, (known, text.date)), default=None)
    voices = sum(_fresh(date, now, window, weights) for date in latest.values())
    recent, past, earlier = _recent_and_past(texts, now, window, begins, weights)
    growth = _dense(texts, len(latest), weights) if window == "all" else _growth(recent, past, weights)
    places = {text.place for text in texts if text.place}
    breadth = 1 + weights.per_doubling * math.log2(max(1, len(places)))
    outcome = 1 + sum(
        weight * sum(getattr(text, name) for text in texts) / len(texts) for name, weight in weights.outcome.items()
    )
    unity = min(weights.unity["most"], max(weights.unity["least"], likeness / weights.unity["usual"]))
    hot = len(latest) >= weights.voices_needed
    heat = voices * growth * breadth * outcome * unity if hot else 0.0
    return Heat(
        round(heat, 4),
        round(voices, 4),
        round(growth, 4),
        round(breadth, 4),
        round(outcome, 4),
        round(unity, 4),
        recent,
        round(past, 4),
        earlier,
    )


def _fresh(date: dt.date | None, now: dt.date, window: Window, weights: Weights) -> float:
    if window == "all":
        return 1.0
    if date is None:  # nobody knows how old it is: it cannot make a topic hot now
        return 0.0
    return float(0.5 ** (max(0, (now - date).days) / weights.half_life_days[window]))


def _recent_and_past(
    texts: Sequence[Voiced], now: dt.date, window: Window, begins: dt.date | None, weights: Weights
) -> tuple[int, float, int]:
    if window == "all":
        return len({text.voice for text in texts if text.voice}), 0.0, 0
    days = weights.window_days[window]
    heard: dict[int, set[str]] = {}
    for text in texts:
        if text.voice and text.date is not None:
            heard.setdefault(max(0, (now - text.date).days) // days, set()).add(text.voice)
    covered = 0 if begins is None else (now - begins).days // days
    earlier = min(int(weights.growth["windows"]), covered)
    past = sum(len(heard.get(i, ())) for i in range(1, earlier + 1)) / earlier if earlier else 0.0
    return len(heard.get(0, ())), past, earlier


def _growth(recent: int, past: float, weights: Weights) -> float:
    told = weights.growth
    ratio = (recent + told["steadiness"]) / (past + told["steadiness"])
    return float(min(told["most"], max(told["least"], ratio ** told["exponent"])))


def _dense(texts: Sequence[Voiced], voices: int, weights: Weights) -> float:
    """How closely a topic's voices stand together in time: 1 where all are heard within a month."""
    dated = sorted((text.date, text.voice) for text in texts if text.voice and text.date is not None)
    if not dated:
        return 1.0
    span = dt.timedelta(days=weights.window_days["month"])
    most, first = 0, 0
    heard: Counter[str] = Counter()
    for date, voice in dated:
        heard[voice] += 1
        while date - dated[first][0] >= span:
            gone = dated[first][1]
            heard[gone] -= 1
            if not heard[gone]:
                del heard[gone]
            first += 1
        most = max(most, len(heard))
    return float(max(weights.growth["least"], (most / voices) ** weights.growth["exponent"]))
