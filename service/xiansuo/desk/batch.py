"""Check many drafts at once (成批查重): each against the archive, and all of them against each other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xiansuo.dedup.candidates import NEAR, find_candidates
from xiansuo.dedup.features import features
from xiansuo.dedup.joins import candidate_pairs, meanings_of
from xiansuo.dedup.rarity import SAME
from xiansuo.dedup.reading import Reading
from xiansuo.dedup.relation import LOOKED_AT, REPEATS, Judgement, RelationModel, Status
from xiansuo.desk.decided import decided, draft_fingerprint, order
from xiansuo.desk.desk import Desk
from xiansuo.desk.drafts import Draft, in_order
from xiansuo.desk.facts import Facts
from xiansuo.desk.merging import told
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.reading import read_draft
from xiansuo.desk.readings import Held, Readings, unchanged
from xiansuo.embed.rows import unit_rows
from xiansuo.index.snapshot import Indexes
from xiansuo.index.terms import gram_terms
from xiansuo.index.vectors import Hits
from xiansuo.records import Decision, Document, Filter, Labelled, Relation, Remark, Verdict
from xiansuo.store import documents, runs
from xiansuo.store.database import Connection
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import read_passages

# Drafts between two looks into the archive; others can have their turn then.
_AT_ONCE = 32
_PAIRS_AT_ONCE = 500


class Overlap(Labelled):
    """What two drafts of one batch have to do with each other."""

    RESENT = "resent", "一稿多投"
    SEVERAL_UNITS = "several_units", "多家反映同一事"
    OTHER = "other", "相近"


@dataclass(frozen=True, slots=True)
class Found:
    """An earlier text of the archive with its relation; where an editor decided, the relation is the editor's."""

    facts: Facts
    relation: Relation
    probability: float
    status: Status
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """One draft of a batch, known by its `number`, with what the archive holds of it, best first.

    `stored` is the id under which the draft itself is in the archive already, if it is; it does not match itself.
    `like` are the numbers of the drafts of this batch that an editor should see beside it.
    """

    number: int
    file: str
    row: int | None
    id: str
    title: str
    text: str
    unit: str
    author: str
    date: dt.date | None
    stored: str
    matches: tuple[Found, ...]
    like: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DraftPair:
    """Two drafts of a batch by their numbers, and how the later stands to the earlier."""

    later: int
    earlier: int
    overlap: Overlap
    relation: Relation
    probability: float
    status: Status


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A checked batch: drafts in order of file and row, their pairs, and remarks on what could not be checked."""

    run: str
    day: dt.date
    compared: int
    drafts: tuple[CheckedDraft, ...]
    pairs: tuple[DraftPair, ...]
    remarks: tuple[Remark, ...]
    models: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    draft: Draft
    reading: Reading
    found: tuple[Found, ...]
    stored: str


def check_many(
    desk: Desk,
    drafts: Iterable[Draft],
    *,
    now: dt.datetime,
    limit: int = 3,
    filters: Filter | None = None,
    remarks: Sequence[Remark] = (),
    progress: Progress = silent,
) -> BatchReport:
    """Compare drafts with the archive and with each other; their order does not matter.

    :param limit: how many earlier texts of each draft are told at most.
    :param remarks: what became of drafts that could not be read; passed through.
    :raises InputError: something was imported meanwhile.
    """
    ordered, model = in_order(drafts), desk.relations
    with desk.reading() as (connection, indexes):
        mark = indexes.mark
        centre = desk.centres(connection, indexes)[None]
        allowed = documents.matching(connection, filters) if filters else None
        compared = len(indexes.grams) if allowed is None else len(allowed)
    readings = Readings(desk, centre)
    read: list[_Read] = []
    for start in range(0, len(ordered), _AT_ONCE):
        progress("与档案比对", start, len(ordered))
        part = ordered[start : start + _AT_ONCE]
        passages = [read_passages(each.document.title, each.document.text) for each in part]
        matrix = desk.encoder.encode([text for each in passages for text in each.texts])
        matrices = np.split(matrix, np.cumsum([len(each.texts) for each in passages])[:-1])
        with unchanged(desk, mark) as (connection, indexes):
            for each, said, vectors in zip(part, passages, matrices, strict=True):
                record = each.document
                hits, spread = indexes.vectors.around(vectors, NEAR, SAME, model=desk.encoder.id, allowed=allowed)
                day = record.date or now.date()
                reading = read_draft(desk, indexes, said, vectors, unit=record.unit, date=day, spread=spread)
                known = _Known(model, connection, indexes, readings, allowed)
                read.append(_against_archive(known, each, reading, hits, limit))
    progress("与档案比对", len(ordered), len(ordered))
    pairs = tuple(_against_each_other(model, read, readings, progress))
    like: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        like[pair.later].add(pair.earlier)
        like[pair.earlier].add(pair.later)
    checked = tuple(_checked(number, each, tuple(sorted(like[number]))) for number, each in enumerate(read, 1))
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    asked = {"drafts": [each.document.digest for each in ordered], "mark": mark, "filters": repr(filters)}
    run = runs.run_id("batch", asked, models, now)
    return BatchReport(run, now.date(), compared, checked, pairs, tuple(remarks), models)


@dataclass(frozen=True, slots=True)
class _Known:
    """The archive for a moment."""

    model: RelationModel
    connection: Connection
    indexes: Indexes
    readings: Readings
    allowed: list[int] | None


def _against_archive(known: _Known, draft: Draft, reading: Reading, hits: Hits, limit: int) -> _Read:
    """Find a draft's earlier texts, as a check of this draft alone would; `hits` are the passages around its own."""
    record, passages = draft.document, reading.passages
    candidates = find_candidates(passages, hits, reading.rarity, known.indexes, allowed=known.allowed)
    held = known.readings.of(known.connection, known.indexes, {candidate.number for candidate in candidates})
    known.readings.learn(known.indexes, iter([reading]))
    fingerprint = draft_fingerprint(record.title, record.text)
    own = _itself(known.connection, record, fingerprint, held)
    others = {number: each for number, each in held.items() if each.record.id != own}
    texts = ((each.record.id, each.record.title, each.record.text) for each in others.values())
    said = decided(known.connection, fingerprint, texts)
    # What the comparison finds out about a text on its way is not kept: a batch may be long.
    mine = replace(reading)
    near: list[tuple[Document, Judgement, Decision | None]] = []
    for each in others.values():
        judged = known.model.judge(features(mine, each.reading, known.readings.ground), each.record.kind)
        decision = said.get(each.record.id)
        if judged.relation is not Relation.DISTINCT or decision is not None:
            near.append((each.record, judged, decision))
    near.sort(key=lambda found: order(found[0].id, *found[1:]))
    best = [found for found in near if found[2] is None or found[2].verdict is not Verdict.REJECTED][:limit]
    facts = told(known.connection, [found[0] for found in best])
    return _Read(draft, reading, tuple(_found(facts[each.id], judged, said) for each, judged, said in best), own)


