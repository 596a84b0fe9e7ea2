"""What two texts share to the letter: copied runs, and sentences that differ in a few characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.text.shingles import SIZE, bare, shingles

SHORTEST_RUN = 8
"""Characters in a row that two texts must share to count as copied; shorter runs are everyday phrases."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What of a text stands in another: `passages` (n,) and `share` in 0..1, the longest run in characters."""

    passages: NDArray[np.float64]
    share: float
    longest: int


def copied(texts: Sequence[str], other: Sequence[str]) -> Copied:
    """Find the runs of some passages that stand anywhere in another text.

    :param texts: normalised passages, without the title.
    :param other: normalised passages of the other text.
    """
    bodies = [bare(text) for text in texts]
    body = "".join(bodies)
    shared = np.isin(shingles(body), shingles("".join(other)))
    covered = np.zeros(len(body), dtype=bool)
    longest = 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shared.astype(np.int8), [0]])))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        length = stop - start + SIZE - 1
        if length >= SHORTEST_RUN:
            covered[start : start + length] = True
            longest = max(longest, length)
    ends = np.cumsum([len(each) for each in bodies])
    shares = [float(piece.mean()) if len(piece) else 0.0 for piece in np.split(covered, ends[:-1])] if bodies else []
    return Copied(np.array(shares), float(covered.mean()) if len(body) else 0.0, longest)


def shared_pairs(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compare passages by their pairs of characters.

    :return: two arrays (n, m) in 0..1: the share of each left passage's pairs that the right one holds, and the share
        of each right passage's pairs that the left one holds.
    """
    place = {pair: i for i, pair in enumerate(dict.fromkeys(pair for each in left for pair in each))}
    # Counts are whole numbers far below 2^24: the product is exact on every machine.
    common = (_marked(left, place) @ _marked(right, place).T).astype(np.float64)
    sizes = [np.array([max(1, len(each)) for each in side], dtype=np.float64) for side in (left, right)]
    return common / sizes[0][:, None], common / sizes[1][None, :]


def _marked(passages: Sequence[frozenset[str]], place: Mapping[str, int]) -> NDArray[np.float32]:
    """Mark which of some pairs each passage holds, (n, pairs)."""
    marks = np.zeros((len(passages), len(place)), dtype=np.float32)
    for row, held in zip(marks, passages, strict=True):
        row[[place[pair] for pair in held if pair in place]] = 1
    return marks
