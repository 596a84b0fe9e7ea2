"""Which documents are nearest to each: by meaning and by the rare words they share.

Likeness is 0.8 · √words + 0.2 · meaning: words is the cosine of the idf-weighted words (the root,
because two texts on one matter rarely share more than a quarter), meaning the cosine of the
documents' vectors, seen from the archive's mean. Meaning alone brings together one complaint from
two places; words alone miss a matter told differently. On labelled messages, average precision was
.98 together, .97 by words and .89 by meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.bag import Bag, Words
from xiansuo.topics.exact import LENGTH, cosines, whole

WORDS = 0.8
"""Share of the word evidence in a likeness."""

# An archive of a few documents has no mean worth the name; it counts half once there are this many.
_MEAN_FROM = 10

_CANDIDATES = 48
_CHANCE_ROWS, _CHANCE_COLUMNS = 300, 200
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest documents of each of n, best first, k columns; places without one have index -1.

    `index` int64 (n, k); `likeness`, `meaning`, `words` float64 (n, k), all in 0..1.
    """

    index: NDArray[np.int64]
    likeness: NDArray[np.float64]
    meaning: NDArray[np.float64]
    words: NDArray[np.float64]


class Likenesses:
    """The likeness of any two of n documents.

    :param vectors: rows of length 1, shape (n, d).
    :param words: the documents' words; a document without words is like nothing in words.
    :param voices: who wrote each document, empty where nobody is named.
    """

    def __init__(self, vectors: NDArray[np.float32], words: Sequence[Words], voices: Sequence[str]) -> None:
        self._bag = Bag(words, voices)
        self._centred = _centred(vectors)
        self._meant = whole(self._centred)

    def neighbours(self) -> Neighbours:
        """Find the nearest documents of each document, itself left out."""
        count = len(self._meant)
        k = min(_CANDIDATES, count - 1)
        if k < 1:
            empty = np.zeros((count, 0))
            return Neighbours(empty.astype(np.int64), empty, empty, empty)
        folded = self._bag.folded() * np.float32(np.sqrt(WORDS))
        search = whole(np.hstack([self._centred * np.float32(np.sqrt(1 - WORDS)), folded]))
        index = np.empty((count, k), dtype=np.int64)
        meaning, shared = np.empty((count, k)), np.empty((count, k))
        for low in range(0, count, _BLOCK):
            rows = np.arange(low, min(low + _BLOCK, count))
            scores = cosines(search[rows], search)
            scores[np.arange(len(rows)), rows] = -np.inf
            nearest = np.argpartition(-scores, k - 1, axis=1)[:, :k]
            nearest.sort(axis=1)
            index[rows] = nearest
            for row in rows.tolist():
                meaning[row], shared[row] = self._evidence(row, index[row])
        likeness = _joined(meaning, shared)
        order = np.lexsort((index, -likeness), axis=1)
        return Neighbours(
            np.take_along_axis(index, order, axis=1),
            np.take_along_axis(likeness, order, axis=1),
            np.take_along_axis(meaning, order, axis=1),
            np.take_along_axis(shared, order, axis=1),
        )

    def by_chance(self) -> NDArray[np.float64]:
        """Take pairs evenly from all over the archive and return their likeness."""
        count = len(self._meant)
        found = [np.zeros(0)]
        columns = np.unique(np.linspace(0, count - 1, _CHANCE_COLUMNS).astype(np.int64))
        for row in np.unique(np.linspace(0, count - 1, _CHANCE_ROWS).astype(np.int64)).tolist():
            others = columns[columns != row]
            found.append(_joined(*self._evidence(row, others)))
        return np.concatenate(found)

    def _evidence(self, row: int, others: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        # Sums of whole numbers below 2^53: exact in double precision.
        meaning = (self._meant[others] * self._meant[row]).sum(axis=1, dtype=np.float64) / LENGTH**2
        shared = self._bag.cosines(row, others)
        return np.clip(np.round(meaning, 4), 0, 1), np.clip(np.round(shared, 4), 0, 1)


def _joined(meaning: NDArray[np.float64], shared: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round((1 - WORDS) * meaning + WORDS * np.sqrt(shared), 4)


def _centred(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = vectors.mean(axis=0, dtype=np.float64) * (len(vectors) / (len(vectors) + _MEAN_FROM))
    return unit_rows(vectors.astype(np.float64) - mean)
