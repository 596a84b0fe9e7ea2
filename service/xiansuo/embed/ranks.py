"""How well an encoder finds the rest of a document from a piece of it; no labels are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Finding:
    """Measures over all questions: mean reciprocal rank, share found at first place, mean rank."""

    questions: int
    among: int
    mrr: float
    first: float
    mean_rank: float


def ranks(encoder: Encoder, asked: Sequence[str], wanted: Sequence[int], pool: Sequence[str]) -> NDArray[np.int64]:
    """Rank the wanted text of each question among all of the pool by cosine; 1 is the best.

    Other texts that are as near count as nearer, so that an encoder which tells nothing apart gains
    nothing; copies of the wanted text do not count.

    :param wanted: for each question, its text's place in the pool.
    :return: int64, shape (len(asked),).
    """
    place = {text: i for i, text in enumerate(dict.fromkeys(pool))}
    same = np.array([place[text] for text in pool])
    there = encoder.encode(pool).astype(np.float64)
    here = encoder.encode(asked).astype(np.float64)
    goal = np.asarray(wanted, dtype=np.int64)
    found = np.empty(len(goal), dtype=np.int64)
    for start in range(0, len(goal), _BLOCK):
        rows = slice(start, start + _BLOCK)
        cosines = np.round(here[rows] @ there.T, 6)
        own = np.take_along_axis(cosines, goal[rows, None], axis=1)
        ahead = (cosines >= own) & (same[None, :] != same[goal[rows], None])
        found[rows] = 1 + ahead.sum(axis=1)
    return found


def finding(found: NDArray[np.int64], among: int) -> Finding:
    """Sum up ranks; figures are rounded to four digits."""
    return Finding(
        questions=len(found),
        among=among,
        mrr=round(float((1 / found).mean()), 4),
        first=round(float((found == 1).mean()), 4),
        mean_rank=round(float(found.mean()), 2),
    )


def gain(before: NDArray[np.int64], after: NDArray[np.int64]) -> tuple[float, float]:
    """Return the mean gain in reciprocal rank of the same questions, and its standard error."""
    gains = 1 / after - 1 / before
    return round(float(gains.mean()), 4), round(float(gains.std(ddof=1) / np.sqrt(len(gains))), 4)
