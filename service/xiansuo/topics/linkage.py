"""Average linkage on the ties of a neighbour graph: groups join while their texts are tied closely enough in the mean.

Sokal and Michener (1958), on sparse ties. It has no seed and no start; of equal pairs the first by number join first.
Two groups that both hang together far more closely than with each other stay two, however close they are.
Only the nearest neighbours of a text are known. What is not listed is nothing where the list ends with nothing; where
even the last one listed is near, as in a matter of hundreds of texts, it is taken to be as near as that. That is the
most that it can be. Where it and not the ties would join two groups of many texts, some texts of each are compared; if
they are not half as like as the least that joins groups, the groups stay two.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

# Groups of so many texts at least stay apart where the mean between them is less than this part of that within both.
_GROUP, _BETWEEN = 3, 0.7
# Groups of so many texts at least that their ties alone would not join are compared; they stay apart where that finds
# less than this part of the least that joins groups.
_MANY, _HARDLY = 16, 0.5

# Pairs brought up at a time.
_AT_A_TIME = 4_096

# A pair of groups, smaller number first, behind its mean, negative.
_Waiting = tuple[float, int, int]


def linked(
    count: int,
    ties: Mapping[tuple[int, int], float],
    least: float,
    unlisted: Sequence[float] | None = None,
    together: Sequence[Sequence[int]] = (),
    begun: Sequence[Sequence[int]] = (),
    compare: Callable[[Sequence[int], Sequence[int]], float] | None = None,
) -> list[int]:
    """Name for each of `count` texts the first of its group; -1 for a text that is alone.

    :param ties: pairs of different texts, smaller number first, with their likeness.
    :param least: groups join if the mean likeness between them is at least this, above 0.
    :param unlisted: for each text how like others are at most that no tie names; 0 if not given.
    :param together: groups to begin with, however their texts are tied; none of them joins another one.
    :param begun: groups to begin with that may join any other.
    :param compare: tells how like the texts of two groups are in the mean, see `crossing`; if not given, nothing is
        known but the ties.
    """
    linkage = _Linkage(count, ties, least, unlisted, compare)
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
        self,
        count: int,
        ties: Mapping[tuple[int, int], float],
        least: float,
        unlisted: Sequence[float] | None,
        compare: Callable[[Sequence[int], Sequence[int]], float] | None,
    ) -> None:
        self._edge = [0.0] * count if unlisted is None else list(unlisted)
        self._least = least
        self._compare = compare
        ends = np.fromiter(itertools.chain.from_iterable(ties), np.int64, 2 * len(ties)).reshape(-1, 2)
        # What is known of each pair of groups that are tied: the sum of ties, how many, and the mean with which it
        # waits, -1 if it does not; `tied` tells for each group which pair it is with another one.
        self._total = list(ties.values())
        self._listed = [1] * len(ties)
        self._queued = self._total.copy()
        self._tied: list[dict[int, int]] = [{} for _ in range(count)]
        for pair, (a, b) in enumerate(ties):
            self._tied[a][b] = self._tied[b][a] = pair
        self._home = list(range(count))
        self._settled = [False] * count
        # Sum of the likeness of all pairs within each group.
        self._within = [0.0] * count
        self.members = [[node] for node in range(count)]
        # Pairs of texts wait in order; what comes up later waits in a heap.
        self._first = _in_order(ends, np.array(self._total, dtype=np.float64), least)
        self._later: list[_Waiting] = []

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
        later, total, listed, queued = self._later, self._total, self._listed, self._queued
        first = next(self._first, None)
        while first is not None or later:
            if first is not None and (not later or first < later[0]):
                told, a, b = first
                first = next(self._first, None)
            else:
                told, a, b = heapq.heappop(later)
            pair = self._tied[a].get(b)
            # One of them has joined another group; or it waits elsewhere with a greater mean, or has come up already.
            if pair is None or queued[pair] != -told:
                continue
            pairs = len(self.members[a]) * len(self.members[b])
            now = (total[pair] + (pairs - listed[pair]) * min(self._edge[a], self._edge[b])) / pairs
            queued[pair] = -1.0
            if (self._settled[a] and self._settled[b]) or self._are_two(a, b, now):
                continue
            if now >= -told:
                if not self._only_seem_near(a, b, total[pair]):
                    self.join(a, b)
            elif now >= self._least:
                # A mean falls as a group grows by texts without ties; it is put right when its turn has come.
                queued[pair] = now
                heapq.heappush(later, (-now, a, b))

    def _are_two(self, a: int, b: int, between: float) -> bool:
        """Tell whether two groups hang together within so much more closely than with each other."""
        sizes = len(self.members[a]), len(self.members[b])
        if min(sizes) < _GROUP:
            return False
        within = (self._within[group] / (size * (size - 1) / 2) for group, size in zip((a, b), sizes, strict=True))
        return between < _BETWEEN * min(within)

    def _only_seem_near(self, a: int, b: int, total: float) -> bool:
        """Tell whether it is not their ties that would join two groups, and some texts of each are not alike."""
        one, other = self.members[a], self.members[b]
        if self._compare is None or min(len(one), len(other)) < _MANY or total >= self._least * len(one) * len(other):
            return False
        return self._compare(one, other) < _HARDLY * self._least

    def settle(self, node: int) -> None:
        """Have the group of a text join no other that is settled."""
        self._settled[self._home[node]] = True

    def join(self, a: int, b: int) -> None:
        """Make one group of two, each named by any text that it began with."""
        a, b = self._home[a], self._home[b]
        into, gone = (a, b) if len(self._tied[a]) >= len(self._tied[b]) else (b, a)
        edge, members, tied, least = self._edge, self.members, self._tied, self._least
        total, listed, queued = self._total, self._listed, self._queued
        sizes = len(members[into]), len(members[gone])
        theirs, own = tied[gone], tied[into]
        tied[gone] = {}
        theirs.pop(into, None)
        pair = own.pop(gone, None)
        known = (total[pair], listed[pair]) if pair is not None else (0.0, 0)
        unlisted = (sizes[0] * sizes[1] - known[1]) * min(edge[into], edge[gone])
        self._within[into] += self._within[gone] + known[0] + unlisted
        edge[into] = (edge[into] * sizes[0] + edge[gone] * sizes[1]) / sum(sizes)
        for node in members[gone]:
            self._home[node] = into
        members[into] += members[gone]
        members[gone] = []
        self._settled[into] |= self._settled[gone]
        size, bound = len(members[into]), edge[into]
        for other, pair in theirs.items():
            there = tied[other]
            del there[gone]
            before = own.get(other)
            if before is None:
                own[other] = there[into] = pair
                queued[pair] = -1.0
            else:
                total[before] += total[pair]
                listed[before] += listed[pair]
                pair = before
            pairs = size * len(members[other])
            nearest = edge[other] if edge[other] < bound else bound
            now = (total[pair] + (pairs - listed[pair]) * nearest) / pairs
            # Where a greater mean waits, this one will take its place when that comes up.
            if now >= least and now > queued[pair]:
                queued[pair] = now
                heapq.heappush(self._later, (-now, into, other) if into < other else (-now, other, into))


def _in_order(ends: NDArray[np.int64], ties: NDArray[np.float64], least: float) -> Iterator[_Waiting]:
    """Bring up the pairs that are near, closest first, of equals the first; a few at a time, since most never join."""
    near = np.flatnonzero(ties >= least)
    near = near[np.lexsort((ends[near, 1], ends[near, 0], -ties[near]))]
    for low in range(0, len(near), _AT_A_TIME):
        some = near[low : low + _AT_A_TIME]
        yield from zip((-ties[some]).tolist(), ends[some, 0].tolist(), ends[some, 1].tolist(), strict=True)
