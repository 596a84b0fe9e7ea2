"""The names that are given, and whether another one would read like one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

# Two names that share this much of their character pairs read as one.
_ALIKE = 0.7


class Names:
    """Names that are given.

    :param given: those that are given from the start.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._names: set[str] = set()
        self._having: dict[str, list[str]] = defaultdict(list)
        for name in given:
            self.add(name)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> None:
        """Give a name."""
        if name not in self._names:
            self._names.add(name)
            for pair in _pairs(name):
                self._having[pair].append(name)

    def alike(self, name: str) -> bool:
        """Tell whether a name reads like one that is given."""
        if name in self._names:
            return True
        own = _pairs(name)
        shared = Counter(other for pair in own for other in self._having.get(pair, ()))
        return any(count >= _ALIKE * min(len(own), len(_pairs(other))) for other, count in shared.items())


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
