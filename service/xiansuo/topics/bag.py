"""The words of all documents, each weighed by how much it tells of the matter.

Weight of a word in a document: (1 + log tf) · log(1 + (N - df + ½) / (df + ½)) · min(1, 10 / n) · worth, n being how
many texts of the same voice hold the word. A word that one person puts into text after text is that person's habit;
counted by documents it would look rare, and all they ever wrote would be one matter. `worth` is .4 for words that
stand in the suggestions alone: stock measures are asked for in every matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows

HABIT = 10
"""Texts of one voice in which a word may stand at full weight; few people write more often on one matter."""

ASKED = 0.4
"""Worth of a word that a text has in its suggestions only."""

# Words folded into so many columns find candidates; the likeness itself is computed on the words.
_COLUMNS = 1_024


@dataclass(frozen=True, slots=True)
class Words:
    """A document's distinct words as hashes, ascending, how often each occurs, and its worth, else 1."""

    terms: NDArray[np.uint32]
    counts: NDArray[np.uint16]
    worth: NDArray[np.float64] | None = None

    def without(self, terms: NDArray[np.uint32]) -> Words:
        """Leave out some words."""
        kept = ~np.isin(self.terms, terms)
        return Words(self.terms[kept], self.counts[kept], None if self.worth is None else self.worth[kept])

    def told(self, terms: NDArray[np.uint32]) -> Words:
        """Let words count less that are not among those with which the matter is told."""
        return Words(self.terms, self.counts, np.where(np.isin(self.terms, terms), 1.0, ASKED))


NO_WORDS = Words(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint16))


class Bag:
    """Weighted words of n documents, each document's weights at length 1.

    :param words: the documents' words; a document without words is like nothing.
    :param voices: who wrote each document; empty where nobody is named: such a text shares its habits with no other.
    """

    def __init__(self, words: Sequence[Words], voices: Sequence[str]) -> None:
        sizes = np.array([len(each.terms) for each in words])
        flat = np.concatenate([each.terms for each in words])
        counts = np.concatenate([each.counts for each in words]).astype(np.float64)
        self._vocabulary, self._columns, df = np.unique(flat, return_inverse=True, return_counts=True)
        idf = np.log1p((len(words) - df + 0.5) / (df + 0.5))
        self._owner = np.repeat(np.arange(len(words)), sizes)
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        worth = np.concatenate([np.ones(len(each.terms)) if each.worth is None else each.worth for each in words])
        weights = (1 + np.log(np.maximum(counts, 1))) * idf[self._columns] * self._novel(voices) * worth
        squares = np.zeros(len(words))
        np.add.at(squares, self._owner, weights**2)
        length = np.sqrt(squares)
        self._weights = weights / np.where(length > 0, length, 1.0)[self._owner]
        self._row = np.zeros(len(self._vocabulary))

    def _novel(self, voices: Sequence[str]) -> NDArray[np.float64]:
        """How far each word of each document is more than its author's habit, 0..1."""
        known = {voice: number for number, voice in enumerate(sorted(set(voices) - {""}))}
        voice = np.array([known.get(each, len(known) + place) for place, each in enumerate(voices)], dtype=np.int64)
        uses = voice[self._owner] * max(1, len(self._vocabulary)) + self._columns
        _, place, texts = np.unique(uses, return_inverse=True, return_counts=True)
        return np.asarray(np.minimum(1.0, HABIT / texts[place]), dtype=np.float64)

    def folded(self) -> NDArray[np.float32]:
        """Fold the words into few columns with signs (feature hashing, Weinberger et al., 2009)."""
        codes = [
            int.from_bytes(hashlib.blake2b(int(term).to_bytes(4, "little"), digest_size=4).digest(), "little")
            for term in self._vocabulary
        ]
        code = np.array(codes, dtype=np.int64)
        sign = np.where(code & 1, 1.0, -1.0)
        column = (code >> 1) % _COLUMNS
        folded = np.zeros((len(self._starts) - 1, _COLUMNS))
        np.add.at(folded, (self._owner, column[self._columns]), self._weights * sign[self._columns])
        return unit_rows(folded)

    def cosines(self, row: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Compare one document's words with some others'."""
        if len(others) == 0:
            return np.zeros(0)
        own = slice(self._starts[row], self._starts[row + 1])
        self._row[self._columns[own]] = self._weights[own]
        spans = [np.arange(self._starts[i], self._starts[i + 1]) for i in others]
        flat = np.concatenate(spans)
        products = self._row[self._columns[flat]] * self._weights[flat]
        sums = np.zeros(len(others))
        np.add.at(sums, np.repeat(np.arange(len(others)), [len(span) for span in spans]), products)
        self._row[self._columns[own]] = 0.0
        return sums
