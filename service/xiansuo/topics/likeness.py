"""Which documents are nearest to each: by meaning, by the rare words they share, by title, and by place.

Likeness is .6 · √words + .25 · √title + .15 · meaning: words is the cosine of the idf-weighted words (the root, because
two texts on one matter rarely share more than a quarter), title that of the titles' 2- and 3-grams, meaning the cosine
of the documents' vectors, seen from the archive's mean. Meaning alone brings together one complaint from two places;
words alone miss a matter told differently; a title names the very thing. Two texts about different places lose a fifth
of it and are never nearly the same, though one were the other with the place exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.bag import Bag, Words
from xiansuo.topics.exact import LENGTH, cosines, whole
from xiansuo.topics.sites import Site, apart

_MEANING, _WORDS, _TITLE = 0.15, 0.6, 0.25
_APART, _APART_AT_MOST = 0.8, 0.35
"""What is left of the likeness of two texts about different places, and how much it may be."""

_TOLD_APART = 0.1
"""Likeness from which it matters where two texts are."""

# An archive of a few documents has no mean worth the name; it counts half once there are this many.
_MEAN_FROM = 10

_CANDIDATES = 48
# Share of the meaning in the search for candidates; the rest are words.
_SOUGHT_BY_MEANING = 0.2
_CHANCE_ROWS, _CHANCE_COLUMNS = 300, 200
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest documents of each of n, best first, k columns; places without one have index -1.

    `index` int64 (n, k); `likeness`, `meaning`, `words`, float64 (n, k), all in 0..1; so is `theme`, the likeness
    wherever they are.
    """

    index: NDArray[np.int64]
    likeness: NDArray[np.float64]
    meaning: NDArray[np.float64]
    words: NDArray[np.float64]
    theme: NDArray[np.float64]

    def unlisted(self) -> list[float]:
        """Tell for each document how like the others are at most: as like as the last one here, 0 if all are here."""
        count, listed = self.likeness.shape
        return self.likeness[:, -1].tolist() if 0 < listed < count - 1 else [0.0] * count


class Likenesses:
    """The likeness of any two of n documents.

    :param vectors: rows of length 1, shape (n, d).
    :param words: the documents' words; a document without words is like nothing in words.
    :param titles: the 2- and 3-grams of their titles; of two texts one of which has none, only the rest is compared.
    :param sites: where each of them is.
    :param voices: who wrote each document, empty where nobody is named.
    """

    def __init__(
        self,
        vectors: NDArray[np.float32],
        words: Sequence[Words],
        titles: Sequence[Words],
        sites: Sequence[Site],
        voices: Sequence[str],
    ) -> None:
        self._bag, self._titles = Bag(words, voices), Bag(titles, voices)
        self._titled = np.array([len(each.terms) > 0 for each in titles])
        self._sites = sites
        self._centred = _centred(vectors)
        self._meant = whole(self._centred)

    def neighbours(self) -> Neighbours:
        """Find the nearest documents of each document, itself left out."""
        count = len(self._meant)
        k = min(_CANDIDATES, count - 1)
        if k < 1:
            empty = np.zeros((count, 0))
            return Neighbours(empty.astype(np.int64), empty, empty, empty, empty)
        folded = self._bag.folded() * np.float32(np.sqrt(1 - _SOUGHT_BY_MEANING))
        search = whole(np.hstack([self._centred * np.float32(np.sqrt(_SOUGHT_BY_MEANING)), folded]))
        index = np.empty((count, k), dtype=np.int64)
        meaning, shared, theme, likeness = (np.empty((count, k)) for _ in range(4))
        for low in range(0, count, _BLOCK):
            rows = np.arange(low, min(low + _BLOCK, count))
            scores = cosines(search[rows], search)
            scores[np.arange(len(rows)), rows] = -np.inf
            nearest = np.argpartition(-scores, k - 1, axis=1)[:, :k]
            nearest.sort(axis=1)
            index[rows] = nearest
            for row in rows.tolist():
                meaning[row], shared[row], theme[row] = self._evidence(row, index[row])
                likeness[row] = self._placed(row, index[row], theme[row])
        order = np.lexsort((index, -likeness), axis=1)
        return Neighbours(
            np.take_along_axis(index, order, axis=1),
            np.take_along_axis(likeness, order, axis=1),
            np.take_along_axis(meaning, order, axis=1),
            np.take_along_axis(shared, order, axis=1),
            np.take_along_axis(theme, order, axis=1),
        )

    def between(self, row: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Tell how like one document is to some others, (k,)."""
        return self._placed(row, others, self._evidence(row, others)[2])

    def by_chance(self) -> NDArray[np.float64]:
        """Take pairs evenly from all over the archive and return their likeness wherever they are."""
        count = len(self._meant)
        found = [np.zeros(0)]
        columns = np.unique(np.linspace(0, count - 1, _CHANCE_COLUMNS).astype(np.int64))
        for row in np.unique(np.linspace(0, count - 1, _CHANCE_ROWS).astype(np.int64)).tolist():
            found.append(self._evidence(row, columns[columns != row])[2])
        return np.concatenate(found)

    def _evidence(
        self, row: int, others: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Compare meaning and words of one document with some others', and join all but the place."""
        # Sums of whole numbers below 2^53: exact in double precision.
        meant = (self._meant[others] * self._meant[row]).sum(axis=1, dtype=np.float64) / LENGTH**2
        meaning, shared, title = (
            np.clip(np.round(each, 4), 0, 1)
            for each in (meant, self._bag.cosines(row, others), self._titles.cosines(row, others))
        )
        without = _MEANING * meaning + _WORDS * np.sqrt(shared)
        titled = self._titled[row] & self._titled[others]
        joined = np.where(titled, without + _TITLE * np.sqrt(title), without / (_MEANING + _WORDS))
        return meaning, shared, np.round(joined, 4)

    def _placed(self, row: int, others: NDArray[np.int64], theme: NDArray[np.float64]) -> NDArray[np.float64]:
        """Lower the likeness of texts about different places."""
        here = self._sites[row]
        near = zip(theme.tolist(), others.tolist(), strict=True)
        far = [score >= _TOLD_APART and apart(here, self._sites[other]) for score, other in near]
        lowered = np.minimum(theme * _APART, _APART_AT_MOST)
        return np.asarray(np.round(np.where(far, lowered, theme), 4), dtype=np.float64)


def _centred(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = vectors.mean(axis=0, dtype=np.float64) * (len(vectors) / (len(vectors) + _MEAN_FROM))
    return unit_rows(vectors.astype(np.float64) - mean)
