"""Draw topics: all anew, or what has come joins those that are there; then as editors wanted them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.desk import Desk
from xiansuo.desk.items import read_items, read_sites
from xiansuo.index.snapshot import Indexes
from xiansuo.records import TopicEdit
from xiansuo.store.database import Connection
from xiansuo.topics import answers
from xiansuo.topics.cluster import Kept, cluster
from xiansuo.topics.edits import edited
from xiansuo.topics.items import Cluster, Loose
from xiansuo.topics.joining import join
from xiansuo.topics.shelving import packed
from xiansuo.topics.sites import Site
from xiansuo.topics.track import with_ids
from xiansuo.topics.weighing import Sample


@dataclass(frozen=True, slots=True)
class Drawn:
    """Topics with their ids, largest first, and the documents that belong to none.

    `kept` is what later documents are compared with; `ground` what all was weighed by, where it was taken anew.
    """

    clusters: tuple[Cluster, ...]
    loose: tuple[Loose, ...]
    kept: Kept | None
    ground: bytes = b""


def draw_anew(
    desk: Desk,
    connection: Connection,
    indexes: Indexes,
    listed: Mapping[str, int],
    before: Mapping[str, Sequence[str]],
    standing: Sequence[TopicEdit],
) -> Drawn:
    """Cluster all documents that are listed.

    :param listed: their numbers by their ids.
    :param before: the documents of each topic of before, whose ids stay.
    """
    items, sample = read_items(desk, connection, indexes, listed.values())
    made = cluster(items)
    named = with_ids(before, made.clusters, frozenset())
    site_of = {item.id: item.site for item in items}
    if made.kept is None:
        return Drawn((), (), None)
    clusters = _as_edited(named, made.kept, standing, (), lambda ids: [site_of[id] for id in ids])
    return Drawn(
        clusters,
        _still_loose(made.loose, clusters),
        made.kept,
        packed(made.kept.ground, made.kept.floor, sample),
    )


def draw_on(
    desk: Desk,
    connection: Connection,
    indexes: Indexes,
    listed: Mapping[str, int],
    clusters: Sequence[Cluster],
    loose: Sequence[Loose],
    kept: Kept,
    sample: Sample,
    corrected: Set[str],
    standing: Sequence[TopicEdit],
    undone: Sequence[TopicEdit],
) -> Drawn:
    """Let documents join that have come since topics were drawn, and take away those that are not listed any more.

    :param clusters: the topics as they were, `loose`: the documents of none.
    :param kept: what was kept then, `sample`: on which passages are weighed.
    :param corrected: documents whose text has changed.
    """
    known = {each.id for each in loose}.union(*(each.members for each in clusters))
    new = sorted((listed.keys() - known) | (corrected & listed.keys()))
    removed = (known - listed.keys()) | (corrected & known)

    def site_of(ids: Sequence[str]) -> list[Site]:
        return read_sites(connection, {id: listed[id] for id in ids})

    if new or removed:
        items, _ = read_items(desk, connection, indexes, [listed[id] for id in new], sample)
        joined = join(kept, clusters, loose, items, removed, site_of)
        gone = set(joined.gone)
        before = {each.id: each.members for each in clusters if each.id in gone}
        stay = [each for each in clusters if each.id not in gone]
        clusters = [*stay, *with_ids(before, joined.drawn, {each.id for each in stay})]
        loose, kept = joined.loose, joined.kept
    made = _as_edited(clusters, kept, standing, undone, site_of)
    return Drawn(made, _still_loose(loose, made), kept)


def _as_edited(
    clusters: Sequence[Cluster],
    kept: Kept,
    standing: Sequence[TopicEdit],
    undone: Sequence[TopicEdit],
    site_of: Callable[[Sequence[str]], Sequence[Site]],
) -> tuple[Cluster, ...]:
    """Put documents where editors wanted them; topics that this changes are told anew."""
    wanted = edited({each.id: each.members for each in clusters}, standing, undone)
    same = {each.id: each for each in clusters if wanted.get(each.id) == each.members}
    changed = [id for id in wanted if id not in same]
    row_of = {id: row for row, ids in enumerate(kept.documents) for id in ids}

    def sites(rows: NDArray[np.int64]) -> Sequence[Site]:
        return site_of([kept.documents[row][0] for row in rows.tolist()])

    groups = [sorted({row_of[id] for id in wanted[topic]}) for topic in changed]
    told = answers.regrouped(groups, kept.texts, sites, kept.documents, kept.floor) if groups else ()
    made = [*same.values(), *(replace(each, id=id) for id, each in zip(changed, told, strict=True))]
    return tuple(sorted(made, key=lambda each: (-len(each.members), each.id)))


def _still_loose(loose: Sequence[Loose], clusters: Sequence[Cluster]) -> tuple[Loose, ...]:
    assigned = {id for each in clusters for id in each.members}
    return tuple(each for each in loose if each.id not in assigned)
