"""Add documents to topics and take documents away: only what they touch is looked at, all else stays as it is.

New texts are weighed by the ground that the archive had when it was last clustered whole. What they touch are the
topics and loose texts that one of them is tied to closely enough for a matter, and the topics that lost a document.
They join topics, or found new ones with each other and with loose texts; topics that have been told apart or together
when the whole archive was looked at stay so until it is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics import answers
from xiansuo.topics.cluster import LEAST, Kept, distinct, told
from xiansuo.topics.items import Cluster, Item, Loose
from xiansuo.topics.likeness import neighbours
from xiansuo.topics.matters import find_matters
from xiansuo.topics.sites import Site
from xiansuo.topics.texts import texts


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of topics.

    `gone` are the ids of topics that were touched, `drawn` the topics that took their place; `loose` are all documents
    that belong to no topic. `kept` is for what comes later.
    """

    gone: tuple[str, ...]
    drawn: tuple[Cluster, ...]
    loose: tuple[Loose, ...]
    kept: Kept


def join(
    kept: Kept,
    clusters: Sequence[Cluster],
    loose: Sequence[Loose],
    new: Sequence[Item],
    removed: Set[str],
    site_of: Callable[[Sequence[str]], Sequence[Site]],
) -> Joined:
    """Bring topics up to date.

    :param new: documents that have come, with ids that are not in `kept` or are in `removed`; and the first that is
        left of each text whose first document is removed.
    :param removed: ids of documents that are there no more, or have another text now.
    :param site_of: where the texts of some documents of the archive are, by their ids.
    """
    topic_of = {id: each.id for each in clusters for id in each.members}
    gone = {topic_of[id] for id in removed if id in topic_of}
    kept = _without(kept, removed)
    kept, fresh = _with(kept, new)
    sites = {item.id: item.site for item in new}

    def where(rows: NDArray[np.int64]) -> list[Site]:
        firsts = [kept.documents[row][0] for row in rows.tolist()]
        unknown = [id for id in firsts if id not in sites]
        sites.update(zip(unknown, site_of(unknown), strict=True))
        return [sites[id] for id in firsts]

    near = neighbours(kept.texts, where, LEAST * kept.floor, fresh)
    close = np.unique(near.index[near.likeness >= kept.floor])
    label = {
        row: topic_of[id]
        for row, ids in enumerate(kept.documents)
        for id in ids
        if id in topic_of and id not in removed
    }
    gone |= {label[row] for row in [*close.tolist(), *fresh.tolist()] if row in label}
    asked = [row for row, topic in label.items() if topic in gone]
    # Who was told to be near what is gone is told anew.
    astray = {each.id for each in loose if any(near.id in removed for near in each.nearest)}
    asked += [row for row, ids in enumerate(kept.documents) if ids[0] in astray]
    rows = np.unique(np.concatenate([fresh, close, np.array(asked, dtype=np.int64)]))
    region = kept.texts.some(rows)
    local = {int(row): place for place, row in enumerate(rows)}
    row_of = {id: row for row in rows.tolist() for id in kept.documents[row]}
    found = find_matters(
        neighbours(region, lambda places: where(rows[places]), LEAST * kept.floor),
        [len(kept.documents[row]) for row in rows.tolist()],
        kept.floor,
        _begun(label, gone, local),
    )
    drawn = answers.clusters(found, rows, kept.texts, where, kept.documents)
    now = {row: topic for row, topic in label.items() if topic not in gone}
    now.update({row_of[id]: each.id for each in drawn for id in each.members})
    alone = np.array([row for place, row in enumerate(rows.tolist()) if found.label[place] < 0], dtype=np.int64)
    seen = neighbours(kept.texts, where, LEAST * kept.floor, alone)
    alone_now = {each.id: each for each in loose if each.id not in row_of and each.id not in removed}
    alone_now.update({each.id: each for each in answers.loose(found, rows, seen, alone, kept.documents, now)})
    return Joined(tuple(sorted(gone)), drawn, tuple(alone_now[id] for id in sorted(alone_now)), kept)


def _without(kept: Kept, removed: Set[str]) -> Kept:
    """Take documents away, and with the last one its text."""
    if not removed:
        return kept
    documents = [tuple(id for id in ids if id not in removed) for ids in kept.documents]
    rows = np.array([row for row, ids in enumerate(documents) if ids], dtype=np.int64)
    return replace(
        kept,
        texts=kept.texts.some(rows),
        documents=tuple(documents[row] for row in rows.tolist()),
        fingerprints=tuple(kept.fingerprints[row] for row in rows.tolist()),
    )


def _with(kept: Kept, new: Sequence[Item]) -> tuple[Kept, NDArray[np.int64]]:
    """Put documents to the texts that they repeat or to texts of their own; tell the rows that have got documents.

    Whatever has come and gone, texts are in the order of their first documents and weighed as those tell them.
    """
    firsts, documents = distinct(new)
    row_of = {fingerprint: row for row, fingerprint in enumerate(kept.fingerprints)}
    held = dict(enumerate(kept.documents))
    weighed_at = list(range(len(held)))
    changed = set()
    for place, (item, ids) in enumerate(zip(firsts, documents, strict=True), len(kept.documents)):
        row = row_of.get(item.fingerprint, place)
        before = held.get(row, ())
        held[row] = tuple(sorted({*before, *ids}))
        weighed_at += [place]
        if held[row][0] == item.id:
            weighed_at[row] = place
        if not set(ids) <= set(before):
            changed.add(row)
    fingerprints = (*kept.fingerprints, *(each.fingerprint for each in firsts))
    order = sorted(held, key=lambda row: held[row][0])
    weighed = kept.texts.with_more(texts(*told(firsts), kept.ground)) if firsts else kept.texts
    made = replace(
        kept,
        texts=weighed.some(np.array([weighed_at[row] for row in order], dtype=np.int64)),
        documents=tuple(held[row] for row in order),
        fingerprints=tuple(fingerprints[row] for row in order),
    )
    return made, np.array([place for place, row in enumerate(order) if row in changed], dtype=np.int64)


def _begun(label: Mapping[int, str], gone: Set[str], local: Mapping[int, int]) -> list[list[int]]:
    """Group rows of the region as they were grouped before."""
    groups: dict[str, list[int]] = {}
    for row, topic in label.items():
        if topic in gone:
            groups.setdefault(topic, []).append(local[row])
    return [sorted(groups[topic]) for topic in sorted(groups)]
