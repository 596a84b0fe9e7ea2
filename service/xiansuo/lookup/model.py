"""From the evidence to an order of the earlier texts, and to whether any of them answers the question.

Two logistic regressions whose weights lie in `models/lookup`. The first orders the texts. The second looks at the best
one, and at how far it stands out from the others: where nothing fits, all fit about equally badly.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.lookup.evidence import EVIDENCE

ORDERED_BY = ("pairs", "characters", "whole")
"""Evidence that orders the texts."""

ANSWERED_BY = ("title", "whole", "title_words")
"""Evidence of the best text that tells whether it answers the question, beside its score and its lead."""

STANDING = ("score", "lead", "lead_over_sixth", "length")

ORDER_COLUMNS = [EVIDENCE.index(name) for name in ORDERED_BY]
_OF_THE_BEST = [EVIDENCE.index(name) for name in ANSWERED_BY]
# The texts behind the first few are what the archive holds of something else.
_OTHERS = slice(5, 40)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted logistic regression: z = (x - mean) / scale; log-odds = coefficients . z + intercept."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    intercept: float

    def odds(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return log-odds, (n, k) to (n,)."""
        return np.asarray((values - self.mean) / self.scale @ self.coefficients + self.intercept)


@dataclass(frozen=True, slots=True)
class LookupModel:
    """Weights of a lookup. A text `fits` from `fitting` log-odds on."""

    order: Logistic
    answer: Logistic
    fitting: float

    @classmethod
    def read(cls, path: Path) -> LookupModel:
        """Read weights as `fit.write` leaves them."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(_logistic(told["order"]), _logistic(told["answer"]), float(told["fitting"]))

    def scores(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the log-odds that each text fits, (n, len(EVIDENCE)) to (n,)."""
        return self.order.odds(values[:, ORDER_COLUMNS])

    def answered(self, values: NDArray[np.float64], letters: int) -> float:
        """Return the probability, 0..1, that the best of these texts answers the question.

        :param letters: how many characters the question has.
        """
        if not len(values):
            return 0.0
        return float(probability(self.answer.odds(standing(values, self.scores(values), letters)[None]))[0])


def standing(values: NDArray[np.float64], scores: NDArray[np.float64], letters: int) -> NDArray[np.float64]:
    """Describe the best text and how it stands out, shape (len(ANSWERED_BY) + len(STANDING),)."""
    ordered = np.sort(scores)[::-1]
    others = ordered[_OTHERS] if len(ordered) > _OTHERS.start * 2 else ordered[-1:]
    best = ordered[0]
    sixth = ordered[min(5, len(ordered) - 1)]
    stands = [best, best - float(np.median(others)), best - sixth, float(np.log(max(1, letters)))]
    return np.concatenate([values[int(scores.argmax()), _OF_THE_BEST], stands])


def probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn log-odds into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


@cache
def shipped() -> LookupModel:
    """Read the weights that come with the software."""
    return LookupModel.read(artefacts.models() / "lookup" / artefacts.WEIGHTS)


def _logistic(told: dict[str, Any]) -> Logistic:
    mean, scale, coefficients = (np.array(told[name], dtype=np.float64) for name in ("mean", "scale", "coefficients"))
    return Logistic(mean, scale, coefficients, float(told["intercept"]))
