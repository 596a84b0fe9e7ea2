"""The words of all texts, each weighed by how much it tells of the matter.

Weight of a word in a text: (1 + log tf) · log(1 + (N - df + ½) / (df + ½)) · min(1, 10 / n) · worth, n being how many
texts of the same voice hold the word. A word that one person puts into text after text is that person's habit; counted
by texts it would look rare, and all they ever wrote would be one matter. `worth` is .4 for words that stand in the
suggestions alone: stock measures are asked for in every matter. Weights are kept as whole numbers, so that sums of
products are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from xiansuo.topics.exact import LENGTH

HABIT = 10
"""Texts of one voice in which a word may stand at full weight; few people write more often on one matter."""

ASKED = 0.4
"""Worth of a word that a text has in its suggestions only."""

COLUMNS = 1 << 22
"""Words are told apart by this many columns; of 300,000 words one in fourteen shares a column with another one."""

_BITS_LEFT_OUT = 10


@dataclass(frozen=True, slots=True)
class Words:
    """A text's distinct words as hashes, ascending, how often each occurs, and its worth, else 1."""

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


@dataclass(frozen=True, slots=True)
class Usage:
    """How an archive uses words.

    `columns` int32 (w,), ascending, of all its words, and `spread` int32 (w,), in how many of its `texts` each stands.
    `habits`: voices and columns with more texts than HABIT, as `voice · COLUMNS + column`, int64 ascending, and
    `often`, in how many texts.
    """

    texts: int
    columns: NDArray[np.int32]
    spread: NDArray[np.int32]
    habits: NDArray[np.int64]
    often: NDArray[np.int32]


def usage(words: Sequence[Words], voices: NDArray[np.int64]) -> Usage:
    """Count words over an archive.

    :param voices: who wrote each text, int64 below 2⁴⁰; -1 where nobody is named: such a text shares no habit.
    """
    owner, columns = _flat(words)
    used, spread = np.unique(columns, return_counts=True)
    _, speaker, spoken = np.unique(voices, return_inverse=True, return_counts=True)
    # Who wrote no more texts than that has no habit.
    named = ((voices >= 0) & (spoken[speaker] > HABIT))[owner]
    uses, often = np.unique(voices[owner[named]] * COLUMNS + columns[named], return_counts=True)
    kept = often > HABIT
    return Usage(len(words), used, spread.astype(np.int32), uses[kept], often[kept].astype(np.int32))


def weighed(words: Sequence[Words], voices: NDArray[np.int64], known: Usage) -> csr_matrix:
    """Weigh the words of texts by how an archive uses them.

    :return: a row a text, int32 (n, COLUMNS), rows of length LENGTH but for rounding.
    """
    owner, columns = _flat(words)
    counts = np.concatenate([each.counts for each in words] or [np.zeros(0, np.uint16)]).astype(np.float64)
    worth = np.concatenate(
        [np.ones(len(each.terms)) if each.worth is None else each.worth for each in words] or [np.zeros(0)]
    )
    in_texts = np.zeros(COLUMNS, dtype=np.int32)
    in_texts[known.columns] = known.spread
    spread = np.maximum(in_texts[columns], 1)  # a new word stands in this text at least
    rarity = np.log1p((np.maximum(known.texts - spread, 0) + 0.5) / (spread + 0.5))
    weights = (1 + np.log(np.maximum(counts, 1))) * rarity * _novel(voices[owner] * COLUMNS + columns, known) * worth
    squares = np.bincount(owner, weights**2, minlength=len(words))
    length = np.sqrt(squares)
    whole = np.rint(weights * (LENGTH / np.where(length > 0, length, 1.0))[owner]).astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(words)))])
    made = csr_matrix((whole, columns, starts.astype(np.int32)), shape=(len(words), COLUMNS))
    made.sum_duplicates()
    made.eliminate_zeros()
    return made


def _novel(uses: NDArray[np.int64], known: Usage) -> NDArray[np.float64]:
    """How far each word of each text is more than its author's habit, 0..1."""
    if not len(known.habits):
        return np.ones(len(uses))
    place = np.minimum(np.searchsorted(known.habits, uses), len(known.habits) - 1)
    return np.where(known.habits[place] == uses, HABIT / known.often[place], 1.0)


def _flat(words: Sequence[Words]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """List for all words of all texts whose they are and their columns."""
    owner = np.repeat(
        np.arange(len(words), dtype=np.int32), np.array([len(each.terms) for each in words], dtype=np.int64)
    )
    terms = np.concatenate([each.terms for each in words] or [np.zeros(0, np.uint32)])
    return owner, (terms >> np.uint32(_BITS_LEFT_OUT)).astype(np.int32)
