"""How like texts are, and which are nearest to each: by the rare words they share, by title, and by meaning.

Likeness is .6 · √words + .25 · √title + .15 · meaning: words is the cosine of the idf-weighted words (the root, because
two texts on one matter rarely share more than a quarter), title that of the titles' 2- and 3-grams, meaning the cosine
of the documents' vectors, seen from the archive's mean. Meaning alone brings together one complaint from two places;
words alone miss a matter told differently; a title names the very thing. Two texts about different places lose a fifth
of it and are never nearly the same, though one were the other with the place exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from xiansuo.topics.bag import COLUMNS
from xiansuo.topics.elsewhere import all_apart
from xiansuo.topics.exact import LENGTH
from xiansuo.topics.parts import in_parts
from xiansuo.topics.sites import Site
from xiansuo.topics.texts import Texts

_MEANING, _WORDS, _TITLE = 0.15, 0.6, 0.25
_APART, _APART_AT_MOST = 0.8, 0.35
"""What is left of the likeness of two texts about different places, and how much it may be."""

_CLONE, _OF_A_CLONE = 0.6, 0.1
"""Texts this alike about different places are one text with the place exchanged: what is left of their likeness."""

_NEIGHBOURS = 48
# So many texts are compared in full with each; they share most of its rarer words.
_CANDIDATES = 64
# Rarer words are those in at most so large a part of the texts; more than so many texts are never gone through.
_RARE, _RARE_AT_LEAST, _RARE_AT_MOST = 0.05, 200, 1_000
# What title grams weigh beside words where candidates are sought.
_TITLES_SOUGHT = 0.5
# Sum of products in rarer words and title grams below which two texts are not looked at, and what it never exceeds.
_WORTH_A_LOOK = int(0.005 * LENGTH**2)
_MOST_SHARED = (1 << 27) - 1
_CHANCE_ROWS, _CHANCE_COLUMNS = 200, 150
_BLOCK = 256
_FEW = 4_096
# Pairs compared at a time: what they are compared by then stays in the cache.
_PAIRS = 4_096


Sites: TypeAlias = Callable[[NDArray[np.int64]], Sequence[Site]]
"""Tells where the texts in some rows, (r,) and ascending, are."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest of n texts for each of m, best first, k columns; places without one have index -1 and zeros.

    `index` int64 (m, k); `likeness`, `meaning`, `words`, float64 (m, k), all in 0..1; so is `theme`, the likeness
    wherever they are.
    """

    index: NDArray[np.int64]
    likeness: NDArray[np.float64]
    meaning: NDArray[np.float64]
    words: NDArray[np.float64]
    theme: NDArray[np.float64]

    def unlisted(self) -> list[float]:
        """Tell for each text how like the others are at most: as like as the last one here, 0 if all are here."""
        return self.likeness[:, -1].tolist() if self.index.shape[1] == _NEIGHBOURS else [0.0] * len(self.index)

    def with_more(self, others: Neighbours) -> Neighbours:
        """Put the nearest of other texts, among the same ones, behind these."""
        return Neighbours(
            np.concatenate([self.index, others.index]),
            np.concatenate([self.likeness, others.likeness]),
            np.concatenate([self.meaning, others.meaning]),
            np.concatenate([self.words, others.words]),
            np.concatenate([self.theme, others.theme]),
        )

    def some(self, places: NDArray[np.int64]) -> Neighbours:
        """Pick texts."""
        tables = self.likeness, self.meaning, self.words, self.theme
        return Neighbours(self.index[places], *(table[places] for table in tables))


def neighbours(among: Texts, sites: Sites, least: float, rows: NDArray[np.int64] | None = None) -> Neighbours:
    """Find the nearest texts of all texts or of those in some rows, themselves left out.

    :param least: likeness, wherever they are, below which a text is not listed.
    """
    left, right = _candidates(among, np.arange(len(among)) if rows is None else rows)
    if rows is None:
        # Each pair is looked at once, whoever has brought it up, and both have it.
        pairs = np.unique(np.minimum(left, right) * len(among) + np.maximum(left, right))
        left, right = pairs // max(1, len(among)), pairs % max(1, len(among))
    meaning, shared, theme = evidence(among, left, right)
    near = theme >= least
    left, right = left[near], right[near]
    meaning, shared, theme = meaning[near], shared[near], theme[near]
    likeness = _placed(theme, sites, left, right)
    told = likeness, meaning, shared, theme
    if rows is None:
        left, right = np.concatenate([left, right]), np.concatenate([right, left])
        return _table(len(among), len(among), left, right, told)
    return _table(len(rows), len(among), np.searchsorted(rows, left), right, told)


def _table(
    count: int,
    among: int,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    told: tuple[NDArray[np.float64], ...],
) -> Neighbours:
    """Put pairs into a table, the nearest of each row first.

    :param told: likeness and what else there is to tell of each pair; begun again where there are more pairs.
    """
    pairs = max(1, len(told[0]))
    # One number a pair again: likeness has four decimals.
    near = np.resize(10_000 - np.rint(told[0] * 10_000).astype(np.int64), len(rows))
    order = np.argsort((rows << 42) | (near << 27) | columns)
    rank = _rank(rows[order])
    order, rank = order[rank < _NEIGHBOURS], rank[rank < _NEIGHBOURS]
    width = min(_NEIGHBOURS, max(0, among - 1))
    at = rows[order], rank
    index = np.full((count, width), -1, dtype=np.int64)
    index[at] = columns[order]
    tables = np.zeros((len(told), count, width))
    for table, each in zip(tables, told, strict=True):
        table[at] = each[order % pairs]
    return Neighbours(index, *tables)


def between(all_texts: Texts, sites: Sites, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Tell how like the texts of each pair are, (p,)."""
    return _placed(evidence(all_texts, left, right)[2], sites, left, right)


