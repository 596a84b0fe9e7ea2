"""Near-duplicates by vectors alone, exactly: every pair above a threshold, none missed, without comparing all in full.

Pure and for rows only; a slice of rows can be answered for by itself, so that slices can be shared out to processes and
put together with `pairs.united`. No answer depends on the number of threads: what a fast product lets through is
computed again in double precision.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.pairs import Pairs, united

# One small product after the other in one call: BLAS would share out a large one among threads that mostly wait, and
# 64 x 80 at once costs no more. A strip is as many of them as stay in the cache.
_HIGH, _WIDE, _STRIP = 64, 80, 128
_DIRECTIONS = (32, 48, 64, 96, 128, 192, 256, 384)
_SAMPLE = 512
# One pair computed in full costs as much as so many products of two numbers inside BLAS.
_IN_FULL = 40_000
# Far more than float32 loses on rows of length 1.
_SLACK = 1e-4
_AT_ONCE = 1 << 15


def near_pairs(vectors: NDArray[np.float32], cosine: float, *, rows: slice = slice(None)) -> Pairs:
    """Find every pair of rows that are at least so near to each other; none is missed.

    Rows are turned so that most of each lies in few directions. What these say and the lengths of the rests give an
    upper bound of the cosine (Cauchy and Schwarz), itself one short product; only pairs whose bound reaches the
    threshold are computed in full. Memory is bounded by a strip of products, and by the pairs that are found.

    :param vectors: float32 (n, d), rows of length 1; rows of zeros are near to none.
    :param cosine: at least this, to six decimals; above 0.
    :param rows: only pairs whose left row is in this slice.
    :return: pairs with their cosines.
    """
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    if len(vectors) < 2:
        return united()
    return united(*(_measured(vectors, *each, cosine) for each in _passing(_shortened(vectors, cosine), cosine, rows)))


def near_groups(vectors: NDArray[np.float32], cosine: float) -> NDArray[np.int64]:
    """Group rows around canonical ones: the first row of a group, to which every other is near.

    :param vectors: float32 (n, d), rows of length 1, in order of choice.
    :return: int64 (n,): the canonical row of each row's group; its own number where it is canonical or alone.
    """
    distinct, kind = same_rows(vectors)
    pairs = near_pairs(vectors[distinct], cosine)
    home = list(range(len(distinct)))
    for left, right in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        # Pairs come by their left row, so whether that one is taken is settled here.
        if home[left] == left and home[right] == right:
            home[right] = left
    found = distinct[np.array(home, dtype=np.int64)][kind] if len(distinct) else np.zeros(0, dtype=np.int64)
    return np.where(vectors.any(axis=1), found, np.arange(len(vectors)))


def spread(vectors: NDArray[np.float32], owners: NDArray[np.int64], cosine: float) -> NDArray[np.int64]:
    """Count for each row the owners of rows at least so near to it, its own owner among them.

    The same row of many owners, as stock sentences are, is compared once.

    :param vectors: float32 (n, d), rows of length 1; `owners` int64 (n,).
    :return: int64 (n,).
    """
    if not len(vectors):
        return np.zeros(0, dtype=np.int64)
    distinct, kind = same_rows(vectors)
    near = near_pairs(vectors[distinct], cosine)
    each: NDArray[np.int64] = np.arange(len(distinct))
    left = np.concatenate([each, near.left, near.right])
    right = np.concatenate([each, near.right, near.left])
    holders, starts, counts = _holders(kind, owners, len(distinct))
    span = int(holders.max()) + 1
    # Each kind of row, with all holders of all kinds near to it.
    many = counts[right]
    at: NDArray[np.int64] = np.repeat(starts[right] - np.cumsum(many) + many, many) + np.arange(int(many.sum()))
    seen = np.unique(np.repeat(left, many) * span + holders[at])
    found = np.bincount(seen // span, minlength=len(distinct))
    return np.asarray(found[kind], dtype=np.int64)


def same_rows(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find rows that are equal to the bit.

    :return: the first row of each kind in their order (m,), and for every row the place of its kind there (n,).
    """
    told = np.ascontiguousarray(vectors).view(np.dtype((np.void, vectors.shape[1] * vectors.itemsize)))[:, 0]
    _, first, kind = np.unique(told, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return first[order].astype(np.int64), place[kind]


def _shortened(vectors: NDArray[np.float32], cosine: float) -> NDArray[np.float32]:
    """Turn rows onto their main directions, with the length of what is left out as one number more (n, k + 1).

    The product of two such rows is at least their cosine. How many directions are kept is the cheapest by a sample.
    """
    # By other rows than those that the directions were found by: these would promise too much.
    step = max(2, len(vectors) // _SAMPLE)
    sample, seen = vectors[step // 2 :: step], vectors[:: max(1, step // 4)]
    _, directions = np.linalg.eigh((seen.T @ seen).astype(np.float64))
    directions = directions[:, ::-1].astype(np.float32)
    cheapest, kept = _cost(sample, vectors.shape[1], cosine), 0
    for count in _DIRECTIONS:
        if count < vectors.shape[1]:
            cost = _cost(_onto(sample, directions[:, :count]), count, cosine)
            cheapest, kept = min((cheapest, kept), (cost, count))
    return _onto(vectors, directions[:, :kept]) if kept else vectors


def _onto(vectors: NDArray[np.float32], directions: NDArray[np.float32]) -> NDArray[np.float32]:
    main = vectors @ directions
    rest = np.square(vectors).sum(axis=1) - np.square(main).sum(axis=1)
    # A little more than nothing, so that rounding cannot make the bound too low.
    length = np.sqrt(np.maximum(0.0, rest) + np.float32(1e-6))
    return np.hstack([main, length[:, None]]).astype(np.float32)


def _cost(sample: NDArray[np.float32], directions: int, cosine: float) -> float:
    passing = int(np.count_nonzero(sample @ sample.T >= np.float32(cosine - _SLACK))) - len(sample)
    return directions + _IN_FULL * max(0, passing) / max(1, len(sample) * (len(sample) - 1))


def _passing(
    short: NDArray[np.float32], cosine: float, rows: slice
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Give the pairs above the diagonal whose product may reach the threshold, some at a time."""
    least = np.float32(cosine - _SLACK)
    count, directions = short.shape
    tiles = -(-count // _WIDE)
    padded = np.zeros((tiles * _WIDE, directions), dtype=np.float32)
    padded[:count] = short
    stacked = np.ascontiguousarray(padded.reshape(tiles, _WIDE, directions).transpose(0, 2, 1))
    start, stop, _ = rows.indices(count)
    for top in range(start, stop, _HIGH):
        strip = short[top : min(top + _HIGH, stop)]
        for tile in range(top // _WIDE, tiles, _STRIP):
            at = np.flatnonzero(np.matmul(strip, stacked[tile : tile + _STRIP]) >= least)
            left = at // _WIDE % len(strip) + top
            right = (at // (_WIDE * len(strip)) + tile) * _WIDE + at % _WIDE
            upper = (right > left) & (right < count)
            left, right = left[upper], right[upper]
            for i in range(0, len(left), _AT_ONCE):
                yield left[i : i + _AT_ONCE], right[i : i + _AT_ONCE]


def _measured(vectors: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64], cosine: float) -> Pairs:
    score = np.round((vectors[left].astype(np.float64) * vectors[right]).sum(axis=1), 6)
    near = score >= cosine
    return Pairs(left[near], right[near], score[near])


def _holders(
    kind: NDArray[np.int64], owners: NDArray[np.int64], kinds: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """List the distinct owners of each kind of row, one kind after the other, with where each begins and how many."""
    _, owner = np.unique(owners, return_inverse=True)
    span = int(owner.max()) + 1
    held = np.unique(kind * span + owner.astype(np.int64))
    counts = np.bincount(held // span, minlength=kinds)
    return held % span, np.cumsum(counts) - counts, counts
