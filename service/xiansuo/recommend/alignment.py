"""Which work theme a document is about, with the sentence that shows it; often the answer is none.

A theme is looked for in two ways: its keywords in the text, each counting by how rare it is in the
archive, and its name, keywords and clause in meaning, against the document's three nearest
passages.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.texts import ReadText, seen_from
from xiansuo.recommend.written import Cut, Encode, Written, find_words, read_on
from xiansuo.records import WorkTheme

ABOUT = 0.30
"""Score from which a document is about a theme; where it is from: `models/ranking/card.md`."""

_WORDS = 0.6
_NEAREST = 3
# So much keyword weight is full evidence: two keywords that few texts have.
_ENOUGH = 2.0
_TITLE_COUNTS = 2.0


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
    """Themes compared with the whole archive, once.

    `aligned` has the documents that are about a theme, by id, and `vectors` float32 (themes, d), the themes as seen
    from the archive's mean.

    :param texts: the archive, which also tells how rare each keyword is.
    :param asked: ids of the documents that are held against the themes; all of them where not given.
    :param centre: the archive's mean passage, see `texts.centre`.
    :param cut: cuts a keyword into words.
    """

    def __init__(
        self,
        themes: Sequence[WorkTheme],
        texts: Sequence[ReadText],
        centre: NDArray[np.float64],
        encode: Encode,
        cut: Cut,
        asked: Collection[str] | None = None,
    ) -> None:
        self.themes = tuple(themes)
        self._centre = centre
        told = ["。".join((theme.name, "、".join(theme.keywords), theme.clause)) for theme in themes]
        self.vectors = seen_from(centre, encode(told)) if told else np.zeros((0, len(centre)), np.float32)
        self._found = find_words((word for theme in themes for word in _words(theme)), texts)
        self._read_on = partial(read_on, self._found, texts, cut, encode)
        self._rarity = {
            word: math.log((len(texts) + 1) / (len(ids) + 0.5)) / math.log(len(texts) + 2)
            for word, ids in self._found.found.items()
        }
        wanted = [text for text in texts if asked is None or text.record.id in asked]
        self.aligned = {text.record.id: found for text in wanted if (found := self._align(text)) is not None}

    @cached_property
    def written(self) -> Written:
        """Where the themes' words stand, read when it is first asked for."""
        return self._read_on()

    def about(self, theme: str) -> list[Alignment]:
        """List the documents that are about a theme, the clearest first."""
        found = [each for each in self.aligned.values() if each.theme.id == theme]
        return sorted(found, key=lambda each: (-each.score, each.document))

    def _align(self, text: ReadText) -> Alignment | None:
        """Return the theme that a document is about, or None if it is about none of them."""
        if not self.themes:
            return None
        cosines = np.round(
            seen_from(self._centre, text.matrix).astype(np.float64) @ self.vectors.T.astype(np.float64),
            4,
        )
        meanings = np.sort(cosines, axis=0)[::-1][:_NEAREST].mean(axis=0)
        scored = []
        for column, theme in enumerate(self.themes):
            keywords, words = self._keywords(theme, text.record.id)
            meaning = max(0.0, float(meanings[column]))
            scored.append((round(_WORDS * words + (1 - _WORDS) * meaning, 4), theme.id, column, words, keywords))
        score, _, column, words, keywords = max(scored)
        if score < ABOUT:
            return None
        passage = text.passage(self._shown(text, keywords, cosines[:, column]))
        meaning = round(max(0.0, float(meanings[column])), 4)
        return Alignment(text.record.id, self.themes[column], score, words, meaning, keywords, passage)

    def _keywords(self, theme: WorkTheme, document: str) -> tuple[tuple[str, ...], float]:
        found, weight = [], 0.0
        for word in _words(theme):
            if document in self._found.found[word]:
                found.append(word)
                weight += self._rarity[word] * (_TITLE_COUNTS if document in self._found.titled[word] else 1.0)
        return tuple(found), round(min(1.0, weight / _ENOUGH), 4)

    def _shown(self, text: ReadText, keywords: Sequence[str], cosines: NDArray[np.float64]) -> int:
        """Choose the passage with most keywords; of these, the nearest in meaning."""
        if not keywords:
            return int(cosines.argmax())
        counts = [sum(word in text.passage(place) for word in keywords) for place in range(len(cosines))]
        return max(range(len(cosines)), key=lambda place: (counts[place], float(cosines[place]), -place))


def _words(theme: WorkTheme) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*theme.keywords, theme.name)))
