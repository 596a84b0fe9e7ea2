"""From evidence to the theme that a document is about, and to how probable that is.

Four logistic regressions whose weights lie in `models/alignment`. `first` scores each theme by the evidence, `sure`
says how probable it is that the best one is right. With that, some texts of the archive are known for each theme, and
`second` scores again by likeness to them: an archive says in other words what a list says in its own. `answer` looks
at the best theme and its lead over the others.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.recommend.aligning.theme_evidence import EVIDENCE, cosines, whole_rows

Array = NDArray[np.float64]

EXAMPLES = 20
"""Texts of a theme that others are held against."""

AGAIN = ("like_examples", "like_nearest_example")
STANDING = ("score", "lead", "title_words", "body_words", "usual_score")

# Words are compared with those of all lists, the rest with what the archive's texts usually have for a theme.
_AS_IT_IS = 2
_LEAST_SPREAD = np.array([0.0, 0.0, 0.03, 0.03, 0.03, 0.03, 0.02, 0.02, 0.02, 0.02])
_LEAST_SPREAD_AGAIN = 0.05
_LOWEST, _HIGHEST = -3.0, 6.0
# So many documents outweigh what is usual elsewhere.
_OUTWEIGH = 10
_MOST_LEAD = 6.0
# A wrong example draws others like it after it.
_LIKELY = 0.6
_ENOUGH_EXAMPLES = 3.0
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted logistic regression: z = (x - mean) / scale; log-odds = coefficients . z + intercept."""

    mean: Array
    scale: Array
    coefficients: Array
    intercept: float

    def odds(self, values: Array) -> Array:
        """Return log-odds, rounded, (..., k) to (...)."""
        terms = (values - self.mean) / self.scale * self.coefficients
        # One column after the other: no library may choose the order of a sum.
        total = np.full(values.shape[:-1], self.intercept)
        for column in range(values.shape[-1]):
            total = total + terms[..., column]
        return np.round(total, _DIGITS)


