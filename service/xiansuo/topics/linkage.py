"""Average linkage on the ties of a neighbour graph: groups join while their texts are tied closely enough in the mean.

Sokal and Michener (1958), on sparse ties. It has no seed and no start; of equal pairs the first by number join first.
Only the nearest neighbours of a text are known. What is not listed is nothing where the list ends with nothing; where
even the last one listed is near, as in a matter of hundreds of texts, it is taken to be as near as that.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence


def linked(
    count: int, ties: Mapping[tuple[int, int], float], least: float, unlisted: Sequence[float] | None = None
) -> list[int]:
    """Name for each of `count` texts the first of its group; -1 for a text that is alone.

    :param ties: pairs of different texts, smaller number first, with their likeness.
    :param least: groups join if the mean likeness between them is at least this, above 0.
    :param unlisted: for each text how like others are at most that no tie names; 0 if not given.
    """
    edge = [0.0] * count if unlisted is None else list(unlisted)
    # What each group is tied to: the sum of ties and how many; a group is known by one of its texts.
    known: list[dict[int, tuple[float, int]]] = [{} for _ in range(count)]
    members = [[node] for node in range(count)]
    for (a, b), tie in ties.items():
        known[a][b] = known[b][a] = (tie, 1)

    def mean(a: int, b: int) -> float:
        total, listed = known[a][b]
        pairs = len(members[a]) * len(members[b])
        return (total + (pairs - listed) * min(edge[a], edge[b])) / pairs

    waiting = [(-tie, a, b) for (a, b), tie in ties.items() if tie >= least]
    heapq.heapify(waiting)
    while waiting:
        told, a, b = heapq.heappop(waiting)
        if b not in known[a]:
            continue  # one of them has joined another group
        now = mean(a, b)
        if now < -told:
            # A mean falls as a group grows by texts without ties; it is put right when its turn has come.
            if now >= least:
                heapq.heappush(waiting, (-now, a, b))
            continue
        into, gone = (a, b) if len(known[a]) >= len(known[b]) else (b, a)
        sizes = len(members[into]), len(members[gone])
        edge[into] = (edge[into] * sizes[0] + edge[gone] * sizes[1]) / sum(sizes)
        members[into] += members[gone]
        del known[into][gone], known[gone][into]
        for other, (total, listed) in known[gone].items():
            del known[other][gone]
            own = known[into].get(other, (0.0, 0))
            known[into][other] = known[other][into] = (own[0] + total, own[1] + listed)
            if (now := mean(into, other)) >= least:
                heapq.heappush(waiting, (-now, min(into, other), max(into, other)))
        members[gone], known[gone] = [], {}
    found = [-1] * count
    for group in members:
        if len(group) > 1:
            for node in group:
                found[node] = min(group)
    return found
