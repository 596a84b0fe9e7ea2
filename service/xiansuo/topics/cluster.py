"""Which documents are about one matter: copies collapse, a neighbour graph, average linkage.

Every document gets an answer. `assigned`: it belongs to a topic. `undecided`: it lies between
topics. `isolated`: nothing in the archive is like it. The answer depends on the documents alone:
they are sorted by id first, cosines are exact (see `exact`), and nothing is drawn by chance. Two
groups are one matter if their texts are in the mean more like than pairs by chance hardly are.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics.bag import NO_WORDS, Words
from xiansuo.topics.floor import floor
from xiansuo.topics.grouping import group
from xiansuo.topics.likeness import Likenesses, Neighbours
from xiansuo.topics.linkage import linked
from xiansuo.topics.sites import NOWHERE, Site

# Likeness below which a tie is as good as none.
_LEAST = 0.05
# Words this alike are one text sent twice with small changes, unless it is about another place.
_NEAR_COPY = 0.9
_NEAREST = 3
# Texts of a topic that its unity is measured on.
_ASKED = 60
_FIGURES = 6


class State(StrEnum):
    """What is known of a document's topic."""

    ASSIGNED = "assigned"
    UNDECIDED = "undecided"
    ISOLATED = "isolated"


@dataclass(frozen=True, slots=True)
class Item:
    """One document to cluster.

    `vector` float32 (d,), length 1, as from `weighing`; `fingerprint` is equal for texts that are
    copies; `voice` is the person who wrote it, empty where nobody is named; `title` holds the title's
    2- and 3-grams, `site` where it is.
    """

    id: str
    vector: NDArray[np.float32]
    words: Words
    fingerprint: str
    voice: str = ""
    title: Words = NO_WORDS
    site: Site = NOWHERE


@dataclass(frozen=True, slots=True)
class Near:
    """A document near another one; `topic` is where it belongs, empty if nowhere."""

    id: str
    likeness: float
    topic: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The answer for one document; `copy_of` is the id of the text that it repeats, if any."""

    id: str
    state: State
    topic: str
    copy_of: str
    nearest: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents on one matter; the id is made of theirs. `central`: its texts, typical first.

    `unity`: mean likeness of two of its texts, 0..1; high where all speak of one thing, low where of one theme.
    """

    id: str
    members: tuple[str, ...]
    texts: int
    central: tuple[str, ...]
    unity: float


@dataclass(frozen=True, slots=True)
class Clustering:
    """All documents by id, all clusters, largest first; `floor`: likeness that ties two texts."""

    placed: tuple[Placed, ...]
    clusters: tuple[Cluster, ...]
    floor: float


def cluster(items: Sequence[Item]) -> Clustering:
    """Find the matters of an archive.

    :param items: documents with different ids, in any order.
    """
    items = sorted(items, key=lambda item: item.id)
    if not items:
        return Clustering((), (), floor(np.zeros(0), 0))
    text_of, firsts = _exact_copies(items)
    texts = [items[i] for i in firsts]
    likenesses = Likenesses(
        np.stack([text.vector for text in texts]),
        [text.words for text in texts],
        [text.title for text in texts],
        [text.site for text in texts],
        [text.voice for text in texts],
    )
    near = likenesses.neighbours()
    lowest = floor(likenesses.by_chance(), len(texts))
    node_of = _near_copies(near)
    ties = _ties(near, node_of)
    labels = linked(len(texts), ties, lowest, near.unlisted())
    nodes = [node_of[text] for text in text_of]
    _found_on_copies(labels, nodes)
    return _answer(items, nodes, labels, likenesses, near, ties, lowest)


def _exact_copies(items: Sequence[Item]) -> tuple[list[int], list[int]]:
    """Give each item the number of its text, and each text its first item."""
    numbers: dict[str, int] = {}
    firsts: list[int] = []
    text_of = []
    for place, item in enumerate(items):
        if item.fingerprint not in numbers:
            numbers[item.fingerprint] = len(firsts)
            firsts.append(place)
        text_of.append(numbers[item.fingerprint])
    return text_of, firsts


def _near_copies(near: Neighbours) -> list[int]:
    same = (near.words >= _NEAR_COPY) & (near.meaning >= _NEAR_COPY) & (near.likeness == near.theme)
    rows, columns = np.nonzero(same & (near.index >= 0))
    found = zip(rows.tolist(), near.index[rows, columns].tolist(), strict=True)
    return group(len(near.index), found)


