"""Find all duplicate groups of the archive (查重：全部重复), each around one canonical document.

Which pairs repeat themselves is computed once for a state of the archive and kept as a run. What editors decided or
merged counts at once: it is put on the kept pairs whenever they are shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from xiansuo.dedup.features import features
from xiansuo.dedup.groups import Group, Link, Member, form_groups, order_of_choice
from xiansuo.dedup.joins import candidate_pairs, meanings_of
from xiansuo.dedup.near import spread
from xiansuo.dedup.rarity import SAME, rarity
from xiansuo.dedup.relation import REPEATS, Judgement, RelationModel, Status
from xiansuo.desk.decided import draft_fingerprint
from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Contributor, Facts
from xiansuo.desk.merging import contributors, heads, told
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.readings import Held, Readings, unchanged
from xiansuo.embed.rows import unit_rows
from xiansuo.records import Document, Filter, Kind, Relation
from xiansuo.store import decisions, documents, mergings, runs, vectors
from xiansuo.store.database import Connection

RUN = "groups"
"""Kind of the runs that keep which pairs repeat themselves."""

LIKELY = 0.5
"""Probability that one text repeats the other, from which two count as duplicates; if they are no copies, so must be
the one that both are about one matter in one place.

Among all pairs of an archive repetitions are far rarer than among those that the relation was fitted to. That two
probabilities of different models must agree took the share of groups' pairs within one matter of the demo corpus from
.78 to .96 and cut the pairs of 800 short citizens' messages to a seventh, near copies all but one kept.
"""

# Raise it where a change of the code changes what is found: kept runs of the earlier code are not taken then.
_METHOD = 1
# Runs that are kept: an earlier one is computed again, with the same answer, if its archive comes back.
_KEPT = 24
# Pairs between two looks into the archive; others can have their turn then.
_AT_ONCE = 500
_LINKS = TypeAdapter(tuple[Link, ...])


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A document that repeats the canonical one; `through` is the id of the copy that it was compared with, if any."""

    facts: Facts
    relation: Relation
    probability: float
    status: Status
    through: str


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """One text that stands for all, those that repeat it, and everybody who contributed."""

    canonical: Facts
    members: tuple[GroupMember, ...]
    contributors: tuple[Contributor, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicateGroups:
    """Groups, those with most members first, of `total` among so many `documents`.

    `apart` are likely repetitions whose documents are in no common group, after what was merged is taken as one. `next`
    asks for the groups behind these, None where there are no more.
    """

    run: str
    documents: int
    total: int
    groups: tuple[DuplicateGroup, ...]
    apart: tuple[Link, ...]
    next: str | None = None


def duplicate_groups(
    desk: Desk, *, now: dt.datetime, filters: Filter | None = None, progress: Progress = silent
) -> DuplicateGroups:
    """Find the groups of the archive's submissions, proposals and reports; references only where asked for.

    :param now: when a run is kept that was not known yet; the answer depends on the archive alone.
    :raises InputError: something was imported meanwhile.
    """
    wanted = filters or Filter()
    model = desk.relations
    with desk.reading() as (connection, indexes):
        mark = indexes.mark
        records = _records(connection, wanted)
        newest = max((record.date for record in records.values() if record.date), default=dt.date.min)
        inputs = {"mark": mark, "documents": _digest(map(str, records)), "method": _METHOD}
        models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest, "relation": _weights(model)}
        # Named after the archive's own newest day: tomorrow the same archive has the same answer.
        run = runs.run_id(RUN, inputs, models, dt.datetime.combine(newest, dt.time(), dt.UTC))
        kept = runs.get(connection, run)
    if kept is None:
        links = tuple(_find_links(desk, model, mark, records, progress))
        with desk.database.write() as connection:
            runs.put(connection, run, RUN, now, inputs, models, _LINKS.dump_python(links, mode="json"))
            runs.keep_only(connection, RUN, _KEPT, run)
    else:
        links = _LINKS.validate_python(kept["result"])
    with desk.database.read() as connection:
        return _shown(connection, run, records, links)


