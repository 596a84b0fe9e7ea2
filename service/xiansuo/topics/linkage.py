"""Average linkage on the ties of a neighbour graph: groups join while their texts are tied closely enough in the mean.

Sokal and Michener (1958), on sparse ties: a tie that is not there counts as none. It has no seed and no start; of equal
pairs the first by number join first.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping


def linked(count: int, ties: Mapping[tuple[int, int], float], least: float) -> list[int]:
    """Name for each of `count` texts the first of its group; -1 for a text that is alone.

    :param ties: pairs of different texts, smaller number first, with their likeness.
    :param least: groups join if the mean of all ties between them is at least this, above 0.
    """
    # What each group is tied to, by the sum of ties; a group is known by one of its texts.
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    members = [[node] for node in range(count)]
    for (a, b), tie in ties.items():
        sums[a][b] = sums[b][a] = tie
    waiting = [(-tie, a, b) for (a, b), tie in ties.items() if tie >= least]
    heapq.heapify(waiting)
    while waiting:
        told, a, b = heapq.heappop(waiting)
        if b not in sums[a]:
            continue  # one of them has joined another group
        mean = sums[a][b] / (len(members[a]) * len(members[b]))
        if mean < -told:
            # A mean falls as a group grows by texts without ties; it is put right when its turn has come.
            if mean >= least:
                heapq.heappush(waiting, (-mean, a, b))
            continue
        into, gone = (a, b) if len(sums[a]) >= len(sums[b]) else (b, a)
        members[into] += members[gone]
        del sums[into][gone], sums[gone][into]
        for other, total in sums[gone].items():
            del sums[other][gone]
            sums[into][other] = sums[other][into] = sums[into].get(other, 0.0) + total
            mean = sums[into][other] / (len(members[into]) * len(members[other]))
            if mean >= least:
                heapq.heappush(waiting, (-mean, min(into, other), max(into, other)))
        members[gone], sums[gone] = [], {}
    found = [-1] * count
    for group in members:
        if len(group) > 1:
            for node in group:
                found[node] = min(group)
    return found