def _ties(near: Neighbours, node_of: Sequence[int]) -> dict[tuple[int, int], float]:
    """Edges between different texts, (smaller, larger) to the best likeness of their copies."""
    ties: dict[tuple[int, int], float] = {}
    rows, columns = np.nonzero((near.likeness >= _LEAST) & (near.index >= 0))
    others = near.index[rows, columns]
    for row, other, likeness in zip(rows.tolist(), others.tolist(), near.likeness[rows, columns].tolist(), strict=True):
        a, b = sorted((node_of[row], node_of[other]))
        if a != b:
            ties[a, b] = max(likeness, ties.get((a, b), 0.0))
    return dict(sorted(ties.items()))


def _found_on_copies(labels: list[int], nodes: Sequence[int]) -> None:
    """Make a matter of a text that was sent more than once, even if it belongs to no other."""
    sizes = Counter(nodes)
    following = max(labels, default=-1) + 1
    for node in sorted(sizes):
        if labels[node] < 0 and sizes[node] > 1:
            labels[node] = following
            following += 1


def _answer(
    items: Sequence[Item],
    nodes: Sequence[int],
    labels: Sequence[int],
    likenesses: Likenesses,
    near: Neighbours,
    ties: dict[tuple[int, int], float],
    lowest: float,
) -> Clustering:
    members: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        if labels[node] >= 0:
            members[labels[node]].append(place)
    weight: dict[int, float] = defaultdict(float)
    for (a, b), likeness in ties.items():
        if labels[a] == labels[b]:
            weight[a] += likeness
            weight[b] += likeness
    names, clusters = {}, []
    for label, places in members.items():
        ids = tuple(items[place].id for place in places)
        names[label] = _name(ids)
        first_of: dict[int, str] = {}
        for place in places:
            first_of.setdefault(nodes[place], items[place].id)
        order = sorted(first_of, key=lambda node: (-round(weight[node], _FIGURES), first_of[node]))
        central = tuple(first_of[node] for node in order)
        clusters.append(Cluster(names[label], ids, len(first_of), central, _unity(likenesses, sorted(first_of))))
    clusters.sort(key=lambda each: (-len(each.members), each.id))
    topic_of = [names.get(labels[node], "") for node in nodes]
    placed = _placed(
        items, nodes, topic_of, near, {node for pair, tie in ties.items() if tie >= lowest for node in pair}
    )
    return Clustering(placed, tuple(clusters), lowest)


def _unity(likenesses: Likenesses, nodes: Sequence[int]) -> float:
    """Mean likeness of two different texts, of a large topic on some of them; one text is all one."""
    step = max(1, -(-len(nodes) // _ASKED))
    chosen = np.array(nodes[::step])
    found = [likenesses.between(int(node), chosen[place + 1 :]) for place, node in enumerate(chosen[:-1])]
    return round(float(np.concatenate(found).mean()), 4) if found else 1.0


def _placed(
    items: Sequence[Item],
    nodes: Sequence[int],
    topic_of: Sequence[str],
    near: Neighbours,
    tied: set[int],
) -> tuple[Placed, ...]:
    first: dict[int, int] = {}
    for place, node in enumerate(nodes):
        first.setdefault(node, place)
    fingerprints: dict[str, int] = {}
    for item in items:
        fingerprints.setdefault(item.fingerprint, len(fingerprints))
    node_of = {fingerprints[item.fingerprint]: node for item, node in zip(items, nodes, strict=True)}
    answer = []
    for place, (item, node) in enumerate(zip(items, nodes, strict=True)):
        topic = topic_of[place]
        state = State.ASSIGNED if topic else State.UNDECIDED if node in tied else State.ISOLATED
        seen = {node}
        nearest: list[Near] = []
        text = fingerprints[item.fingerprint]
        for other, likeness in zip(near.index[text].tolist(), near.likeness[text].tolist(), strict=True):
            if len(nearest) == _NEAREST:
                break
            there = node_of[other]
            if there not in seen:
                seen.add(there)
                nearest.append(Near(items[first[there]].id, likeness, topic_of[first[there]]))
        copy_of = "" if first[node] == place else items[first[node]].id
        answer.append(Placed(item.id, state, topic, copy_of, tuple(nearest)))
    return tuple(answer)


def _name(ids: Sequence[str]) -> str:
    return "t" + hashlib.sha256("\n".join(ids).encode()).hexdigest()[:10]