def by_chance(all_texts: Texts) -> NDArray[np.float64]:
    """Take pairs evenly from all over the archive and return their likeness wherever they are."""
    count = len(all_texts)
    rows = np.unique(np.linspace(0, count - 1, min(count, _CHANCE_ROWS)).astype(np.int64))
    columns = np.unique(np.linspace(0, count - 1, min(count, _CHANCE_COLUMNS)).astype(np.int64))
    left, right = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
    different = left != right
    return evidence(all_texts, left[different], right[different])[2]


def evidence(
    all_texts: Texts, left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Compare meaning and words of pairs of texts, and join all but the place.

    :return: meaning, words and likeness wherever they are, float64 (p,) each.
    """
    titled = _filled(all_texts.titles)

    def compared(low: int) -> NDArray[np.float64]:
        a, b = left[low : low + _PAIRS], right[low : low + _PAIRS]
        # Sums of whole numbers below 2^24: exact in single precision, in any order.
        meant = np.einsum("ij,ij->i", all_texts.meant[a].astype(np.float32), all_texts.meant[b].astype(np.float32))
        sums = np.stack([meant, _products(all_texts.words, a, b), _products(all_texts.titles, a, b)])
        meaning, shared, title = np.clip(np.round(sums / LENGTH**2, 4), 0, 1)
        without = _MEANING * meaning + _WORDS * np.sqrt(shared)
        both = titled[a] & titled[b]
        joined = np.where(both, without + _TITLE * np.sqrt(title), without / (_MEANING + _WORDS))
        return np.stack([meaning, shared, np.round(joined, 4)])

    found = in_parts(compared, range(0, len(left), _PAIRS))
    meaning, shared, theme = np.concatenate([np.zeros((3, 0)), *found], axis=1)
    return meaning, shared, theme


def _candidates(among: Texts, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find for some texts those with which they share most of their rarer words and title grams: pairs of places."""
    told = _told(among, places)
    # Turning all texts around pays where all are asked for; a few are turned around themselves.
    by_term = told.T.tocsr() if len(places) > _FEW else None

    def sought(low: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        block = places[low : low + _BLOCK]
        asked = told[block]
        shared = asked @ by_term if by_term is not None else (told @ asked.T.tocsr()).T.tocsr()
        seen = np.flatnonzero(shared.data >= _worth_a_look(shared))
        rows = np.searchsorted(shared.indptr, seen, side="right") - 1
        other = shared.indices[seen] != block[rows]
        seen, rows = seen[other], rows[other]
        # One number a pair, so that one sort puts them by row, best first, and of equals the first: sums are whole.
        keys = (rows << 54) | ((_MOST_SHARED - shared.data[seen].astype(np.int64)) << 27) | shared.indices[seen]
        keys.sort()
        rows = keys >> 54
        best = _rank(rows) < _CANDIDATES
        return block[rows[best]], keys[best] & ((1 << 27) - 1)

    found = in_parts(sought, range(0, len(places), _BLOCK))
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *(rows for rows, _ in found)]), np.concatenate([none, *(at for _, at in found)])


