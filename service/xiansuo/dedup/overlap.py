"""What two texts share to the letter: copied runs, and sentences that differ in a few characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xiansuo.text.shingles import SIZE, bare, shingles

SHORTEST_RUN = 8
"""Characters in a row that two texts must share to count as copied; shorter runs are everyday phrases."""

Runs: TypeAlias = list[tuple[int, int]]


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
    mine, theirs = _grams(tuple(texts)), _grams(tuple(other))
    return counted(_runs(mine.all, theirs.distinct), mine.ends)


def copied_runs(text: str, other: str) -> tuple[Runs, Runs]:
    """Find the runs of two texts that stand anywhere in the other one.

    :param text: letters only, as from `shingles.bare`; `other` likewise.
    :return: start and end of each run, ascending, in the one text and in the other; two may share a letter or two.
    """
    mine, theirs = _grams((text,)), _grams((other,))
    return _runs(mine.all, theirs.distinct), _runs(theirs.all, mine.distinct)


def counted(runs: Runs, ends: NDArray[np.int64]) -> Copied:
    """Count the letters that lie in some runs.

    :param ends: how many letters there are up to the end of each passage, (n,).
    """
    if not len(ends):
        return Copied(np.zeros(0), 0.0, 0)
    covered = np.zeros(int(ends[-1]), dtype=bool)
    longest = 0
    for start, stop in runs:
        covered[start:stop] = True
        longest = max(longest, stop - start)
    sizes = np.diff(ends, prepend=0)
    held = np.diff(np.append(0, covered.cumsum())[ends], prepend=0)
    return Copied(held / np.maximum(sizes, 1), float(held.sum()) / max(1, len(covered)), longest)


def joined(runs: Runs) -> Runs:
    """Make one run of those that share letters."""
    found: Runs = []
    for start, stop in runs:
        if found and start < found[-1][1]:
            start = found.pop()[0]
        found.append((start, stop))
    return found


@dataclass(frozen=True, slots=True)
class _Grams:
    """The 3-grams of a text in their order, the distinct ones ascending, and where its passages end, in letters."""

    all: NDArray[np.uint32]
    distinct: NDArray[np.uint32]
    ends: NDArray[np.int64]


@lru_cache(maxsize=128)
def _grams(texts: tuple[str, ...]) -> _Grams:
    """Read the grams of a text, once for the many texts that it is held against."""
    bodies = [bare(text) for text in texts]
    grams = shingles("".join(bodies))
    return _Grams(grams, np.unique(grams), np.cumsum([len(each) for each in bodies], dtype=np.int64))


def _runs(grams: NDArray[np.uint32], other: NDArray[np.uint32]) -> Runs:
    """Find where runs of shared grams long enough to count start and end, in letters.

    :param other: the distinct grams of the other text, ascending.
    """
    if not len(other):
        return []
    shared = other[np.minimum(np.searchsorted(other, grams), len(other) - 1)] == grams
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shared.astype(np.int8), [0]])))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(start, stop + SIZE - 1) for start, stop in pairs if stop - start + SIZE - 1 >= SHORTEST_RUN]


def shared_pairs(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compare passages by their pairs of characters.

    :return: two arrays (n, m) in 0..1: the share of each left passage's pairs that the right one holds, and the share
        of each right passage's pairs that the left one holds.
    """
    place, marks = _places(tuple(left))
    # Counts are whole numbers far below 2^24: the product is exact on every machine.
    common = (marks @ _marked(right, place).T).astype(np.float64)
    sizes = [np.array([max(1, len(each)) for each in side], dtype=np.float64) for side in (left, right)]
    return common / sizes[0][:, None], common / sizes[1][None, :]


@lru_cache(maxsize=8)
def _places(passages: tuple[frozenset[str], ...]) -> tuple[Mapping[str, int], NDArray[np.float32]]:
    """Number the pairs of a text, and mark them, once for the many texts that it is held against."""
    place = {pair: i for i, pair in enumerate(dict.fromkeys(pair for each in passages for pair in each))}
    return place, _marked(passages, place)


def _marked(passages: Sequence[frozenset[str]], place: Mapping[str, int]) -> NDArray[np.float32]:
    """Mark which of some pairs each passage holds, (n, pairs)."""
    marks = np.zeros((len(passages), len(place)), dtype=np.float32)
    for row, held in zip(marks, passages, strict=True):
        row[[place[pair] for pair in held if pair in place]] = 1
    return marks
