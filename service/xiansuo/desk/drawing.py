"""Draw topics: all anew, or what has come joins those that are there; then as editors wanted them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from xiansuo.desk.desk import Desk
from xiansuo.desk.items import read_items, read_sites
from xiansuo.desk.progress import Progress
from xiansuo.index.snapshot import Indexes
from xiansuo.records import TopicEdit
from xiansuo.store.database import Connection
from xiansuo.topics import answers
from xiansuo.topics.cluster import LEAST, Kept, cluster
from xiansuo.topics.edits import edited
from xiansuo.topics.items import Cluster, Item, Loose
from xiansuo.topics.joining import join
from xiansuo.topics.likeness import Sites
from xiansuo.topics.shelving import packed
from xiansuo.topics.sites import Site
from xiansuo.topics.themes import themes_near, themes_of
from xiansuo.topics.track import carried, with_ids
from xiansuo.topics.weighing import Sample

Themed: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Topics with their ids, largest first, and the documents that belong to none.

    `themes` are groups of topics by their ids, each with its id. `kept` is what later documents are compared with;
    `ground` what all was weighed by, where it was taken anew.
    """

    clusters: tuple[Cluster, ...]
    loose: tuple[Loose, ...]
    themes: Themed
    kept: Kept | None
    ground: bytes = b""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is drawn from: the documents that count, their numbers by their ids in `listed`, in an open archive."""

    desk: Desk
    connection: Connection
    indexes: Indexes
    listed: Mapping[str, int]
    progress: Progress

    def items(self, ids: Collection[str], sample: Sample | None = None) -> tuple[list[Item], Sample]:
        """Read some of them, see `read_items`."""
        numbers = [self.listed[id] for id in ids]
        return read_items(self.desk, self.connection, self.indexes, numbers, sample, self.progress)

    def sites(self, ids: Sequence[str]) -> list[Site]:
        """Tell where some of them are."""
        return read_sites(self.connection, {id: self.listed[id] for id in ids})


@dataclass(frozen=True, slots=True)
class Before:
    """What was drawn the last time: the topics, the documents of none, and the topics of each theme.

    `stood` are the edits that counted then, oldest first; `young` the topics founded since all was clustered.
    """

    clusters: Sequence[Cluster] = ()
    loose: Sequence[Loose] = ()
    themes: Themed = field(default_factory=dict)
    stood: Sequence[TopicEdit] = ()
    young: frozenset[str] = frozenset()


def draw_anew(seen: Seen, before: Before, standing: Sequence[TopicEdit]) -> Drawn:
    """Cluster all documents that are listed; ids stay where most of a topic's or theme's documents are together.

    :param standing: the edits that count now, oldest first.
    """
    items, sample = seen.items(seen.listed)
    seen.progress("比较、归类", 0, 1)
    made = cluster(items)
    if made.kept is None:
        return Drawn((), (), {}, None)
    site_of = {item.id: item.site for item in items}
    where = _where(made.kept, lambda ids: [site_of[id] for id in ids])
    members = {each.id: each.members for each in before.clusters}
    # What editors did is taken back first and done again after: the parts of what they merged keep their ids as well.
    named = with_ids(edited(members, (), before.stood), made.clusters, frozenset())
    clusters = _as_edited(named, made.kept, standing, (), where)
    ground = packed(made.kept.ground, made.kept.floor, sample)
    themes = _themes(made.kept, where, clusters, members, before.themes)
    seen.progress("比较、归类", 1, 1)
    return Drawn(clusters, _still_loose(made.loose, clusters), themes, made.kept, ground)


def draw_on(
    seen: Seen, before: Before, kept: Kept, sample: Sample, corrected: Set[str], standing: Sequence[TopicEdit]
) -> Drawn:
    """Let documents join that have come since topics were drawn, and take away those that are not listed any more.

    :param kept: what was kept then, `sample`: on which passages are weighed.
    :param corrected: documents whose text has changed.
    :param standing: the edits that count now, oldest first.
    """
    clusters, loose, listed = before.clusters, before.loose, seen.listed
    site_of = remembering(seen.sites)
    known_topics = {each.id for each in clusters}
    known = {each.id for each in loose}.union(*(each.members for each in clusters))
    new = sorted((listed.keys() - known) | (corrected & listed.keys()))
    removed = (known - listed.keys()) | (corrected & known)
    if new or removed:
        left = [[id for id in ids if id not in removed] for ids in kept.documents if ids[0] in removed]
        items, _ = seen.items({*new, *(ids[0] for ids in left if ids)}, sample)
        joined = join(kept, clusters, loose, items, removed, site_of, before.young)
        gone = set(joined.gone)
        members = {each.id: each.members for each in clusters if each.id in gone}
        stay = [each for each in clusters if each.id not in gone]
        clusters = [*stay, *with_ids(members, joined.drawn, {each.id for each in stay})]
        loose, kept = joined.loose, joined.kept
    where = _where(kept, site_of)
    counting = {edit.id for edit in standing}
    undone = [edit for edit in before.stood if edit.id not in counting]
    made = _as_edited(clusters, kept, standing, undone, where)
    arrived = [each for each in made if each.id not in known_topics]
    return Drawn(made, _still_loose(loose, made), _themes_on(kept, where, made, arrived, before.themes), kept)


def remembering(site_of: Callable[[Sequence[str]], Sequence[Site]]) -> Callable[[Sequence[str]], Sequence[Site]]:
    """Ask where a document is no more than once."""
    known: dict[str, Site] = {}

    def told(ids: Sequence[str]) -> list[Site]:
        unknown = [id for id in ids if id not in known]
        known.update(zip(unknown, site_of(unknown), strict=True))
        return [known[id] for id in ids]

    return told


def _where(kept: Kept, site_of: Callable[[Sequence[str]], Sequence[Site]]) -> Sites:
    """Tell of rows what `site_of` tells of documents."""
    return lambda rows: site_of([kept.documents[row][0] for row in rows.tolist()])


def _as_edited(
    clusters: Sequence[Cluster], kept: Kept, standing: Sequence[TopicEdit], undone: Sequence[TopicEdit], where: Sites
) -> tuple[Cluster, ...]:
    """Put documents where editors wanted them; topics that this changes are told anew."""
    if not standing and not undone:
        return tuple(sorted(clusters, key=lambda each: (-len(each.members), each.id)))
    copies = {id: ids for ids in kept.documents for id in ids}
    standing, undone = ([_whole(edit, copies) for edit in edits] for edits in (standing, undone))
    wanted = edited({each.id: each.members for each in clusters}, standing, undone, copies.keys())
    same = {each.id: each for each in clusters if wanted.get(each.id) == each.members}
    changed = [id for id in wanted if id not in same]
    groups = _rows(kept, [wanted[topic] for topic in changed])
    told = answers.regrouped(groups, kept.texts, where, kept.documents, kept.floor) if groups else ()
    made = [*same.values(), *(replace(each, id=id) for id, each in zip(changed, told, strict=True))]
    return tuple(sorted(made, key=lambda each: (-len(each.members), each.id)))


def _whole(edit: TopicEdit, copies: Mapping[str, Sequence[str]]) -> TopicEdit:
    """Have an edit speak of all copies of its documents: a text is in one topic."""
    documents = {copy for id in edit.documents for copy in copies.get(id, (id,))}
    return edit.model_copy(update={"documents": tuple(sorted(documents))})


def _themes(
    kept: Kept, where: Sites, clusters: Sequence[Cluster], before: Mapping[str, Sequence[str]], themes: Themed
) -> Themed:
    """Group topics into themes; a theme keeps its id where most of its documents are together."""
    found = themes_of(kept.texts, where, _rows(kept, [each.members for each in clusters]))
    grouped: dict[int, list[Cluster]] = defaultdict(list)
    for each, theme in zip(clusters, found.theme, strict=True):
        if theme >= 0:
            grouped[theme].append(each)
    were = {id: [document for topic in topics for document in before[topic]] for id, topics in themes.items()}
    held = [sorted(id for each in topics for id in each.members) for topics in grouped.values()]
    ids = carried(were, held, frozenset(), kind="m")
    return {id: tuple(each.id for each in topics) for id, topics in zip(ids, grouped.values(), strict=True)}


def _themes_on(kept: Kept, where: Sites, clusters: Sequence[Cluster], new: Sequence[Cluster], themes: Themed) -> Themed:
    """Keep themes as they are; topics that are new join the theme of what is nearest to them."""
    there = {each.id: each for each in clusters}
    made = {id: [topic for topic in topics if topic in there] for id, topics in themes.items()}
    if new:
        theme_of = {topic: id for id, topics in made.items() for topic in topics}
        arrived = {each.id for each in new}
        old = [each for each in clusters if each.id not in arrived]
        rows = _rows(kept, [each.members for each in (*old, *new)])
        known = {row: theme_of.get(each.id, "") for each, own in zip(old, rows, strict=False) for row in own}
        near = themes_near(kept.texts, where, LEAST * kept.floor, rows[len(old) :], known)
        for each, theme in zip(new, near, strict=True):
            if theme:
                made[theme].append(each.id)
    return {id: tuple(topics) for id, topics in made.items() if topics}


def _rows(kept: Kept, groups: Sequence[Sequence[str]]) -> list[list[int]]:
    """Find the texts of documents."""
    row_of = {id: row for row, ids in enumerate(kept.documents) for id in ids}
    return [sorted({row_of[id] for id in group}) for group in groups]


def _still_loose(loose: Sequence[Loose], clusters: Sequence[Cluster]) -> tuple[Loose, ...]:
    assigned = {id for each in clusters for id in each.members}
    return tuple(each for each in loose if each.id not in assigned)
