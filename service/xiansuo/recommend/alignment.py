"""Which work theme a document is about, with the sentence that shows it; often the answer is none.

A theme is looked for in two ways: its keywords in the text, each counting by how rare it is in the
archive, and its name, keywords and clause in meaning, against the document's three nearest
passages.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.texts import ReadText, seen_from
from xiansuo.records import WorkTheme

ABOUT = 0.30
"""Score from which a document is about a theme; where it is from: `models/ranking/card.md`."""

_WORDS = 0.6
_NEAREST = 3
# So much keyword weight is full evidence: two keywords that few texts have.
_ENOUGH = 2.0
_TITLE_COUNTS = 2.0

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A document's theme: score and its parts in 0..1, keywords found, the passage to show."""

    document: str
    theme: WorkTheme
    score: float
    words: float
    meaning: float
    keywords: tuple[str, ...]
    passage: str


class Aligner:
    """Themes ready to be compared with documents.

    :param texts: the archive, which tells how rare each keyword is.
    :param centre: the archive's mean passage, see `texts.centre`.
    """

    def __init__(
        self,
        themes: Sequence[WorkTheme],
        texts: Sequence[ReadText],
        centre: NDArray[np.float64],
        encode: Encode,
    ) -> None:
        self.themes = tuple(themes)
        self._centre = centre
        told = ["。".join((theme.name, "、".join(theme.keywords), theme.clause)) for theme in themes]
        self._vectors = seen_from(centre, encode(told)) if told else np.zeros((0, len(centre)), np.float32)
        self._rarity: dict[str, float] = {}
        for word in {word for theme in themes for word in (*theme.keywords, theme.name)}:
            df = sum(word in text.record.text or word in text.record.title for text in texts)
            self._rarity[word] = math.log((len(texts) + 1) / (df + 0.5)) / math.log(len(texts) + 2)

    def align(self, text: ReadText) -> Alignment | None:
        """Return the theme that a document is about, or None if it is about none of them."""
        best = max(self.all_of(text), key=lambda each: (each.score, each.theme.id), default=None)
        return best if best is not None and best.score >= ABOUT else None

    def all_of(self, text: ReadText) -> list[Alignment]:
        """Compare a document with every theme."""
        if not self.themes:
            return []
        cosines = np.round(
            seen_from(self._centre, text.matrix).astype(np.float64) @ self._vectors.T.astype(np.float64),
            4,
        )
        found = []
        for column, theme in enumerate(self.themes):
            keywords, words = self._keywords(theme, text)
            near = np.sort(cosines[:, column])[::-1][:_NEAREST]
            meaning = max(0.0, float(near.mean()))
            score = round(_WORDS * words + (1 - _WORDS) * meaning, 4)
            passage = text.passage(self._shown(text, keywords, cosines[:, column]))
            found.append(Alignment(text.record.id, theme, score, words, round(meaning, 4), keywords, passage))
        return found

    def _keywords(self, theme: WorkTheme, text: ReadText) -> tuple[tuple[str, ...], float]:
        found, weight = [], 0.0
        for word in dict.fromkeys((*theme.keywords, theme.name)):
            in_title = word in text.record.title
            if in_title or word in text.record.text:
                found.append(word)
                weight += self._rarity[word] * (_TITLE_COUNTS if in_title else 1.0)
        return tuple(found), round(min(1.0, weight / _ENOUGH), 4)

    def _shown(self, text: ReadText, keywords: Sequence[str], cosines: NDArray[np.float64]) -> int:
        """Choose the passage with most keywords; of these, the nearest in meaning."""
        if not keywords:
            return int(cosines.argmax())
        counts = [sum(word in text.passage(place) for word in keywords) for place in range(len(cosines))]
        return max(range(len(cosines)), key=lambda place: (counts[place], float(cosines[place]), -place))
