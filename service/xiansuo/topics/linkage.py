"""Average linkage on the ties of a neighbour graph: groups join while their texts are tied closely enough in the mean.

Sokal and Michener (1958), on sparse ties. It has no seed and no start; of equal pairs the first by number join first.
Two groups that both hang together far more closely than with each other stay two, however close they are.
Only the nearest neighbours of a text are known. What is not listed is nothing where the list ends with nothing; where
even the last one listed is near, as in a matter of hundreds of texts, it is taken to be as near as that.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

# Groups of so many texts at least stay apart where the mean between them is less than this part of that within both.
_GROUP, _BETWEEN = 3, 0.7

# What a group is tied to: the sum of ties, how many, and the mean with which the pair waits, -1 if it does not.
_Tied = dict[int, tuple[float, int, float]]


def linked(
    count: int,
    ties: Mapping[tuple[int, int], float],
    least: float,
    unlisted: Sequence[float] | None = None,
    together: Sequence[Sequence[int]] = (),
    begun: Sequence[Sequence[int]] = (),
) -> list[int]:
    """Name for each of `count` texts the first of its group; -1 for a text that is alone.

    :param ties: pairs of different texts, smaller number first, with their likeness.
    :param least: groups join if the mean likeness between them is at least this, above 0.
    :param unlisted: for each text how like others are at most that no tie names; 0 if not given.
    :param together: groups to begin with, however their texts are tied; none of them joins another one.
    :param begun: groups to begin with that may join any other.
    """
    linkage = _Linkage(count, ties, least, unlisted)
    for group in (*together, *begun):
        linkage.begin(group)
    for group in together:
        linkage.settle(group[0])
    linkage.run()
    found = [-1] * count
    for group in linkage.members:
        if len(group) > 1:
            name = min(group)
            for node in group:
                found[node] = name
    return found


class _Linkage:
    """Groups on their way; each is known by one of its texts."""

    def __init__(
        self, count: int, ties: Mapping[tuple[int, int], float], least: float, unlisted: Sequence[float] | None
    ) -> None:
        self._edge = [0.0] * count if unlisted is None else list(unlisted)
        self._least = least
        self._tied: list[_Tied] = [{} for _ in range(count)]
        self._home = list(range(count))
        self._settled = [False] * count
        # Sum of the likeness of all pairs within each group.
        self._within = [0.0] * count
        self.members = [[node] for node in range(count)]
        self._waiting: list[tuple[float, int, int]] = []
        for (a, b), tie in ties.items():
            self._tied[a][b] = self._tied[b][a] = (tie, 1, tie)
            if tie >= least:
                self._waiting.append((-tie, a, b))
        heapq.heapify(self._waiting)

    def begin(self, group: Sequence[int]) -> None:
        """Make one group of texts, at once those of which no tie is known."""
        # The one with most ties first: the others join it, and it need not move.
        tied = sorted((node for node in group if self._tied[node]), key=lambda node: (-len(self._tied[node]), node))
        tied = tied or list(group[:1])
        untied = [node for node in group if not self._tied[node] and node != tied[0]]
        first = tied[0]
        sizes = len(self.members[first]), len(untied)
        edges = [self._edge[node] for node in untied]
        self._within[first] += sum(place * edge for place, edge in enumerate(edges, 1))
        self._edge[first] = (self._edge[first] * sizes[0] + sum(edges)) / sum(sizes)
        for node in untied:
            self._home[node] = first
            self.members[node] = []
        self.members[first] += untied
        for node in tied[1:]:
            self.join(first, node)

    def run(self) -> None:
        """Join the closest groups until none are close enough."""
        while self._waiting:
            told, a, b = heapq.heappop(self._waiting)
            tied = self._tied[a].get(b)
            if tied is None:
                continue  # one of them has joined another group
            total, listed, queued = tied
            if queued != -told:
                continue  # it waits elsewhere with a greater mean, or has come up already
            pairs = len(self.members[a]) * len(self.members[b])
            now = (total + (pairs - listed) * min(self._edge[a], self._edge[b])) / pairs
            if (self._settled[a] and self._settled[b]) or self._are_two(a, b, now):
                self._tied[a][b] = self._tied[b][a] = (total, listed, -1.0)
                continue
            if now >= -told:
                self.join(a, b)
                continue
            # A mean falls as a group grows by texts without ties; it is put right when its turn has come.
            if now >= self._least:
                heapq.heappush(self._waiting, (-now, a, b))
            self._tied[a][b] = self._tied[b][a] = (total, listed, now if now >= self._least else -1.0)

    def _are_two(self, a: int, b: int, between: float) -> bool:
        """Tell whether two groups hang together within so much more closely than with each other."""
        sizes = len(self.members[a]), len(self.members[b])
        if min(sizes) < _GROUP:
            return False
        within = (self._within[group] / (size * (size - 1) / 2) for group, size in zip((a, b), sizes, strict=True))
        return between < _BETWEEN * min(within)

    def settle(self, node: int) -> None:
        """Have the group of a text join no other that is settled."""
        self._settled[self._home[node]] = True

    def join(self, a: int, b: int) -> None:
        """Make one group of two, each named by any text that it began with."""
        a, b = self._home[a], self._home[b]
        into, gone = (a, b) if len(self._tied[a]) >= len(self._tied[b]) else (b, a)
        edge, members, waiting, least = self._edge, self.members, self._waiting, self._least
        sizes = len(members[into]), len(members[gone])
        total, listed, _ = self._tied[into].get(gone, (0.0, 0, 0.0))
        unlisted = (sizes[0] * sizes[1] - listed) * min(edge[into], edge[gone])
        self._within[into] += self._within[gone] + total + unlisted
        edge[into] = (edge[into] * sizes[0] + edge[gone] * sizes[1]) / sum(sizes)
        for node in members[gone]:
            self._home[node] = into
        members[into] += members[gone]
        members[gone] = []
        self._settled[into] |= self._settled[gone]
        theirs, own = self._tied[gone], self._tied[into]
        self._tied[gone] = {}
        theirs.pop(into, None)
        own.pop(gone, None)
        size, bound = len(members[into]), edge[into]
        for other, (total, listed, _) in theirs.items():
            del self._tied[other][gone]
            before = own.get(other)
            queued = -1.0
            if before is not None:
                total, listed, queued = before[0] + total, before[1] + listed, before[2]
            pairs = size * len(members[other])
            now = (total + (pairs - listed) * min(bound, edge[other])) / pairs
            # Where a greater mean waits, this one will take its place when that comes up.
            if now >= least and now > queued:
                queued = now
                heapq.heappush(waiting, (-now, into, other) if into < other else (-now, other, into))
            own[other] = self._tied[other][into] = (total, listed, queued)