def _worth_a_look(shared: csr_matrix) -> NDArray[np.int32]:
    """Tell for each sum how large it has to be: among the largest of its row, with one more for the text itself."""
    least = np.full(shared.shape[0], _WORTH_A_LOOK, dtype=np.int32)
    sizes = np.diff(shared.indptr)
    for row in np.flatnonzero(sizes > _CANDIDATES + 1).tolist():
        sums = shared.data[shared.indptr[row] : shared.indptr[row + 1]]
        last = len(sums) - _CANDIDATES - 1
        least[row] = max(_WORTH_A_LOOK, int(np.partition(sums, last)[last]))
    return np.repeat(least, sizes)


def _told(among: Texts, places: NDArray[np.int64]) -> csr_matrix:
    """Put the rarer words and title grams of texts side by side, as far as the texts in some places have them."""
    titles = _rarer(among.titles, places)
    titles.data = np.rint(titles.data * _TITLES_SOUGHT).astype(np.int32)
    return hstack([_rarer(among.words, places), titles], format="csr")


def _placed(
    theme: NDArray[np.float64], sites: Sites, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Lower the likeness of texts about different places."""
    asked = np.zeros(1 + max(left.max(initial=-1), right.max(initial=-1)), dtype=bool)
    asked[left] = asked[right] = True
    wanted = np.flatnonzero(asked)
    at = sites(wanted)
    sited = np.zeros(len(asked), dtype=bool)
    sited[wanted] = [bool(each.places) for each in at]
    both = np.flatnonzero(sited[left] & sited[right])
    place = np.cumsum(asked) - 1
    far = both[all_apart(at, place[left[both]], place[right[both]])]
    placed = theme.copy()
    lowered = np.minimum(theme[far] * _APART, _APART_AT_MOST)
    placed[far] = np.round(np.where(theme[far] >= _CLONE, _OF_A_CLONE, lowered), 4)
    return placed


def _products(rows: csr_matrix, left: NDArray[np.int64], right: NDArray[np.int64]) -> Any:
    return np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()


def _rarer(rows: csr_matrix, places: NDArray[np.int64]) -> csr_matrix:
    """Leave out the columns that many texts have, that a single one has, or none in the places asked for."""
    spread = np.bincount(rows.indices, minlength=COLUMNS)
    wanted = (spread > 1) & (spread <= min(_RARE_AT_MOST, max(_RARE_AT_LEAST, _RARE * rows.shape[0])))
    if len(places) <= _FEW:
        asked = np.zeros(COLUMNS, dtype=bool)
        asked[rows[places].indices] = True
        wanted &= asked
    kept = np.flatnonzero(wanted[rows.indices])
    number = np.cumsum(wanted, dtype=np.int32) - 1
    starts = np.searchsorted(kept, rows.indptr)
    return csr_matrix((rows.data[kept], number[rows.indices[kept]], starts), shape=(rows.shape[0], int(wanted.sum())))


def _filled(rows: csr_matrix) -> NDArray[np.bool_]:
    return np.asarray(np.diff(rows.indptr) > 0)


def _rank(sorted_rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the entries of each row, 0 for its first."""
    starts = np.flatnonzero(np.concatenate([[True], sorted_rows[1:] != sorted_rows[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(sorted_rows)]]))
    return np.arange(len(sorted_rows)) - np.repeat(starts, sizes)