def judged_later(later: Held, earlier: Held, model: RelationModel, readings: Readings) -> Judgement:
    """Judge how a document stands to an earlier one."""
    return model.judge(features(later.reading, earlier.reading, readings.ground), earlier.record.kind)


def link_of(later: str, earlier: str, judged: Judgement) -> Link | None:
    """Make a link of a judgement that two texts likely repeat each other."""
    repeated = round(sum(judged.probabilities[each] for each in REPEATS), 4)
    about_one_matter = judged.relation is Relation.COPY or judged.similarity >= LIKELY
    if judged.relation not in REPEATS or repeated < LIKELY or not about_one_matter:
        return None
    return Link(later, earlier, judged.relation, judged.probability, judged.status == "confirmed")


def comes_later(one: Document, other: Document) -> bool:
    """Tell which of two documents counts as the later: by date, of the undated and of one day by id."""
    return (one.date or dt.date.max, one.id) > (other.date or dt.date.max, other.id)


def _records(connection: Connection, wanted: Filter) -> dict[int, Document]:
    numbers = documents.matching(connection, wanted) if wanted else None
    return {
        stored.number: stored.document
        for stored in documents.read(connection, numbers)
        if stored.document.kind is not Kind.REFERENCE or Kind.REFERENCE in wanted.kinds
    }


def _find_links(
    desk: Desk, model: RelationModel, mark: str, records: Mapping[int, Document], progress: Progress
) -> Iterator[Link]:
    """Judge every pair that is worth a closer look."""
    progress("查找相近的材料", 0, 1)
    with unchanged(desk, mark) as (connection, indexes):
        centre = desk.centres(connection, indexes)[None]
        read = list(vectors.read(connection, desk.encoder.id, desk.encoder.dimension))
        terms = {number: indexes.grams.terms_of(number)[0] for number in records}
    weights = _rarities(read)
    chosen = [item for item in read if item.number in records]
    pairs = candidate_pairs([terms[item.number] for item in chosen], *_said(chosen, weights, centre))
    progress("查找相近的材料", 1, 1)
    numbers = [item.number for item in chosen]
    order = np.lexsort((pairs.right, pairs.left))
    readings = Readings(desk, centre, weights)
    for start in range(0, len(order), _AT_ONCE):
        progress("逐对判断", start, len(order))
        rows = order[start : start + _AT_ONCE]
        near = [
            (numbers[a], numbers[b]) for a, b in zip(pairs.left[rows].tolist(), pairs.right[rows].tolist(), strict=True)
        ]
        with unchanged(desk, mark) as (connection, indexes):
            held = readings.of(connection, indexes, {number for pair in near for number in pair})
        for one, other in near:
            later, earlier = held[one], held[other]
            if comes_later(earlier.record, later.record):
                later, earlier = earlier, later
            link = link_of(later.record.id, earlier.record.id, judged_later(later, earlier, model, readings))
            if link is not None:
                yield link
    progress("逐对判断", len(order), len(order))


def _rarities(read: Sequence[vectors.StoredVectors]) -> dict[int, NDArray[np.float64]]:
    """Weigh the passages of all documents, as a check weighs a draft's."""
    if not read:
        return {}
    counts = [len(item.matrix) for item in read]
    matrix = np.concatenate([item.matrix for item in read]).astype(np.float32)
    held = spread(matrix, np.repeat(np.arange(len(read)), counts), SAME)
    pieces = np.split(rarity(held, len(read)), np.cumsum(counts)[:-1])
    return {item.number: piece for item, piece in zip(read, pieces, strict=True)}


