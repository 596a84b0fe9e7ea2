"""Add documents to topics and take documents away: only what they touch is looked at, all else stays as it is.

New texts are weighed by the ground that the archive had when it was last clustered whole. What they touch are the
topics and loose texts that one of them is tied to closely enough for a matter, and the topics that lost a document.
They join topics, or found new ones with each other and with loose texts; topics that have been told apart or together
when the whole archive was looked at stay so until it is looked at again. Topics that were founded since may still join.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics import answers
from xiansuo.topics.cluster import LEAST, Kept, distinct, told
from xiansuo.topics.crossing import crossing
from xiansuo.topics.items import Cluster, Item, Loose
from xiansuo.topics.likeness import Neighbours, Sites, neighbours
from xiansuo.topics.matters import Matters, find_matters
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
    young: Set[str] = frozenset(),
) -> Joined:
    """Bring topics up to date.

    :param new: documents that have come, with ids that are not in `kept` or are in `removed`; and the first that is
        left of each text whose first document is removed.
    :param removed: ids of documents that are there no more, or have another text now.
    :param site_of: where the texts of some documents of the archive are, by their ids.
    :param young: ids of topics that were founded since the archive was clustered whole.
    """
    topic_of = {id: each.id for each in clusters for id in each.members}
    gone = {topic_of.pop(id) for id in removed if id in topic_of}
    kept = _without(kept, removed)
    kept, fresh = _with(kept, new)
    sites = {item.id: item.site for item in new}

    def where(rows: NDArray[np.int64]) -> list[Site]:
        firsts = [kept.documents[row][0] for row in rows.tolist()]
        unknown = [id for id in firsts if id not in sites]
        sites.update(zip(unknown, site_of(unknown), strict=True))
        return [sites[id] for id in firsts]

    least = LEAST * kept.floor
    label = {row: topic_of[id] for row, ids in enumerate(kept.documents) for id in ids if id in topic_of}
    first = neighbours(kept.texts, where, least, fresh)
    close = np.unique(first.index[first.likeness >= kept.floor])
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, topic in label.items():
        rows_of[topic].append(row)
    for topic in gone:
        # What is left of a topic may be one text, sent once: that is no topic any more.
        left = rows_of.get(topic, [])
        if len(left) == 1 and len(kept.documents[left[0]]) == 1:
            del label[rows_of.pop(topic)[0]]
    near_topics = {label[row] for row in [*close.tolist(), *fresh.tolist()] if row in label} | (gone & rows_of.keys())
    # Who was told to be near what is gone is told anew.
    astray = {each.id for each in loose if any(near.id in removed for near in each.nearest)}
    astray |= {id for topic in gone - rows_of.keys() for each in clusters if each.id == topic for id in each.members}
    asked = {row for row in close.tolist() if row not in label}
    asked |= {row for row, ids in enumerate(kept.documents) if row not in label and ids[0] in astray}
    asked |= {row for topic in near_topics & young for row in rows_of[topic]}
    alone = np.array(sorted(asked | {row for row in fresh.tolist() if row not in label}), dtype=np.int64)
    looked = np.concatenate([fresh, np.setdiff1d(alone, fresh)])
    both = first.with_more(neighbours(kept.texts, where, least, looked[len(fresh) :]))
    order = np.argsort(looked)
    seen = both.some(order[np.searchsorted(looked, alone, sorter=order)])
    topics = sorted(near_topics)
    rows = np.unique(np.concatenate([alone, *(np.array(rows_of[topic], dtype=np.int64) for topic in topics)]))
    settled = [sorted(rows_of[topic]) for topic in topics if topic not in young]
    free = [sorted(rows_of[topic]) for topic in topics if topic in young]
    found = _linked_on(kept, where, seen, alone, rows, settled, free)
    topic_at = {row: topic for topic in topics for row in rows_of[topic]}
    drawn, changed = _redrawn(kept, where, clusters, found, rows, topic_at, gone, young, fresh)
    now = {row: topic for row, topic in label.items() if topic not in changed}
    row_of = {id: row for row in rows.tolist() for id in kept.documents[row]}
    now.update({row_of[id]: each.id for each in drawn for id in each.members})
    stays = {each.id: each for each in loose if each.id not in row_of and each.id not in removed}
    stays.update({each.id: each for each in answers.loose(found, rows, seen, alone, kept.documents, now)})
    return Joined(tuple(sorted(changed | gone)), drawn, tuple(stays[id] for id in sorted(stays)), kept)


def _linked_on(
    kept: Kept,
    where: Sites,
    seen: Neighbours,
    alone: NDArray[np.int64],
    rows: NDArray[np.int64],
    settled: Sequence[Sequence[int]],
    free: Sequence[Sequence[int]],
) -> Matters:
    """Link texts with each other and with topics as they stand; only the neighbours of those texts are known.

    :param seen: the nearest of the texts in the rows `alone`.
    :param rows: these and the rows of all texts of the topics, grouped in `settled`, and in `free` where they may join.
    """
    places = np.searchsorted(rows, alone)
    index = np.full((len(rows), seen.index.shape[1]), -1, dtype=np.int64)
    at = np.searchsorted(rows, seen.index)
    known = (seen.index >= 0) & (rows[np.minimum(at, len(rows) - 1)] == seen.index) if len(rows) else seen.index >= 0
    index[places] = np.where(known, at, -1)
    tables = np.zeros((4, *index.shape))
    for table, each in zip(tables, (seen.likeness, seen.meaning, seen.words, seen.theme), strict=True):
        table[places] = each
    # How near a topic's texts are that its lists would have left out is not known: as near as the others' lists say.
    edge = np.ones(len(rows))
    edge[places] = seen.unlisted()
    local = {int(row): place for place, row in enumerate(rows)}
    groups, begun = ([[local[row] for row in group] for group in some] for some in (settled, free))
    sent = [len(kept.documents[row]) for row in rows.tolist()]
    compare = crossing(kept.texts, where, rows)
    return find_matters(Neighbours(index, *tables), sent, kept.floor, groups, begun, edge.tolist(), compare)


def _redrawn(
    kept: Kept,
    where: Sites,
    clusters: Sequence[Cluster],
    found: Matters,
    rows: NDArray[np.int64],
    topic_at: Mapping[int, str],
    gone: Set[str],
    young: Set[str],
    fresh: NDArray[np.int64],
) -> tuple[tuple[Cluster, ...], set[str]]:
    """Tell the topics that have changed and those that are new; and which of before have changed."""
    by_id = {each.id: each for each in clusters}
    grouped: dict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(found.label):
        if name >= 0:
            grouped[name].append(place)
    drawn, changed, anew = [], set(gone), []
    copied = set(fresh.tolist())
    for places in grouped.values():
        group = rows[places].tolist()
        own = Counter(topic_at[row] for row in group if row in topic_at)
        # Of several, young ones but for one at most, the oldest goes on, else the largest.
        topic = min(own, key=lambda each: (each in young, -own[each], each), default="")
        more = [place for place in places if rows[place] not in topic_at]
        if len(own) != 1 or topic in gone:
            anew.append((topic, group))
            changed.update(own)
        elif more or any(row in copied for row in group):
            changed.add(topic)
            new = [(int(rows[place]), found.node[place] in more) for place in more]
            drawn.append(answers.grown(by_id[topic], group, new, kept.texts, kept.documents))
    told = answers.regrouped([group for _, group in anew], kept.texts, where, kept.documents, kept.floor)
    named = [replace(each, id=topic or each.id) for (topic, _), each in zip(anew, told, strict=True)]
    return tuple(sorted([*drawn, *named], key=lambda each: (-len(each.members), each.id))), changed


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
