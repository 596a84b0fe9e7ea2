"""Is a matter settled by its reply (答复), or was it noted, put off, passed on or talked around?

A small logistic regression on what can be counted in the reply, see `reply_features` and `models/replies/card.md`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xiansuo import artefacts
from xiansuo.recommend.answers.reply_features import FEATURES, features, shows, spoken
from xiansuo.records import Grade

ANSWERED = 0.5
"""Probability from which a matter counts as settled."""

_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """How probably a matter is settled, 0..1, and where the reply shows it: (start, end) in its text, best first."""

    probability: float
    shown: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ReplyModel:
    """Weights: z = (feature - mean) / scale; log-odds = coefficients . z + intercept; all in the order of FEATURES."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float

    @classmethod
    def read(cls, path: Path) -> ReplyModel:
        """Read weights as `reply_fit.write` leaves them.

        :raises ValueError: they are weights of other features.
        """
        told = json.loads(path.read_text(encoding="utf-8"))
        if tuple(told["features"]) != FEATURES:
            raise ValueError(f"weights of other features: {path}")
        mean, scale, coefficients = (tuple(told[name]) for name in ("mean", "scale", "coefficients"))
        return cls(mean, scale, coefficients, float(told["intercept"]))

    def probability(self, values: Sequence[float]) -> float:
        """Return the probability, 0..1, for numbers in the order of FEATURES."""
        odds = self.intercept + math.fsum(
            weight * (value - mean) / scale
            for value, mean, scale, weight in zip(values, self.mean, self.scale, self.coefficients, strict=True)
        )
        return round(1 / (1 + math.exp(-max(-50.0, min(50.0, odds)))), 4)


@cache
def shipped() -> ReplyModel:
    """Read the weights that come with the software."""
    return ReplyModel.read(artefacts.models() / "replies" / artefacts.WEIGHTS)


def answer(
    asked: str, reply: str, grade: Grade | None = None, model: ReplyModel | None = None, *, point: bool = False
) -> Answer:
    """Judge whether a reply settles a matter: it is done, or a measure, date, figure or decision is given.

    :param asked: title and text of what was asked, or one suggestion of several.
    :param grade: how the department graded its reply, where that is told.
    :param point: it is one point of a longer reply, so that how long it is says nothing.
    """
    weights = model or shipped()
    counted = features(asked, reply, grade)
    if point:
        counted["rest"] = weights.mean[FEATURES.index("rest")]
    weighed = [(shows(piece), start, end) for piece, start, end in spoken(reply)]
    weighed.sort(key=lambda each: (-each[0], each[1]))
    shown = tuple((start, end) for weight, start, end in weighed[:_SHOWN] if weight > 0)
    return Answer(weights.probability([counted[name] for name in FEATURES]), shown)
