"""What is usual in an archive: how common a character is, how long a text, how alike two unrelated texts are.

Evidence is measured against it, so that a number means the same in a small and a large archive and with any encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.lookup.grams import characters, pairs

SAMPLE = 300
"""Documents looked at; frequencies and spreads of more differ little."""

# Passages whose cosines are compared; their spread needs no more.
_PASSAGES = 1_200
# A handful of documents says little of the spread: so many pairs count as having this one.
_SHRINK, _SPREAD = 200, 0.12


@dataclass(frozen=True, slots=True)
class Usual:
    """Measures of one archive, read by one encoder.

    `documents` were sampled; `grams` (ascending) stand in `frequency` of them; `length` is the mean number of
    characters. `centre` is what all passages share, float32 (d,); `sentence` and `whole` are the spreads of the cosines
    of unrelated passages and of unrelated texts, both seen from the centre.
    """

    documents: int
    length: float
    grams: NDArray[np.int64]
    frequency: NDArray[np.int64]
    centre: NDArray[np.float32]
    sentence: float
    whole: float

    def rarity(self, grams: NDArray[np.int64]) -> NDArray[np.float64]:
        """Weigh grams by log(1 + (N - df + 1/2) / (df + 1/2)), as BM25 does."""
        df = np.zeros(len(grams))
        if len(self.grams):
            at = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
            df = np.where(self.grams[at] == grams, self.frequency[at], 0).astype(np.float64)
        return np.asarray(np.log1p((self.documents - df + 0.5) / (df + 0.5)))

    def seen(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Look at unit vectors (n, d) from the centre; a vector that is the centre itself becomes zeros."""
        moved = vectors.astype(np.float32) - self.centre
        norm = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(np.where(norm > 1e-6, moved / np.maximum(norm, 1e-6), 0.0), dtype=np.float32)


def measure(texts: Sequence[str], matrices: Sequence[NDArray[np.float16]], centre: NDArray[np.float32]) -> Usual:
    """Measure an archive on some of its documents.

    :param texts: their normalised texts with the title, in an order that does not depend on their arrival.
    :param matrices: their passages' vectors, (n, d) each.
    :param centre: the mean of all passages of the archive, (d,).
    """
    held = [characters(text) for text in texts]
    distinct = [np.unique(np.concatenate([codes, pairs(codes)])) for codes in held]
    everything = np.concatenate(distinct) if distinct else np.zeros(0, dtype=np.int64)
    grams, frequency = np.unique(everything, return_counts=True)
    length = max(1.0, sum(map(len, held)) / max(1, len(held)))
    bare = Usual(len(texts), length, grams, np.asarray(frequency, dtype=np.int64), centre, _SPREAD, _SPREAD)
    if not matrices:
        return bare
    seen = [bare.seen(matrix.astype(np.float32)) for matrix in matrices]
    owner = np.repeat(np.arange(len(seen)), [len(each) for each in seen])
    step = max(1, -(-len(owner) // _PASSAGES))
    sentence = _spread(np.concatenate(seen)[::step], owner[::step])
    whole = _spread(np.stack([mean_of(each) for each in seen]), np.arange(len(seen)))
    return Usual(bare.documents, length, grams, bare.frequency, centre, sentence, whole)


def mean_of(seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the unit mean of a document's passages as `Usual.seen` gives them, (n, d) to (d,)."""
    mean = seen.mean(axis=0, dtype=np.float64)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm > 1e-6 else mean * 0, dtype=np.float32)


def _spread(vectors: NDArray[np.float32], owner: NDArray[np.int64]) -> float:
    """Return the root mean square of the cosines of vectors of different documents."""
    cosines = vectors @ vectors.T
    apart = owner[:, None] != owner[None, :]
    square = float((cosines[apart].astype(np.float64) ** 2).sum()) / 2
    count = int(apart.sum()) // 2
    return round(float(np.sqrt((square + _SHRINK * _SPREAD**2) / (count + _SHRINK))), 4)
