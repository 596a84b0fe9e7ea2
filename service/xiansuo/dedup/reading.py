"""A text as the comparison reads it: passages, vectors, words, places and numbers, each found once."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.rarity import SAME
from xiansuo.records import Part
from xiansuo.text.numerals import numbers
from xiansuo.text.passages import TITLE, Passages, part_code
from xiansuo.text.places import places
from xiansuo.text.shingles import bare

SUGGESTIONS = part_code(Part.SUGGESTIONS)


@dataclass(frozen=True)
class Reading:
    """One of two texts that are compared.

    `matrix` float32 (n, dimension): the passages' vectors, rows of length 1. `rarity` float64 (n,): how much each
    passage says, 0..1. `words`: for each passage its content words.
    """

    passages: Passages
    matrix: NDArray[np.float32]
    rarity: NDArray[np.float64]
    words: Sequence[Sequence[str]]
    unit: str = ""
    date: dt.date | None = None

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """Characters of each passage, (n,)."""
        return np.array([len(text) for text in self.passages.texts], dtype=np.float64)

    @cached_property
    def text(self) -> str:
        """Title and body, normalised."""
        return "。".join(self.passages.texts)

    @cached_property
    def body(self) -> NDArray[np.intp]:
        """Rows of all passages but the title."""
        return np.flatnonzero(self.passages.parts != TITLE)

    @cached_property
    def problem(self) -> NDArray[np.intp]:
        """Rows that tell the situation and its causes."""
        return np.flatnonzero((self.passages.parts != TITLE) & (self.passages.parts != SUGGESTIONS))

    @cached_property
    def suggestions(self) -> NDArray[np.intp]:
        """Rows that suggest something."""
        return np.flatnonzero(self.passages.parts == SUGGESTIONS)

    @cached_property
    def pairs(self) -> tuple[frozenset[str], ...]:
        """The distinct pairs of neighbouring characters of each passage."""
        texts = map(bare, self.passages.texts)
        return tuple(frozenset(text[i : i + 2] for i in range(len(text) - 1)) for text in texts)

    @cached_property
    def places(self) -> frozenset[str]:
        """Places named in title and body."""
        return places(self.text)

    @cached_property
    def title_places(self) -> frozenset[str]:
        """Places named in the title."""
        return places(self.passages.texts[0])

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Numbers of title and body."""
        return frozenset(numbers(self.text))

    def cosines(self, earlier: Reading) -> NDArray[np.float64]:
        """Compare every passage with every one of an earlier text, (n, m)."""
        return np.asarray(self.matrix.astype(np.float64) @ earlier.matrix.astype(np.float64).T)

    def known_rarity(self, cosines: NDArray[np.float64]) -> NDArray[np.float64]:
        """Tell how much the passages of an earlier text say, (m,): those that this one says too as much as here.

        Of what only the earlier text says, nothing is known; it counts fully.

        :param cosines: as from `cosines` with that text.
        """
        return np.where(cosines.max(axis=0) >= SAME, self.rarity[cosines.argmax(axis=0)], 1.0)

    def terms(self, rows: Iterable[int], idf: Mapping[str, float]) -> dict[str, float]:
        """Weigh the words of some passages: (1 + log count) · idf.

        What was weighed is remembered, since a draft is held against many texts; `idf` may learn words meanwhile.
        """
        asked = tuple(rows)
        known = self._weighed.get(asked)
        if known is not None and known[0] is idf and known[1] == len(idf):
            return known[2]
        counts = Counter(word for row in asked for word in self.words[row])
        terms = {word: (1 + math.log(count)) * idf.get(word, 1.0) for word, count in counts.items()}
        self._weighed[asked] = (idf, len(idf), terms)
        return terms

    @cached_property
    def _weighed(self) -> dict[tuple[int, ...], tuple[Mapping[str, float], int, dict[str, float]]]:
        return {}


def heaviest(terms: Mapping[str, float], count: int) -> dict[str, float]:
    """Keep the heaviest terms; of equals the first by code point."""
    ordered = sorted(terms.items(), key=lambda item: (-round(item[1], 6), item[0]))
    return dict(ordered[:count])


def weighted_mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the mean of values by weight; 0 where nothing weighs."""
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total > 0 else 0.0


def cosine(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Compare two vectors; 0 where one of them is nothing."""
    norm = float(np.linalg.norm(left) * np.linalg.norm(right))
    return float(left @ right) / norm if norm > 1e-9 else 0.0
