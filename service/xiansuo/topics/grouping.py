"""Same things under one number: union-find, with the smallest index as each set's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def group(count: int, pairs: Iterable[tuple[int, int]], home: Sequence[int] = ()) -> list[int]:
    """Name for each of `count` things the smallest index among those that pairs connect it with.

    :param home: things with different homes are not put together, whoever connects them; -1 for those without one.
    """
    parent = list(range(count))
    homes = list(home) or [-1] * count

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for left, right in pairs:
        a, b = root(left), root(right)
        if homes[a] == homes[b] or -1 in (homes[a], homes[b]):
            parent[max(a, b)] = min(a, b)
            homes[min(a, b)] = max(homes[a], homes[b])
    return [root(i) for i in range(count)]
