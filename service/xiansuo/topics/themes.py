"""Which matters are of one theme: one issue in different places, or several sides of one.

Matters join as texts do (see `linkage`), by how like they are in the mean and wherever they are: .8 · √words + .2 ·
meaning, both the means over all pairs of a text of one and a text of the other, words without those of places. Titles
name the very thing, which the matters of a theme do not share. They join while that reaches a floor of its own, the
likeness that two matters taken at random hardly reach. A matter like no other has no theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from xiansuo.topics.bag import COLUMNS
from xiansuo.topics.exact import LENGTH
from xiansuo.topics.floor import floor
from xiansuo.topics.likeness import Sites, neighbours
from xiansuo.topics.linkage import linked
from xiansuo.topics.place_words import place_words
from xiansuo.topics.texts import Texts

_WORDS, _MEANING = 0.8, 0.2
# Matters of one theme are less like than texts of one matter: see `floor`.
_BEYOND = 1.5
# Likeness is compared by its first figures, so that equals are equals.
_FIGURES = 10_000
_NEAREST = 48
_CHANCE_ROWS, _CHANCE_COLUMNS = 300, 200
# Texts of a matter that are asked for the names of places.
_ASKED = 3
# Words of more matters than this tell none from another, and comparing them costs most.
_MOST = 1_000
_BLOCK = 128
# Neighbours of a text whose themes are asked for.
_VOTING = 8


@dataclass(frozen=True, slots=True)
class Themes:
    """For each matter the number of its `theme`, counted from 0 by their first texts, -1 for none.

    `floor`: mean likeness from which two groups of matters are one theme, 0..1.
    """

    theme: tuple[int, ...]
    floor: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of whole numbers over texts of n groups: `words` int64 (n, w), `meant` float64 (n, d); `sizes` (n, 1)."""

    words: csr_matrix
    meant: NDArray[np.float64]
    sizes: NDArray[np.float64]

    def some(self, rows: NDArray[np.int64] | slice) -> _Sums:
        return _Sums(self.words[rows], self.meant[rows], self.sizes[rows])


def themes_of(all_texts: Texts, sites: Sites, matters: Sequence[Sequence[int]]) -> Themes:
    """Group matters.

    :param sites: where the texts in some rows are.
    :param matters: the rows of each matter's texts, one at least; their order does not matter.
    """
    order = sorted(range(len(matters)), key=lambda place: min(matters[place]))
    sums = _summed(all_texts, sites, [matters[place] for place in order])
    least = floor(_by_chance(sums), len(order), _BEYOND)
    numbers: dict[int, int] = {}
    theme = [-1] * len(order)
    for place, label in zip(order, linked(len(order), *_ties(sums, least)), strict=True):
        if label >= 0:
            theme[place] = numbers.setdefault(label, len(numbers))
    return Themes(tuple(theme), least)


def themes_near(
    all_texts: Texts, sites: Sites, least: float, matters: Sequence[Sequence[int]], theme_of: Mapping[int, str]
) -> list[str]:
    """Tell to which theme each of some new matters is near: that of half of its texts' nearest, empty for none.

    :param least: likeness below which texts are not near.
    :param theme_of: the themes of texts by their rows, empty where their matter has none.
    """
    rows = np.array(sorted({row for matter in matters for row in matter}), dtype=np.int64)
    near = neighbours(all_texts, sites, least, rows)
    order = np.lexsort((near.index, -near.theme), axis=1)
    listed = dict(zip(rows.tolist(), np.take_along_axis(near.index, order, axis=1).tolist(), strict=True))
    found = []
    for matter in matters:
        own = set(matter)
        votes: Counter[str] = Counter()
        for row in matter:
            others = [other for other in listed[row] if other in theme_of and other not in own]
            votes.update(theme_of[other] for other in others[:_VOTING])
        best = min(votes, key=lambda theme: (-votes[theme], theme), default="")
        found.append(best if 2 * votes[best] >= votes.total() else "")
    return found


