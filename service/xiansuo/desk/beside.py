"""Two documents of the archive beside each other (两篇对照), as a check of the later one would show the earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from xiansuo.dedup.candidates import NEAR
from xiansuo.dedup.evidence import compare
from xiansuo.dedup.features import features
from xiansuo.dedup.rarity import SAME, stock
from xiansuo.desk.cutting import sum_up
from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import outcomes
from xiansuo.desk.grouping import comes_later
from xiansuo.desk.merging import told
from xiansuo.desk.reading import ground_of, read_draft, read_stored
from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.errors import InputError, NotFound
from xiansuo.store import documents, vectors
from xiansuo.store.database import Connection
from xiansuo.text.letters import letters_of
from xiansuo.text.passages import read_passages


def beside(desk: Desk, one: str, other: str, *, now: dt.datetime) -> DuplicateReport:
    """Compare two documents by their ids, whatever the service thinks of them; nothing is kept.

    :return: a report on the later with the earlier as its only match; `run` is empty.
    :raises NotFound: one of them is not there, or does not count.
    :raises InputError: it is the same document twice.
    """
    if one == other:
        raise InputError("同一份材料不用对照。", advice="请写两个不同的编号。")
    with desk.reading() as (connection, indexes):
        later, earlier = _stored(connection, (one, other))
        if comes_later(earlier.document, later.document):
            later, earlier = earlier, later
        record, before = later.document, earlier.document
        passages = read_passages(record.title, record.text)
        matrix = desk.encoder.encode(passages.texts)
        # Where it is itself stored counts for nothing, as in a check of it.
        _, spread = indexes.vectors.around(matrix, NEAR, SAME, model=desk.encoder.id, without={later.number})
        draft = read_draft(desk, indexes, passages, matrix, unit=record.unit, date=record.date, spread=spread)
        (kept,) = vectors.read(connection, desk.encoder.id, desk.encoder.dimension, [earlier.number])
        theirs = read_stored(desk, earlier, kept)
        centres = desk.centres(connection, indexes)
        ground = ground_of(indexes, [draft, theirs], centres[None])
        stocked = stock(draft.rarity[1:], len(indexes.grams))
        facts = told(connection, [before])[before.id]
    letters = letters_of(record.text, draft.passages.spans[1:]), letters_of(before.text, theirs.passages.spans[1:])
    match = Match(
        facts=facts,
        judgement=desk.relations.judge(features(draft, theirs, ground), before.kind),
        evidence=compare(draft, theirs, centres[before.kind], letters),
        sides=(),
        text=before.text,
        outcomes=outcomes(before),
        same_author=bool(record.author) and record.author == before.author,
        same_unit=bool(record.unit) and record.unit == before.unit,
    )
    return sum_up(
        DuplicateReport(
            run="",
            day=record.date or now.date(),
            title=record.title,
            text=record.text,
            sections=passages.sections,
            own=tuple((low, high) for low, high, _ in draft.passages.spans[1:][~stocked].tolist()),
            matches=(match,),
            compared=1,
            models={"encoder": desk.encoder.id, "lexicon": desk.words.digest},
        )
    )


def _stored(connection: Connection, ids: Collection[str]) -> list[documents.Stored]:
    found = {id: documents.by_id(connection, id) for id in ids}
    known = {stored.document.id: stored for stored in found.values() if stored and stored.status == documents.ACTIVE}
    for id in ids:
        if id not in known:
            raise NotFound(f"档案里没有编号为“{id}”的在档材料。", advice="编号在档案页里可以查到。")
    return [known[id] for id in ids]
