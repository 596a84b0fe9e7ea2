"""The order of clues: a weighted sum of parts, then diversity; see `models/ranking/card.md`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.recommend.clues import Clue
from xiansuo.recommend.matters import Ground
from xiansuo.records import Document, Team

_LIKE_OWN = 3
# Two names that share this much of their character pairs are one clue told twice.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of `models/ranking/weights.toml`."""

    parts: dict[str, float]
    relevance: float
    taken_up: dict[str, float]

    @classmethod
    def shipped(cls) -> Self:
        """Read the shipped weights."""
        path = artefacts.models() / "ranking" / "weights.toml"
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(told["parts"], told["diversity"]["relevance"], told["taken_up"])


@dataclass(frozen=True, slots=True)
class Informant:
    """Whom the clues are for; what is empty is not known."""

    author: str = ""
    unit: str = ""
    team: Team | None = None
    region: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return bool(self.author or self.unit or self.team or self.region)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clue with its score and all parts that went into it."""

    clue: Clue
    score: float
    parts: dict[str, float]


def rank(clues: Sequence[Clue], informant: Informant, ground: Ground, weights: Weights, limit: int) -> list[Ranked]:
    """Choose and order clues, best first; fewer than `limit` if the rest repeats what is listed."""
    own = ground.seen[[wrote(informant, text.record) for text in ground.texts]]
    scored = []
    for clue in clues:
        parts = dict(clue.parts)
        fit = _fit(clue, informant, own)
        if fit is not None:
            parts["fit"] = fit
        total = sum(weights.parts[name] for name in parts)
        score = sum(weights.parts[name] * value for name, value in parts.items()) / total
        scored.append(Ranked(clue, round(score, 4), parts))
    scored.sort(key=lambda each: (-each.score, each.clue.id))
    chosen: list[Ranked] = []
    while scored and len(chosen) < limit:
        # The first of the best: earlier ones have the better score or the smaller id.
        best = max(scored, key=lambda each: round(_marginal(each, chosen, weights.relevance), 6))
        scored.remove(best)
        if not any(_same(best.clue, other.clue) for other in chosen):
            chosen.append(best)
    return chosen


def _marginal(each: Ranked, chosen: Sequence[Ranked], relevance: float) -> float:
    closest = max((float(each.clue.vector @ other.clue.vector) for other in chosen), default=0.0)
    return relevance * each.score - (1 - relevance) * max(0.0, closest)


def _same(left: Clue, right: Clue) -> bool:
    if left.topic and left.topic == right.topic:
        return True
    a, b = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (left.name, right.name))
    return len(a & b) >= _ALIKE * max(1, min(len(a), len(b)))


def wrote(informant: Informant, record: Document) -> bool:
    """Tell whether a document is by the informant or their unit."""
    if informant.author and record.author == informant.author:
        return True
    return bool(informant.unit) and record.unit == informant.unit


def _fit(clue: Clue, informant: Informant, own: NDArray[np.float32]) -> float | None:
    """Compare with what they wrote, their region, their team; the mean of what is known, None if nothing is."""
    known = []
    if len(own):
        known.append(_like_own(clue, own))
    if informant.region:
        known.append(_share([text.record.region == informant.region for text in clue.texts]))
    if informant.team:
        known.append(_share([text.record.team is informant.team for text in clue.texts]))
    return round(sum(known) / len(known), 4) if known else None


def _like_own(clue: Clue, own: NDArray[np.float32]) -> float:
    cosines = np.sort(np.round(own.astype(np.float64) @ clue.vector.astype(np.float64), 4))
    return max(0.0, float(cosines[::-1][:_LIKE_OWN].mean()))


def _share(true: Sequence[bool]) -> float:
    return sum(true) / len(true) if true else 0.0