def _summed(all_texts: Texts, sites: Sites, groups: Sequence[Sequence[int]]) -> _Sums:
    sizes = np.array([len(each) for each in groups], dtype=np.float64)
    rows = np.array([row for each in groups for row in each], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    member = csr_matrix((np.ones(len(rows), np.int64), rows, starts), shape=(len(groups), len(all_texts)))
    asked = np.unique(np.array([row for each in groups for row in sorted(each)[:_ASKED]], dtype=np.int64))
    # Sums of whole numbers, exact in any order.
    words = (member @ all_texts.words).tocsr()
    named = place_words(all_texts.words[asked], sites(asked))
    return _Sums(_without(words, named), member @ all_texts.meant.astype(np.float64), sizes[:, np.newaxis])


def _without(words: csr_matrix, named: NDArray[np.int64]) -> csr_matrix:
    """Leave out the words of places and those of very many groups; columns are numbered anew."""
    spread = np.bincount(words.indices, minlength=COLUMNS)
    spread[named] = 0
    wanted = (spread > 0) & (spread <= _MOST)
    kept = wanted[words.indices]
    columns = (np.cumsum(wanted) - 1)[words.indices[kept]]
    starts = np.concatenate([[0], np.cumsum(kept)])[words.indptr]
    return csr_matrix((words.data[kept], columns, starts), shape=(words.shape[0], int(wanted.sum())))


def _like(of: _Sums, among: _Sums, across: csr_matrix) -> NDArray[np.float64]:
    """Compare groups with groups, (n, m); `across` are the words of the latter, (w, m)."""
    pairs = of.sizes * among.sizes.T * float(LENGTH**2)
    like = (of.words @ across).toarray().astype(np.float64)
    like /= pairs
    np.sqrt(like, out=like)
    like *= _WORDS * _FIGURES
    meaning = of.meant @ among.meant.T
    meaning /= pairs
    np.clip(meaning, 0, 1, out=meaning)
    meaning *= _MEANING * _FIGURES
    like += meaning
    np.rint(like, out=like)
    like /= _FIGURES
    return np.asarray(like, dtype=np.float64)


def _by_chance(sums: _Sums) -> NDArray[np.float64]:
    """Take pairs of different matters evenly from all."""
    last = len(sums.sizes) - 1
    if last < 1:
        return np.zeros(0)
    rows = np.unique(np.linspace(0, last, _CHANCE_ROWS).astype(np.int64))
    columns = np.unique(np.linspace(0, last, _CHANCE_COLUMNS).astype(np.int64))
    among = sums.some(columns)
    like = _like(sums.some(rows), among, among.words.T.tocsr())
    return np.asarray(like[rows[:, np.newaxis] != columns], dtype=np.float64)


def _ties(sums: _Sums, least: float) -> tuple[dict[tuple[int, int], float], float, list[float]]:
    """List the nearest of each matter, smaller number first, and how like the others are at most."""
    count = len(sums.sizes)
    width = min(_NEAREST, count - 1)
    if width < 1:
        return {}, least, [0.0] * count
    across = sums.words.T.tocsr()
    keys, values, last = [], [], []
    for low in range(0, count, _BLOCK):
        like = _like(sums.some(slice(low, low + _BLOCK)), sums, across)
        rows = np.arange(low, low + len(like))[:, np.newaxis]
        like[rows - low, rows] = -1.0
        # No two are equal: of equals the first come first.
        rank = np.arange(count) - np.rint(like * _FIGURES).astype(np.int64) * count
        nearest = np.argpartition(rank, width - 1, axis=1)[:, :width]
        found = np.take_along_axis(like, nearest, axis=1)
        keys.append(np.minimum(rows, nearest) * count + np.maximum(rows, nearest))
        values.append(found)
        last.append(found.min(axis=1))
    pairs, first = np.unique(np.concatenate(keys), return_index=True)
    ends = zip((pairs // count).tolist(), (pairs % count).tolist(), strict=True)
    ties = dict(zip(ends, np.concatenate(values).ravel()[first].tolist(), strict=True))
    return ties, least, np.concatenate(last).tolist() if width < count - 1 else [0.0] * count
