"""Where a name may begin or end: not inside what the archive always writes together.

A name is a stretch of a title. Cut anywhere, it would end in the middle of a place or a company: the words of 青山雅苑
may be 青山 and 雅苑, but 青山 is never found there without 雅苑.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

# Two words are one thing if either is found beside the other in so large a part of the texts that have it.
_TOGETHER = 0.5
_MANY = 4


class Joints:
    """How firmly neighbouring words hold together, counted by documents.

    :param wanted: the pairs of neighbours that will be asked for.
    """

    def __init__(self, wanted: Iterable[tuple[str, str]]) -> None:
        self._pairs = Counter(dict.fromkeys(wanted, 0))
        self._before = Counter({left: 0 for left, _ in self._pairs})
        self._after = Counter({right: 0 for _, right in self._pairs})

    def read(self, words: Sequence[str]) -> None:
        """Count one document's words, in their order."""
        found = set(zip(words, words[1:], strict=False))
        self._pairs.update(found & self._pairs.keys())
        self._before.update({left for left, _ in found} & self._before.keys())
        self._after.update({right for _, right in found} & self._after.keys())

    def holds(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are one thing; so is a pair found once, unless one of them has many others."""
        together, before, after = self._pairs[left, right], self._before[left], self._after[right]
        if together <= 1:
            return max(before, after) < _MANY
        return together >= _TOGETHER * min(before, after)
