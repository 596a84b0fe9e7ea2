"""Which words of the themes stand in which documents: as written, and in any guise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from xiansuo.recommend.aligning.theme_terms import Counts, Terms, bare, pairs
from xiansuo.recommend.texts import ReadText


@dataclass(frozen=True, slots=True)
class Marks:
    """What n documents say of the W words and G pairs of characters of a list of themes.

    `titled` and `often` int64 (n, W): how often a word stands in the title and in the body; `apart` bool (n, W): all
    parts of a word stand somewhere. `title_grams` and `grams` int64 (n, G) count pairs of characters in title and body,
    those beside another one twice: 改造 alone says little of 技术改造.
    `title_length` and `length` int64 (n,) are characters.
    """

    titled: NDArray[np.int64]
    often: NDArray[np.int64]
    apart: NDArray[np.bool_]
    title_grams: Counts
    grams: Counts
    title_length: NDArray[np.int64]
    length: NDArray[np.int64]

    @property
    def found(self) -> NDArray[np.bool_]:
        """Tell of each word whether a document has it as it is written, bool (n, W)."""
        return np.asarray((self.titled > 0) | (self.often > 0))


def mark(terms: Terms, texts: Sequence[ReadText]) -> Marks:
    """Look for the words of a list of themes in documents."""
    titles = [bare(text.record.title) for text in texts]
    bodies = [bare(text.record.text) for text in texts]
    in_title, in_body = (_counted(each, terms.grams, runs=False) for each in (titles, bodies))
    titled = _occurrences(terms, titles, in_title)
    often = _occurrences(terms, bodies, in_body)
    apart = np.zeros(titled.shape, dtype=np.bool_)
    # A part may begin in the title and stand nowhere else: both are looked at as one text.
    whole = [f"{title}\n{body}" for title, body in zip(titles, bodies, strict=True)]
    for row, column in _having(in_title + in_body, terms.in_parts):
        parts = terms.parts[column]
        apart[row, column] = bool(parts) and all(part in whole[row] for part in parts)
    title_runs, runs = (_counted(each, terms.grams, runs=True) for each in (titles, bodies))
    return Marks(titled, often, apart, in_title + title_runs, in_body + runs, _lengths(titles), _lengths(bodies))


def _counted(texts: Sequence[str], grams: NDArray[np.int64], *, runs: bool) -> Counts:
    """Count pairs; with `runs` only those beside another one."""
    owner, found = pairs(texts)
    if not len(grams) or not len(found):
        return csr_matrix((len(texts), len(grams)), dtype=np.int64)
    at = np.minimum(np.searchsorted(grams, found), len(grams) - 1)
    known = grams[at] == found
    if runs:
        beside = known[1:] & known[:-1] & (owner[1:] == owner[:-1])
        known = np.append(beside, False) | np.append(False, beside)
    ones = np.ones(int(known.sum()), dtype=np.int64)
    # Repeated places are added up.
    return csr_matrix((ones, (owner[known], at[known])), shape=(len(texts), len(grams)))


def _occurrences(terms: Terms, texts: Sequence[str], grams: Counts) -> NDArray[np.int64]:
    counts = np.zeros((len(texts), len(terms.words)), dtype=np.int64)
    for row, column in _having(grams, terms.in_words):
        counts[row, column] = texts[row].count(terms.bare[column])
    return counts


def _having(grams: Counts, wanted: Counts) -> list[tuple[int, int]]:
    """List the texts and words where a text has all pairs of characters of a word: few, and only there it may stand."""
    has = grams.copy()
    has.data = np.ones_like(has.data)
    shared = (has @ wanted).toarray()
    needed = np.asarray(wanted.sum(axis=0)).ravel()
    rows, columns = np.nonzero(shared == needed)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _lengths(texts: Sequence[str]) -> NDArray[np.int64]:
    return np.array([len(text) for text in texts], dtype=np.int64)
