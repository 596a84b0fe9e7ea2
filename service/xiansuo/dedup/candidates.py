"""Which earlier texts are worth a closer look: found from three sides, so that none alone can miss a duplicate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.index.snapshot import Indexes
from xiansuo.index.terms import gram_terms
from xiansuo.index.vectors import Hits
from xiansuo.text.passages import TITLE, Passages

NEAR = 32
"""Passages looked at around each passage of the draft."""

FROM_EACH_SIDE = 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document worth a closer look: `score` orders candidates, `sides` tells who found it."""

    number: int
    score: float
    sides: tuple[str, ...]


def find_candidates(
    draft: Passages,
    hits: Hits,
    weights: NDArray[np.float64],
    indexes: Indexes,
    *,
    allowed: Collection[int] | None = None,
    without: Collection[int] = (),
) -> list[Candidate]:
    """Unite what shares the draft's rare 3-grams, its rare sentences' meaning, or its title.

    :param hits: the nearest passages of each passage of the draft, the title first.
    :param weights: the passages' rarity, shape (n,).
    :param without: documents that are left out, be they allowed or not.
    :return: candidates, best first; ties by number.
    """
    sides = {
        "lexical": dict(_lexical(draft, indexes, allowed, without)),
        "sentences": _by_sentences(draft, hits, weights),
        "title": _by_title(draft, hits),
    }
    found: dict[int, list[str]] = defaultdict(list)
    score: dict[int, float] = defaultdict(float)
    for side, scores in sides.items():
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:FROM_EACH_SIDE]
        for number, value in best:
            found[number].append(side)
            score[number] = max(score[number], value)
    union = [Candidate(number, round(score[number], 6), tuple(names)) for number, names in found.items()]
    return sorted(union, key=lambda candidate: (-candidate.score, candidate.number))


def _lexical(
    draft: Passages, indexes: Indexes, allowed: Collection[int] | None, without: Collection[int]
) -> list[tuple[int, float]]:
    body = "".join(draft.texts[1:])
    return indexes.grams.shared(gram_terms(body), FROM_EACH_SIDE, allowed=allowed, without=without)


def _by_sentences(draft: Passages, hits: Hits, weights: NDArray[np.float64]) -> dict[int, float]:
    """Weighted mean over the draft's sentences of the best cosine with a document's passages."""
    body = np.flatnonzero(draft.parts != TITLE)
    total = float(weights[body].sum())
    scores: dict[int, float] = defaultdict(float)
    if total == 0:
        return scores
    for row in body:
        best: dict[int, float] = {}
        for number, cosine in zip(hits.numbers[row].tolist(), hits.scores[row].tolist(), strict=True):
            if number >= 0 and number not in best:  # hits come best first
                best[number] = cosine
        for number, cosine in best.items():
            scores[number] += float(weights[row]) * max(0.0, cosine) / total
    return scores


def _by_title(draft: Passages, hits: Hits) -> dict[int, float]:
    """Cosine of the draft's title with whatever passage it comes closest to, mostly other titles."""
    scores: dict[int, float] = {}
    for row in np.flatnonzero(draft.parts == TITLE):
        for number, cosine in zip(hits.numbers[row].tolist(), hits.scores[row].tolist(), strict=True):
            if number >= 0:
                scores[number] = max(scores.get(number, 0.0), cosine)
    return scores
