"""Which work theme a document is about, with the sentence and the part of the clause that show it; often it is none.

How probable it is comes from words, pairs of characters and meaning, seen by what is usual in the archive
(`alignment_ground`), weighed by a small fitted model (`alignment_model`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning import alignment_ground
from xiansuo.recommend.aligning.alignment_ground import Ground, in_parts
from xiansuo.recommend.aligning.alignment_model import Weights
from xiansuo.recommend.aligning.marks import Marks, mark
from xiansuo.recommend.aligning.theme_evidence import Near, cosines, near, whole_rows
from xiansuo.recommend.aligning.theme_terms import Terms, bare, words_of
from xiansuo.recommend.aligning.written import Written
from xiansuo.recommend.texts import ReadText, seen_from
from xiansuo.records import WorkTheme


@dataclass(frozen=True, slots=True)
class Alignment:
    """A document's theme: how probable, 0..1, the theme's words found, the passage and the piece of clause to show."""

    document: str
    theme: WorkTheme
    probability: float
    keywords: tuple[str, ...]
    passage: str
    clause: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A document held against a list of themes.

    `theme` is the place of the best one in the list, `probability` 0..1 that the document is about it. `titled`,
    `found` and `spoken` bool (W,): words in the title, anywhere as written, in any guise. Keywords, passage and clause
    are empty where the document is about no theme.
    """

    document: str
    theme: int
    probability: float
    keywords: tuple[str, ...]
    passage: str
    clause: str
    titled: NDArray[np.bool_]
    found: NDArray[np.bool_]
    spoken: NDArray[np.bool_]


class Aligned(Protocol):
    """Themes compared with an archive, whether just now or earlier."""

    @property
    def themes(self) -> tuple[WorkTheme, ...]:
        """The themes."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The themes as seen from the archive's mean, float32 (themes, d), rows of length 1."""

    @property
    def by_document(self) -> dict[str, Alignment]:
        """The documents that are about a theme."""

    @property
    def written(self) -> Written:
        """Where the themes' words stand."""

    def about(self, theme: str) -> list[Alignment]:
        """List the documents that are about a theme, the clearest first."""


def align(terms: Terms, ground: Ground, texts: Sequence[ReadText], weights: Weights) -> list[Judged]:
    """Hold documents against a list of themes, in their order."""
    if not terms.themes:
        return []
    return [each for part in in_parts(texts) for each in _align(terms, ground, part, weights)]


def about_theme(found: Collection[Alignment], theme: str) -> list[Alignment]:
    """List those that are about a theme, the clearest first."""
    own = [each for each in found if each.theme.id == theme]
    return sorted(own, key=lambda each: (-each.probability, each.document))


def vectors_of(ground: Ground) -> NDArray[np.float32]:
    """See a list's themes from the archive's mean, float32 (T, d), rows of length 1."""
    return seen_from(np.zeros(len(ground.centre)), ground.meant.told.astype(np.float32))


def _align(terms: Terms, ground: Ground, texts: Sequence[ReadText], weights: Weights) -> list[Judged]:
    marks, nearness = mark(terms, texts), near(ground.meant, texts, ground.centre)
    ids = tuple(text.record.id for text in texts)
    best, likely = alignment_ground.judge(terms, ground, marks, nearness, ids, weights)
    return [
        _judged(terms, ground, text, row, int(best[row]), float(likely[row]), marks, nearness, weights)
        for row, text in enumerate(texts)
    ]


def _judged(
    terms: Terms,
    ground: Ground,
    text: ReadText,
    row: int,
    best: int,
    likely: float,
    marks: Marks,
    nearness: Near,
    weights: Weights,
) -> Judged:
    found = marks.found[row]
    spoken = found | marks.apart[row] | nearness.says[row]
    said = (marks.titled[row] > 0, found, spoken)
    if likely < weights.about:
        return Judged(text.record.id, best, likely, (), "", "", *said)
    column = {word: place for place, word in enumerate(terms.words)}
    keywords = tuple(word for word in words_of(terms.themes[best]) if found[column[word]])
    passage, clause = _shown(terms, ground, text, best, [terms.bare[column[word]] for word in keywords])
    return Judged(text.record.id, best, likely, keywords, passage, clause, *said)


def _shown(terms: Terms, ground: Ground, text: ReadText, theme: int, words: Sequence[str]) -> tuple[str, str]:
    """Choose the passage with most of the words; of these, the nearest to the theme in meaning; and its piece."""
    own = [place for place, piece in enumerate(terms.pieces) if piece[0] == theme]
    passages = whole_rows(text.matrix.astype(np.float64) - ground.centre)
    told = cosines(passages, ground.meant.told[theme : theme + 1])[:, 0]
    pieces = cosines(passages, ground.meant.pieces[own])
    nearest = np.maximum(told, pieces.max(axis=1))
    counts = [0] * len(nearest)
    if words:
        plain = [bare(text.passage(place)) for place in range(len(nearest))]
        counts = [sum(word in passage for word in words) for passage in plain]
    place = max(range(len(nearest)), key=lambda each: (counts[each], float(nearest[each]), -each))
    piece = own[int(pieces[place].argmax())]
    return text.passage(place), terms.piece(piece) if terms.pieces[piece][2] else ""