@dataclass(frozen=True, slots=True)
class Usual:
    """Mean and spread of something over documents, for each theme: two arrays of one shape."""

    mean: Array
    spread: Array

    def drawn_to(self, other: Usual, documents: int) -> Usual:
        """Draw what few documents tell towards what is usual elsewhere."""
        own = documents / (documents + _OUTWEIGH)
        return Usual(own * self.mean + (1 - own) * other.mean, own * self.spread + (1 - own) * other.spread)


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights. `evidence` (len(EVIDENCE),), `again` (len(AGAIN),) and `score` are what is usual elsewhere.

    A document is `about` its best theme from this probability on.
    """

    first: Logistic
    sure: Logistic
    second: Logistic
    answer: Logistic
    evidence: Usual
    again: Usual
    score: float
    about: float
    digest: str = ""

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Read weights as `alignment_fit.write` leaves them."""
        written = path.read_bytes()
        told = json.loads(written)
        usual = told["usual"]
        return cls(
            _logistic(told["first"]),
            _logistic(told["sure"]),
            _logistic(told["second"]),
            _logistic(told["answer"]),
            _usual(usual, EVIDENCE),
            _usual(usual, AGAIN),
            float(usual["score"]),
            float(told["about"]),
            hashlib.sha256(written).hexdigest()[:12],
        )


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts that speak for themes: their meaning int16 (m, d), theme and weight (m,), and which document each is."""

    seen: NDArray[np.int16]
    theme: NDArray[np.int64]
    weight: Array
    documents: tuple[str, ...]


def usual_of(values: Array) -> Usual:
    """Measure what documents usually have, (n, T, k) to (T, k); no document, nothing usual."""
    if not len(values):
        return Usual(np.zeros(values.shape[1:]), np.zeros(values.shape[1:]))
    return Usual(np.round(values.mean(axis=0), 6), np.round(values.std(axis=0), 6))


def standing_out(values: Array, usual: Usual) -> Array:
    """See evidence (n, T, len(EVIDENCE)) by what is usual for each theme; words stay as they are."""
    seen = np.clip((values - usual.mean) / (usual.spread + _LEAST_SPREAD + 1e-9), _LOWEST, _HIGHEST)
    return np.concatenate([values[..., :_AS_IT_IS], seen[..., _AS_IT_IS:]], axis=-1)


def again_out(values: Array, usual: Usual) -> Array:
    """See likeness to examples (n, T, len(AGAIN)) by what is usual for each theme."""
    return np.clip((values - usual.mean) / (usual.spread + _LEAST_SPREAD_AGAIN), _LOWEST, _HIGHEST)


def lead_of(scores: Array) -> Array:
    """Tell the best score and its lead over the second, (n, T) to (n, 2); one theme alone leads by the most."""
    ordered = np.sort(scores, axis=1)
    lead = ordered[:, -1] - ordered[:, -2] if scores.shape[1] > 1 else np.full(len(scores), _MOST_LEAD)
    return np.stack([ordered[:, -1], np.minimum(_MOST_LEAD, lead)], axis=1)


def examples_of(ids: tuple[str, ...], seen: NDArray[np.int16], scores: Array, weights: Weights) -> Examples:
    """Choose for each theme the texts that are most probably about it.

    :param scores: by the evidence, (n, T), n texts at least one.
    """
    likely = np.round(probability(weights.sure.odds(lead_of(scores))), _DIGITS)
    best = scores.argmax(axis=1)
    rows: list[int] = []
    for theme in range(scores.shape[1]):
        own = [row for row in np.flatnonzero(best == theme).tolist() if likely[row] > _LIKELY]
        rows += sorted(own, key=lambda row: (-likely[row], ids[row]))[:EXAMPLES]
    chosen = np.array(rows, dtype=np.int64)
    return Examples(seen[chosen], best[chosen], likely[chosen], tuple(ids[row] for row in rows))


def likeness(ids: tuple[str, ...], seen: NDArray[np.int16], examples: Examples, themes: int) -> Array:
    """Compare texts with the examples of each theme, but never with themselves: (n, T, len(AGAIN))."""
    made = np.zeros((len(ids), themes, len(AGAIN)))
    place = {id: row for row, id in enumerate(ids)}
    for theme in range(themes):
        own = np.flatnonzero(examples.theme == theme)
        if not len(own):
            continue
        vectors, weight = examples.seen[own], examples.weight[own]
        near = cosines(seen, vectors).astype(np.float64)
        made[:, theme, 0] = _to_middle(seen, vectors, weight)
        for column, example in enumerate(own.tolist()):
            row = place.get(examples.documents[example])
            if row is not None:
                others = np.arange(len(own)) != column
                near[row, column] = -1.0
                made[row, theme, 0] = _to_middle(seen[row : row + 1], vectors[others], weight[others])[0]
        made[:, theme, 1] = np.maximum(0.0, near.max(axis=1))
    return made


def scored_again(first: Array, again: Array, weights: Weights) -> Array:
    """Score themes by their first score (n, T) and the likeness to their examples, as it stands out."""
    return weights.second.odds(np.concatenate([first[..., None], again], axis=-1))


def answers(scores: Array, values: Array, usual_score: float, weights: Weights) -> Array:
    """Return how probably each document is about its best theme, (n,), rounded.

    :param values: the evidence, (n, T, len(EVIDENCE)).
    :param usual_score: what the best theme of the archive's texts has on average.
    """
    return np.round(probability(weights.answer.odds(standing(scores, values, usual_score))), _DIGITS)


def standing(scores: Array, values: Array, usual_score: float) -> Array:
    """Describe the best theme of each document, (n, len(STANDING))."""
    best = values[np.arange(len(scores)), scores.argmax(axis=1), :_AS_IT_IS]
    return np.concatenate([lead_of(scores), best, np.full((len(scores), 1), usual_score)], axis=1)


def probability(odds: Array) -> Array:
    """Turn log-odds into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


@cache
def shipped() -> Weights:
    """Read the weights that come with the software."""
    return Weights.read(artefacts.models() / "alignment" / artefacts.WEIGHTS)


def _to_middle(seen: NDArray[np.int16], vectors: NDArray[np.int16], weight: Array) -> Array:
    if not len(vectors):
        return np.zeros(len(seen))
    middle = whole_rows((vectors * weight[:, None]).sum(axis=0, keepdims=True))
    return cosines(seen, middle)[:, 0].astype(np.float64) * min(1.0, float(weight.sum()) / _ENOUGH_EXAMPLES)


def _logistic(told: dict[str, Any]) -> Logistic:
    mean, scale, coefficients = (np.array(told[name], dtype=np.float64) for name in ("mean", "scale", "coefficients"))
    return Logistic(mean, scale, coefficients, float(told["intercept"]))


def _usual(told: dict[str, Any], names: tuple[str, ...]) -> Usual:
    return Usual(*(np.array([told[kind][name] for name in names], dtype=np.float64) for kind in ("mean", "spread")))
