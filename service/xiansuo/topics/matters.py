"""Which texts are about one matter: near copies are one, the others join by average linkage on their nearest ties."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from xiansuo.topics.crossing import Crossing
from xiansuo.topics.grouping import group
from xiansuo.topics.likeness import Neighbours
from xiansuo.topics.linkage import linked

# Words this alike are one text sent twice with small changes, unless it is about another place.
_NEAR_COPY = 0.9


@dataclass(frozen=True, slots=True)
class Matters:
    """For each of n texts: `label`, its matter, -1 for none; `node`, the first of its near copies.

    `ties` are those between nodes; `tied` the nodes that one of them ties closely enough for a matter.
    """

    label: list[int]
    node: list[int]
    ties: dict[tuple[int, int], float]
    tied: frozenset[int]


def find_matters(
    near: Neighbours,
    sent: Sequence[int],
    floor: float,
    together: Sequence[Sequence[int]] = (),
    begun: Sequence[Sequence[int]] = (),
    unlisted: Sequence[float] | None = None,
    compare: Crossing | None = None,
) -> Matters:
    """Group texts.

    :param near: the nearest of all texts, as indexes among these.
    :param sent: how many documents each text is.
    :param floor: mean likeness from which two groups are one matter.
    :param together: groups of texts to begin with, `begun` those that may join others, see `linked`; so `unlisted`,
        where it is not as `near` tells, and `compare`.
    """
    home = [-1] * len(near.index)
    for number, rows in enumerate((*together, *begun)):
        for row in rows:
            home[row] = number
    node = _near_copies(near, home)
    edge = near.unlisted() if unlisted is None else unlisted
    settled, free = ([sorted({node[row] for row in group}) for group in groups] for groups in (together, begun))
    ties = _ties(near, node, floor, edge, [*settled, *free])
    label = linked(len(node), ties, floor, edge, settled, free, compare)
    _found_on_copies(label, node, sent)
    tied = frozenset(end for pair, tie in ties.items() if tie >= floor for end in pair)
    return Matters([label[each] for each in node], node, ties, tied)


def _near_copies(near: Neighbours, home: Sequence[int]) -> list[int]:
    same = (near.words >= _NEAR_COPY) & (near.meaning >= _NEAR_COPY) & (near.likeness == near.theme)
    rows, columns = np.nonzero(same & (near.index >= 0))
    # A text that repeats texts of two topics is counted with the one that it is most like.
    order = np.argsort(-near.likeness[rows, columns], kind="stable")
    pairs = zip(rows[order].tolist(), near.index[rows, columns][order].tolist(), strict=True)
    return group(len(near.index), pairs, home)


def _ties(
    near: Neighbours, node: Sequence[int], floor: float, edge: Sequence[float], together: Sequence[Sequence[int]]
) -> dict[tuple[int, int], float]:
    """Edges between different nodes, (smaller, larger) to the best likeness of their copies, that may play a part."""
    rows, columns = np.nonzero(near.index >= 0)
    nodes = np.asarray(node, dtype=np.int64)
    ends = np.sort(np.stack([nodes[rows], nodes[near.index[rows, columns]]]), axis=0)
    likeness = near.likeness[rows, columns]
    different = ends[0] != ends[1]
    keys, place = np.unique(ends[0][different] * len(nodes) + ends[1][different], return_inverse=True)
    best = np.zeros(len(keys))
    np.maximum.at(best, place, likeness[different])
    left, right = keys // max(1, len(nodes)), keys % max(1, len(nodes))
    played = _play_a_part(left, right, best >= floor, np.array(edge) >= floor, together)
    # The same number is the same object everywhere: there are many ties to a text.
    number = list(range(len(nodes)))
    pairs = zip(*([number[each] for each in some[played].tolist()] for some in (left, right)), strict=True)
    return dict(zip(pairs, best[played].tolist(), strict=True))


def _play_a_part(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    strong: NDArray[np.bool_],
    crowded: NDArray[np.bool_],
    together: Sequence[Sequence[int]],
) -> NDArray[np.bool_]:
    """Leave out weak ties between texts that no chain of strong ones connects: their groups never join.

    Where both sides have a text whose list ends while the others are still near, what is not listed may join them.
    """
    chained = [pair for some in together for pair in itertools.pairwise(some)]
    more = np.array(chained, dtype=np.int64).reshape(-1, 2).T
    part = _parts(len(crowded), np.concatenate([left[strong], more[0]]), np.concatenate([right[strong], more[1]]))
    open_ended = np.zeros(len(crowded), dtype=bool)
    open_ended[part[crowded]] = True
    kept = (part[left] == part[right]) | (open_ended[part[left]] & open_ended[part[right]])
    part = _parts(len(crowded), left[kept], right[kept])
    return np.asarray(part[left] == part[right])


def _parts(count: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    graph = coo_matrix((np.ones(len(left), dtype=bool), (left, right)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1])


def _found_on_copies(label: list[int], node: Sequence[int], sent: Sequence[int]) -> None:
    """Make a matter of a text that was sent more than once, even if it belongs to no other."""
    sizes: Counter[int] = Counter()
    for each, count in zip(node, sent, strict=True):
        sizes[each] += count
    following = max(label, default=-1) + 1
    for each in sorted(sizes):
        if label[each] < 0 and sizes[each] > 1:
            label[each] = following
            following += 1
