"""Cluster a whole archive: copies collapse, neighbours are found, matters drawn, and every document gets an answer.

`assigned`: it belongs to a topic. `undecided`: it lies between topics. `isolated`: nothing in the archive is like it.
The answer depends on the documents alone: they are sorted by id first, sums are exact (see `exact`), and nothing is
drawn by chance. Two groups are one matter if their texts are in the mean more like than pairs by chance hardly are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics import answers
from xiansuo.topics.bag import Words
from xiansuo.topics.crossing import crossing
from xiansuo.topics.floor import floor
from xiansuo.topics.items import Cluster, Item, Loose
from xiansuo.topics.likeness import by_chance, neighbours
from xiansuo.topics.matters import find_matters
from xiansuo.topics.sites import Site
from xiansuo.topics.texts import Ground, Texts, ground, texts

LEAST = 0.5
"""Ties below this part of what makes a matter are as good as none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What later documents are compared with.

    `texts` are the different texts of the archive weighed by `ground`; `documents` and `fingerprints` tell for each of
    them which documents it is, by id, and how it is recognised; `floor`: likeness that ties two texts.
    """

    ground: Ground
    floor: float
    texts: Texts
    documents: tuple[tuple[str, ...], ...]
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clustering:
    """All topics, largest first, and by id all documents that belong to none; nothing is kept of no documents."""

    clusters: tuple[Cluster, ...]
    loose: tuple[Loose, ...]
    kept: Kept | None = field(compare=False, repr=False)


def cluster(items: Sequence[Item]) -> Clustering:
    """Find the matters of an archive.

    :param items: documents with different ids, in any order.
    """
    if not items:
        return Clustering((), (), None)
    firsts, documents = distinct(items)
    known = ground(*told(firsts))
    weighed = texts(*told(firsts), known)
    least = floor(by_chance(weighed), len(firsts))

    def sites(rows: NDArray[np.int64]) -> list[Site]:
        return [firsts[row].site for row in rows.tolist()]

    near = neighbours(weighed, sites, LEAST * least)
    rows = np.arange(len(firsts))
    sent = [len(each) for each in documents]
    found = find_matters(near, sent, least, compare=crossing(weighed, sites, rows))
    clusters = answers.clusters(found, rows, weighed, sites, documents)
    loose = answers.loose(found, rows, near, rows, documents, dict(enumerate(found.label)))
    return Clustering(clusters, loose, _kept(firsts, documents, weighed, known, least))


def kept_of(items: Sequence[Item], known: Ground, least: float) -> Kept:
    """Keep documents for what comes later.

    :param least: likeness that ties two texts.
    """
    firsts, documents = distinct(items)
    return _kept(firsts, documents, texts(*told(firsts), known), known, least)


def _kept(
    firsts: Sequence[Item], documents: tuple[tuple[str, ...], ...], weighed: Texts, known: Ground, least: float
) -> Kept:
    return Kept(known, least, weighed, documents, tuple(each.fingerprint for each in firsts))


def told(
    items: Sequence[Item],
) -> tuple[NDArray[np.float32], list[Words], list[Words], list[str]]:
    """Tell of items what `ground` and `texts` ask for."""
    return (
        np.stack([each.vector for each in items]) if items else np.zeros((0, 0), dtype=np.float32),
        [each.words for each in items],
        [each.title for each in items],
        [each.voice for each in items],
    )


def distinct(items: Sequence[Item]) -> tuple[list[Item], tuple[tuple[str, ...], ...]]:
    """Collapse copies: the first document of each text, by id, and the ids of all documents that it is."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.id):
        found[item.fingerprint].append(item)
    return [same[0] for same in found.values()], tuple(tuple(item.id for item in same) for same in found.values())
