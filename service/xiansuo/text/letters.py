"""The letters of a text, each with its place in the original: what a copy keeps, however it is set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from xiansuo.text.normalise import normalise

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters and digits of some passages as `shingles.bare` writes them.

    `places` int32 (n,): where each stands in the original. `ends` int64 (m,): how many there are up to the end of each
    passage.
    """

    text: str
    places: NDArray[np.int32]
    ends: NDArray[np.int64]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return the span of the original that letters `start` to `stop` came from."""
        return int(self.places[start]), int(self.places[stop - 1]) + 1


def letters_of(body: str, spans: NDArray[np.int32]) -> Letters:
    """Find the letters of some passages.

    :param spans: int32 (m, 2 or 3): in its first columns where each passage starts and ends in the body, ascending.
    """
    normal = normalise(body)
    words = [found.span() for found in _WORD.finditer(normal.text)]
    if not words or not len(spans):
        return Letters("", np.zeros(0, dtype=np.int32), np.zeros(len(spans), dtype=np.int64))
    text = "".join([normal.text[start:stop] for start, stop in words])
    edges = np.array(words)
    sizes = edges[:, 1] - edges[:, 0]
    places = np.arange(len(text)) + np.repeat(edges[:, 1] - sizes.cumsum(), sizes)
    if not isinstance(normal.starts, range):
        places = np.array(normal.starts)[places]
    passage = np.searchsorted(spans[:, 0], places, side="right") - 1
    kept = (passage >= 0) & (places < spans[passage, 1])
    if not kept.all():
        text = "".join(compress(text, kept.tolist()))
        places, passage = places[kept], passage[kept]
    lower = text.lower()
    if len(lower) != len(text):
        # A few capitals become two characters.
        grown = [len(char.lower()) for char in text]
        lower, places, passage = "".join(map(str.lower, text)), np.repeat(places, grown), np.repeat(passage, grown)
    return Letters(lower, places.astype(np.int32), np.bincount(passage, minlength=len(spans)).cumsum())
