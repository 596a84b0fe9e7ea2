"""One pass over many vectors for several questions: what is nearest to each query, and all that is very near to it.

BLAS multiplies block by block, and of a block only what can still be among the nearest is kept. Its single precision
decides nothing: whatever lies within its error of the edge is kept as well, for the caller to score again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Products held at once, 8 MB: large enough for BLAS, small enough for any computer.
_PRODUCTS = 2_000_000
_FEWEST_ROWS, _FIRST = 4_096, 2_048


@dataclass(frozen=True, slots=True)
class Seen:
    """What a pass found, for each query an array of rows.

    `nearest`: every row that can be among the k nearest, in no order; `scores` float32 are theirs. `near`: every row
    whose product reaches the cosine that was asked for, ascending.
    """

    nearest: list[NDArray[np.intp]]
    scores: list[NDArray[np.float32]]
    near: list[NDArray[np.intp]]


def scan(
    matrix: NDArray[np.float32],
    queries: NDArray[np.float32],
    k: int,
    *,
    rows: NDArray[np.intp] | None = None,
    aside: NDArray[np.bool_] | None = None,
    cosine: float | None = None,
) -> Seen:
    """Look at vectors of length 1, float32 (n, dimension), from each query, float32 (q, dimension).

    :param rows: look at these alone.
    :param aside: which of the n are never among the nearest, bool (n,), though they count as near.
    """
    margin = np.float32(queries.shape[1] * 2.0**-22)
    floor = np.full(len(queries), -np.inf, dtype=np.float32)
    nearest = [np.zeros(0, dtype=np.intp) for _ in queries]
    scores = [np.zeros(0, dtype=np.float32) for _ in queries]
    near: list[list[NDArray[np.intp]]] = [[np.zeros(0, dtype=np.intp)] for _ in queries]
    for places, block in _blocks(matrix, rows, len(queries)):
        products = queries @ block.T
        if cosine is not None:
            for query, found in _above(products, np.full(len(queries), cosine, dtype=np.float32)):
                near[query].append(places[found])
        if k == 0:
            continue
        if aside is not None:
            products[:, aside[places]] = -np.inf
        if products.shape[1] > k and not np.isfinite(floor).any():
            # The k-th best of a few is no better than the k-th best of all.
            few = products[:, : max(k, _FIRST)]
            floor = np.partition(few, -k, axis=1)[:, -k] - margin
        for query, found in _above(products, floor):
            nearest[query] = np.concatenate([nearest[query], places[found]])
            scores[query] = np.concatenate([scores[query], products[query, found]])
            if len(scores[query]) > k:
                floor[query] = np.partition(scores[query], -k)[-k] - margin
                kept = scores[query] >= floor[query]
                nearest[query], scores[query] = nearest[query][kept], scores[query][kept]
    return Seen(nearest, scores, [np.concatenate(found) for found in near])


def _blocks(
    matrix: NDArray[np.float32], rows: NDArray[np.intp] | None, queries: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
    size = max(_FEWEST_ROWS, _PRODUCTS // max(1, queries))
    for start in range(0, len(matrix) if rows is None else len(rows), size):
        if rows is None:
            block = matrix[start : start + size]
            yield np.arange(start, start + len(block)), block
        else:
            yield rows[start : start + size], matrix[rows[start : start + size]]


def _above(products: NDArray[np.float32], floor: NDArray[np.float32]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Give for each query the columns that reach its floor; what is set aside reaches none."""
    for query, least in enumerate(floor):
        found = np.flatnonzero(products[query] >= max(least, np.finfo(np.float32).min))
        if len(found):
            yield query, found