def _said(
    chosen: Sequence[vectors.StoredVectors], weights: Mapping[int, NDArray[np.float64]], centre: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Give what each document says, and what its title says, one vector each."""
    if not chosen:
        return np.zeros((0, len(centre)), dtype=np.float32), np.zeros((0, len(centre)), dtype=np.float32)
    counts = np.array([len(item.matrix) for item in chosen], dtype=np.int64)
    matrix = np.concatenate([item.matrix for item in chosen]).astype(np.float32)
    spans = np.concatenate([item.spans for item in chosen])
    telling = np.concatenate([weights[item.number] for item in chosen]) + 1e-6
    # A title has no place in the body: it counts as a sentence of usual length.
    length = np.maximum(spans[:, 1] - spans[:, 0], 0)
    meanings = meanings_of(matrix, counts, telling * np.sqrt(np.where(length > 0, length, 20)), centre)
    titles = unit_rows(matrix[np.cumsum(counts) - counts].astype(np.float64) - centre)
    return meanings, titles


def _shown(connection: Connection, run: str, records: Mapping[int, Document], links: Sequence[Link]) -> DuplicateGroups:
    by_id = {record.id: record for record in records.values()}
    merged = heads(mergings.standing(connection))
    within = {id: head for id, head in merged.items() if id in by_id and head in by_id}
    counted = _decided(connection, by_id, links)
    # What was merged is not proposed again, even where the filter leaves its canonical document out.
    open_ones = [
        link for link in counted if merged.get(link.later, link.later) != merged.get(link.earlier, link.earlier)
    ]
    order = order_of_choice(record for record in by_id.values() if record.id not in within)
    found = form_groups([_folded(link, within) for link in open_ones], order)
    told_of = told(connection, [by_id[id] for group in found.groups for id in _ids(group)])
    groups = [_group(group, by_id, told_of, within) for group in found.groups]
    place = {id: i for i, id in enumerate(order)}
    groups.sort(key=lambda group: (-len(group.members), place[group.canonical.id]))
    return DuplicateGroups(run, len(records), len(groups), tuple(groups), found.apart)


def _group(
    group: Group, by_id: Mapping[str, Document], told_of: Mapping[str, Facts], merged: Mapping[str, str]
) -> DuplicateGroup:
    ids = set(_ids(group))
    everybody = [by_id[id] for id in sorted(ids | {id for id, head in merged.items() if head in ids})]
    return DuplicateGroup(
        told_of[group.canonical],
        tuple(_member(member, told_of) for member in group.members),
        contributors(everybody),
        tuple(sorted({record.unit for record in everybody if record.unit})),
    )


def _member(member: Member, told_of: Mapping[str, Facts]) -> GroupMember:
    link = member.link
    status: Status = "confirmed" if link.confirmed else "suggested"
    return GroupMember(told_of[member.id], link.relation, link.probability, status, member.through)


def _ids(group: Group) -> tuple[str, ...]:
    return (group.canonical, *(member.id for member in group.members))


def _folded(link: Link, merged: Mapping[str, str]) -> Link:
    """Let a merged document stand for the one it is shown under."""
    later, earlier = (merged.get(id, id) for id in (link.later, link.earlier))
    return Link(later, earlier, link.relation, link.probability, link.confirmed)


def _decided(connection: Connection, by_id: Mapping[str, Document], links: Iterable[Link]) -> Iterator[Link]:
    """Put the word of editors in the place of the service's, the newest on each pair, in whatever direction."""
    standing = sorted((each.decision for each in decisions.standing(connection)), key=lambda each: each.id)
    wanted = {each.draft for each in standing}
    named = {record.id: draft_fingerprint(record.title, record.text) for record in by_id.values()} if wanted else {}
    drafts = {id: name for id, name in named.items() if name in wanted}
    said = {
        frozenset((id, each.earlier)): each
        for each in standing
        for id, name in drafts.items()
        if name == each.draft and each.earlier in by_id and id != each.earlier
    }
    yield from (link for link in links if frozenset((link.later, link.earlier)) not in said)
    for pair, each in said.items():
        if each.relation in REPEATS:
            other = next(id for id in pair if id != each.earlier)
            yield Link(other, each.earlier, each.relation, 1.0, True)


def _weights(model: RelationModel) -> str:
    parts = (model.mean, model.scale, model.coefficients, model.intercepts)
    told_of = [*model.features, *(part.tobytes().hex() for part in parts), repr((model.temperature, model.confirmed))]
    return _digest(told_of)


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
