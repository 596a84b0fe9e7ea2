"""An archive that was held against a list of work themes, as what is made of it sees it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Alignment, about_theme
from xiansuo.recommend.aligning.theme_terms import Terms
from xiansuo.recommend.aligning.written import Written, written
from xiansuo.records import WorkTheme

SAID = 3
"""What is kept of each word: whether it is in the title, anywhere as written, in any guise."""


@dataclass(frozen=True)
class AlignedArchive:
    """The archive up to a day, held against a list of themes.

    `by_document` has the documents that are about a theme; what is not in it is about none. `documents` counts all that
    were held against the list. `vectors` float32 (themes, d) are the themes as seen from the archive's mean.
    """

    themes: tuple[WorkTheme, ...]
    now: dt.date
    by_document: dict[str, Alignment]
    documents: int
    vectors: NDArray[np.float32] = field(repr=False)
    _terms: Terms = field(repr=False)
    _said: tuple[tuple[str, bytes], ...] = field(repr=False)

    @cached_property
    def written(self) -> Written:
        """Where the themes' words stand, for each word the documents."""
        words, ids = self._terms.words, [id for id, _ in self._said]
        width = SAID * len(words)
        bits = np.frombuffer(b"".join(said for _, said in self._said), dtype=np.uint8)
        table = np.unpackbits(bits.reshape(len(ids), -1), axis=1, count=width) if ids else np.zeros((0, width))
        parts = np.split(table.astype(np.bool_), SAID, axis=1)
        return written(words, ids, *parts)

    def about(self, theme: str) -> list[Alignment]:
        """List the documents that are about a theme, the clearest first."""
        return about_theme(self.by_document.values(), theme)

    def silent(self, words: Sequence[str]) -> list[str]:
        """Keep those of the themes' words that no document of the archive speaks of."""
        return self.written.silent(words)

    def theme_of(self, members: Collection[str]) -> tuple[Alignment, int] | None:
        """Find the theme of most documents of a topic: the clearest of them, and how many are about it.

        None where less than a third are about one theme: fewer may be chance.
        """
        found = [self.by_document[id] for id in members if id in self.by_document]
        counts = Counter(each.theme.id for each in found)
        if not counts:
            return None
        winner = min(counts, key=lambda id: (-counts[id], id))
        if counts[winner] * 3 < len(members):
            return None
        return about_theme(found, winner)[0], counts[winner]
