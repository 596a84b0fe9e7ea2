"""Where a name may begin or end: not inside what the archive always writes together.

A name is a stretch of a title. Cut anywhere, it would end in the middle of a place or a company: the words of 青山雅苑
may be 青山 and 雅苑, but 青山 is never found there without 雅苑. Nor may it begin with a word that hardly ever begins
anything, such as 经济带, or end with one that hardly ever ends anything.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from xiansuo.topics.edges import EDGE

# Two words are one thing if either is found beside the other in so large a part of the texts that have it.
_TOGETHER = 0.5
_MANY = 4
# A word begins, or ends, what is said as readily as any if it does so in this part of its places.
_FREE = 0.3


class Joints:
    """How firmly neighbouring words hold together, counted by documents.

    :param wanted: the pairs of neighbours that will be asked for.
    """

    def __init__(self, wanted: Iterable[tuple[str, str]]) -> None:
        self._pairs = Counter(dict.fromkeys(wanted, 0))
        self._before = Counter({left: 0 for left, _ in self._pairs})
        self._after = Counter({right: 0 for _, right in self._pairs})
        self._places: Counter[str] = Counter()
        self._opening: Counter[str] = Counter()
        self._closing: Counter[str] = Counter()

    def read(self, words: Sequence[str]) -> None:
        """Count one document's words, in their order."""
        found = set(zip(words, words[1:], strict=False))
        self._pairs.update(found & self._pairs.keys())
        self._before.update({left for left, _ in found} & self._before.keys())
        self._after.update({right for _, right in found} & self._after.keys())
        self._places.update(words)
        ends = [word in EDGE or not word.isalnum() for word in words]
        self._opening.update(words[:1])
        self._opening.update(word for word, end in zip(words[1:], ends, strict=False) if end)
        self._closing.update(words[-1:])
        self._closing.update(word for word, end in zip(words, ends[1:], strict=False) if end)

    def holds(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are one thing; so is a pair found once, unless one of them has many others."""
        together, before, after = self._pairs[left, right], self._before[left], self._after[right]
        if together <= 1:
            return max(before, after) < _MANY
        return together >= _TOGETHER * min(before, after)

    def binds(self, left: str, right: str) -> bool:
        """Tell whether two neighbours are one thing and were found so more than twice."""
        return self._pairs[left, right] > 2 and self.holds(left, right)

    def begins(self, word: str) -> float:
        """Tell how readily something begins with a word, 0..1; 1 if it does as often as most."""
        return _readily(self._opening[word], self._places[word])

    def ends(self, word: str) -> float:
        """Tell how readily something ends with a word, 0..1."""
        return _readily(self._closing[word], self._places[word])


def _readily(found: int, places: int) -> float:
    return math.sqrt(min(1.0, (found + 1) / (places + 3) / _FREE))
