"""Pairs of rows with a score, as joins find them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows: `left` < `right`, both int64 (p,), ascending, each pair once; `score` float64 (p,)."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    score: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.left)


def ordered(left: NDArray[np.int64], right: NDArray[np.int64], score: NDArray[np.float64]) -> Pairs:
    """Turn pairs the right way round, in order, each once with its greatest score."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((-score, high, low))
    low, high, score = low[order], high[order], score[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return Pairs(low[first], high[first], score[first])


def united(*found: Pairs) -> Pairs:
    """Put the pairs of several joins or slices together; of two scores the greater is kept."""
    if not found:
        return ordered(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64))
    parts = [(each.left, each.right, each.score) for each in found]
    return ordered(*(np.concatenate(each) for each in zip(*parts, strict=True)))
