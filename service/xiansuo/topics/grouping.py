"""Same things under one number: union-find, with the smallest index as each set's name."""

from __future__ import annotations

from collections.abc import Iterable


def group(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Name for each of `count` things the smallest index among those that pairs connect it with."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for left, right in pairs:
        a, b = root(left), root(right)
        parent[max(a, b)] = min(a, b)
    return [root(i) for i in range(count)]
