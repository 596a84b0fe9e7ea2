"""An archive that was held against a list of work themes, as what is made of it sees it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Alignment, Judged, about_theme
from xiansuo.recommend.aligning.theme_terms import Terms
from xiansuo.recommend.aligning.written import Written, written
from xiansuo.records import WorkTheme

# What is kept of each word: whether it is in the title, anywhere as written, in any guise.
_SAID = 3


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
        width = _SAID * len(words)
        bits = np.frombuffer(b"".join(said for _, said in self._said), dtype=np.uint8)
        table = np.unpackbits(bits.reshape(len(ids), -1), axis=1, count=width) if ids else np.zeros((0, width))
        parts = np.split(table.astype(np.bool_), _SAID, axis=1)
        return written(words, ids, *parts)

    def about(self, theme: str) -> list[Alignment]:
        """List the documents that are about a theme, the clearest first."""
        return list(self._about.get(theme, ()))

    @cached_property
    def _about(self) -> dict[str, list[Alignment]]:
        own: dict[str, list[Alignment]] = defaultdict(list)
        for each in self.by_document.values():
            own[each.theme.id].append(each)
        return {theme: about_theme(found, theme) for theme, found in own.items()}


def said_of(judged: Judged) -> bytes:
    """Pack which of the list's words a document says, as `AlignedArchive` reads them."""
    return np.packbits(np.concatenate([judged.titled, judged.found, judged.spoken])).tobytes()