def _found(facts: Facts, judged: Judgement, decision: Decision | None) -> Found:
    if decision is None:
        return Found(facts, judged.relation, judged.probability, judged.status)
    status: Status = "confirmed" if decision.relation in REPEATS else "none"
    return Found(facts, decision.relation, 1.0, status, decision.by)


def _itself(connection: Connection, record: Document, fingerprint: str, held: Mapping[int, Held]) -> str:
    """Return the id of the draft in the archive: its own id, or that of its text by the same writer on the same day."""
    if documents.known(connection, [record.id]):
        return record.id
    writer = (record.author, record.unit, record.date)
    for each in sorted((each.record for each in held.values()), key=lambda each: each.id):
        same = (each.author, each.unit, each.date) == writer and len(each.text) <= 2 * len(record.text)
        if same and any(writer) and draft_fingerprint(each.title, each.text) == fingerprint:
            return each.id
    return ""


def _against_each_other(
    model: RelationModel, read: Sequence[_Read], readings: Readings, progress: Progress
) -> Iterator[DraftPair]:
    """Find the pairs of drafts that an editor should see beside each other, by number."""
    if len(read) < 2:
        return
    texts = [each.reading for each in read]
    counts = np.array([len(each.matrix) for each in texts], dtype=np.int64)
    matrix = np.concatenate([each.matrix for each in texts])
    weights = np.concatenate([(each.rarity + 1e-6) * np.sqrt(each.lengths) for each in texts])
    centre = readings.ground.centre
    pairs = candidate_pairs(
        [gram_terms(normalise(each.draft.document.text).text) for each in read],
        meanings_of(matrix, counts, weights, centre),
        unit_rows(matrix[np.cumsum(counts) - counts].astype(np.float64) - centre),
    )
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        progress("稿件互相比对", start, len(pairs))
        fresh: dict[int, Reading] = {}
        rows = slice(start, start + _PAIRS_AT_ONCE)
        for one, other in zip(pairs.left[rows].tolist(), pairs.right[rows].tolist(), strict=True):
            earlier, later = sorted((one, other), key=lambda place: (texts[place].date or dt.date.max, place))
            for place in (earlier, later):
                fresh.setdefault(place, replace(texts[place]))
            first, second = read[earlier].draft.document, read[later].draft.document
            judged = model.judge(features(fresh[later], fresh[earlier], readings.ground), first.kind)
            if judged.relation in LOOKED_AT and judged.status != "none":
                overlap = _overlap(second, first, judged.relation)
                yield DraftPair(later + 1, earlier + 1, overlap, judged.relation, judged.probability, judged.status)
    progress("稿件互相比对", len(pairs), len(pairs))


def _overlap(later: Document, earlier: Document, relation: Relation) -> Overlap:
    """Name what two drafts have in common by who sent them; a writer without a name is known by the unit."""
    one = later.author == earlier.author if later.author and earlier.author else later.unit == earlier.unit
    known = (later.author and earlier.author) or (later.unit and earlier.unit)
    if relation in REPEATS and one and known:
        return Overlap.RESENT
    units = {each.unit for each in (later, earlier) if each.unit}
    return Overlap.SEVERAL_UNITS if relation is not Relation.TEMPLATE_SWAP and len(units) > 1 else Overlap.OTHER


def _checked(number: int, each: _Read, like: tuple[int, ...]) -> CheckedDraft:
    record = each.draft.document
    return CheckedDraft(
        number=number,
        file=each.draft.file,
        row=each.draft.row,
        id=record.id,
        title=record.title,
        text=record.text,
        unit=record.unit,
        author=record.author,
        date=record.date,
        stored=each.stored,
        matches=each.found,
        like=like,
    )
