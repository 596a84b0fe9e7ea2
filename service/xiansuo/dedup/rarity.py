"""How much a sentence says about its text: stock sentences that many documents hold say nothing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

SAME = 0.9
"""Cosine from which two sentences count as the same one."""

FEW = 4
"""So many documents may hold a sentence, however small the archive, before it can be one of the genre's own."""


def rarity(spread: NDArray[np.int64], documents: int) -> NDArray[np.float64]:
    """Weigh each passage by (log(N / df) / log N)², df being the documents that hold nearly the same passage.

    The square was the better of the two in a test with texts wrapped in stock openings and closings.

    :param spread: df of each passage, shape (q,).
    :param documents: N, how many documents the archive has.
    :return: float64 (q,) in 0..1; 1 for a passage that at most one document holds, 0 for one that all hold.
    """
    if documents < 2:
        return np.ones(len(spread))
    share = np.log(documents / np.clip(spread, 1, documents)) / np.log(documents)
    return np.asarray(share**2, dtype=np.float64)


def stock(weights: NDArray[np.float64], documents: int) -> NDArray[np.bool_]:
    """Tell which passages are boilerplate: held by more documents than the square root of all, and by more than `FEW`.

    A text that a few people copied stays a text; what every tenth letter of a small office says, or every hundredth of
    a large one, is how the genre speaks.

    :param weights: as from `rarity` for this archive, shape (n,).
    :return: bool (n,).
    """
    if documents < 2:
        return np.zeros(len(weights), dtype=np.bool_)
    spread = np.rint(documents ** (1 - np.sqrt(weights)))
    return np.asarray(spread > max(FEW, math.sqrt(documents)), dtype=np.bool_)
