"""From groups of texts to answers about documents: topics with what is typical of them, and what belongs to none."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics.items import Cluster, Loose, Near, State
from xiansuo.topics.likeness import Neighbours, Sites, between, evidence, neighbours
from xiansuo.topics.matters import Matters, find_matters
from xiansuo.topics.texts import Texts

_NEAREST = 3
# Texts of a topic that its unity is measured on.
_ASKED = 60
_FIGURES = 6


def clusters(
    found: Matters, rows: NDArray[np.int64], all_texts: Texts, sites: Sites, documents: Sequence[tuple[str, ...]]
) -> tuple[Cluster, ...]:
    """Tell the topics, largest first.

    :param rows: which of all texts those grouped in `found` are.
    :param documents: ids of the documents that each of all texts is.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(found.label):
        if label >= 0:
            members[label].append(place)
    weight: dict[int, float] = defaultdict(float)
    for (a, b), likeness in found.ties.items():
        if found.label[a] == found.label[b]:
            weight[a] += likeness
            weight[b] += likeness
    drawn: list[tuple[list[int], dict[int, str]]] = []
    for places in members.values():
        first_of: dict[int, str] = {}
        for place in places:
            first = documents[rows[place]][0]
            first_of[found.node[place]] = min(first, first_of.get(found.node[place], first))
        drawn.append((places, first_of))
    unities = _unities([[int(rows[node]) for node in sorted(first_of)] for _, first_of in drawn], all_texts, sites)
    made: list[Cluster] = []
    for (places, first_of), unity in zip(drawn, unities, strict=True):
        ids = tuple(sorted(id for place in places for id in documents[rows[place]]))
        order = sorted(first_of, key=lambda node: (-round(weight[node], _FIGURES), first_of[node]))
        made.append(Cluster(name_of(ids), ids, len(first_of), tuple(first_of[node] for node in order), unity))
    return tuple(sorted(made, key=lambda each: (-len(each.members), each.id)))


def regrouped(
    groups: Sequence[Sequence[int]], all_texts: Texts, sites: Sites, documents: Sequence[tuple[str, ...]], floor: float
) -> tuple[Cluster, ...]:
    """Tell topics as somebody grouped their texts, in the order given.

    :param groups: rows of the texts of each.
    """
    made: list[Cluster] = []
    for group in groups:
        rows = np.array(sorted(group), dtype=np.int64)
        near = neighbours(all_texts.some(rows), lambda places, rows=rows: sites(rows[places]), floor)  # type: ignore[misc]
        found = find_matters(near, [len(documents[row]) for row in group], floor)
        made += clusters(replace(found, label=[0] * len(group)), rows, all_texts, sites, documents)
    return tuple(made)


def grown(
    before: Cluster,
    rows: Sequence[int],
    new: Sequence[tuple[int, bool]],
    all_texts: Texts,
    documents: Sequence[tuple[str, ...]],
) -> Cluster:
    """Tell a topic that documents have joined; its texts stay as typical as they were, the new ones come after them.

    :param rows: of all its texts now; `new`: of those that have joined, and whether each is a text of its own and no
        near copy.
    """
    ids = tuple(sorted(id for row in rows for id in documents[row]))
    own = [row for row, alone in new if alone]
    there = sorted(set(rows) - {row for row, _ in new})
    asked = np.array(there[:: max(1, -(-len(there) // _ASKED))], dtype=np.int64)
    left, right = np.repeat(np.array(own, dtype=np.int64), len(asked)), np.tile(asked, len(own))
    like = evidence(all_texts, left, right)[2].reshape(len(own), len(asked))
    known = before.texts * (before.texts - 1) / 2 or 1.0
    pairs = before.texts * len(own)
    unity = (
        before.unity * known
        + float(np.round(like.sum(axis=1) * 10**4).sum()) / 10**4 / max(1, len(asked)) * before.texts
    )
    means = like.mean(axis=1) if len(asked) else np.zeros(len(own))
    order = sorted(range(len(own)), key=lambda place: (-round(float(means[place]), 4), documents[own[place]][0]))
    return Cluster(
        before.id,
        ids,
        before.texts + len(own),
        (*before.central, *(documents[own[place]][0] for place in order)),
        round(unity / (known + pairs), 4),
    )


def loose(
    found: Matters,
    rows: NDArray[np.int64],
    near: Neighbours,
    near_of: NDArray[np.int64],
    documents: Sequence[tuple[str, ...]],
    label: Mapping[int, int | str],
) -> tuple[Loose, ...]:
    """Tell the documents that belong to no topic, by id, each with the nearest of three topics or other documents.

    :param rows: as in `clusters`.
    :param near: the nearest of all texts for those in the rows `near_of`.
    :param label: the topics of all texts; those without one are left out or have -1.
    """
    place_of = {int(row): place for place, row in enumerate(near_of)}
    made: list[Loose] = []
    for place, row in enumerate(rows.tolist()):
        if found.label[place] >= 0:
            continue
        nearest: dict[object, Near] = {}
        at = place_of[row]
        for other, likeness in zip(near.index[at].tolist(), near.likeness[at].tolist(), strict=True):
            if len(nearest) == _NEAREST or other < 0:
                break
            topic = label.get(other, -1)
            nearest.setdefault(("alone", other) if topic == -1 else topic, Near(documents[other][0], likeness))
        state = State.UNDECIDED if found.node[place] in found.tied else State.ISOLATED
        made.extend(Loose(id, state, tuple(nearest.values())) for id in documents[row])
    return tuple(sorted(made, key=lambda each: each.id))


def name_of(ids: Sequence[str], kind: str = "t") -> str:
    """Make an id for a topic, or another kind of group, of its documents'."""
    return kind + hashlib.sha256("\n".join(ids).encode()).hexdigest()[:10]


def _unities(groups: Sequence[Sequence[int]], all_texts: Texts, sites: Sites) -> list[float]:
    """Mean likeness of two different texts, of a large topic on some of them; one text is all one."""
    left, right, owner = [], [], []
    for number, group in enumerate(groups):
        chosen = group[:: max(1, -(-len(group) // _ASKED))]
        one, other = np.triu_indices(len(chosen), 1)
        picked = np.array(chosen, dtype=np.int64)
        left.append(picked[one])
        right.append(picked[other])
        owner.append(np.full(len(one), number))
    if not groups:
        return []
    flat = np.concatenate(owner)
    found = between(all_texts, sites, np.concatenate(left), np.concatenate(right))
    sums = np.bincount(flat, np.round(found * 10**4), minlength=len(groups))
    pairs = np.bincount(flat, minlength=len(groups))
    means = np.where(pairs > 0, sums / np.maximum(pairs, 1) / 10**4, 1.0)
    return [float(each) for each in np.round(means, 4)]
