"""Check a draft (查重): was this reported before, where, and what is new in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from xiansuo.dedup.candidates import NEAR, find_candidates
from xiansuo.dedup.evidence import compare
from xiansuo.dedup.features import features
from xiansuo.dedup.rarity import SAME, stock
from xiansuo.desk.cutting import recut
from xiansuo.desk.decided import decided, draft_fingerprint, first, order
from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import outcomes
from xiansuo.desk.merging import told
from xiansuo.desk.reading import ground_of, read_draft, read_stored
from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.errors import TextUnusable
from xiansuo.ingest.apart import read_file
from xiansuo.ingest.build import LONGEST_BODY, SHORTEST_BODY
from xiansuo.ingest.characters import clean
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.identity import is_derived
from xiansuo.ingest.redact import BANK_CARD, EMAIL, IDENTITY, LANDLINE, MOBILE, redact
from xiansuo.records import Filter, Relation
from xiansuo.store import documents, runs, vectors
from xiansuo.text.letters import letters_of
from xiansuo.text.passages import read_passages

WORTH_SEEING = 0.05
"""Probability that an editor must see a match, below which nobody would look for it at any threshold."""

_LONGEST_TITLE = 60


def check(
    desk: Desk,
    title: str,
    body: str,
    *,
    now: dt.datetime,
    limit: int = 10,
    most: int = 0,
    filters: Filter | None = None,
    leave_out: tuple[str, ...] = (),
    unit: str = "",
    author: str = "",
    date: dt.date | None = None,
    threshold: float | None = None,
) -> DuplicateReport:
    """Compare a draft with the archive; personal numbers in it are masked first, as they are in the archive.

    Nothing is kept: `reopening.save_report` does that.

    :param limit: how many matches at most, those aside that an editor rejected; up to `most` where they are worth
        seeing, for a report that is kept and may be cut at another threshold later.
    :param leave_out: ids that must not count, such as the draft's own earlier versions.
    :param unit: who sends the draft, where known; `author`: who wrote it; `date`: its day, today if not given.
    :param threshold: keep matches that an editor must see with this probability, 0..1; all if not given.
    :raises TextUnusable: the draft has no words, or is longer than any submission.
    """
    title, body = (redact(text)[0] for text in draft_of(title, body))
    passages = read_passages(title, body)
    with desk.reading() as (connection, indexes):
        matrix = desk.encoder.encode(passages.texts)
        allowed = set(documents.matching(connection, filters)) if filters else None
        # Few are left out: naming all the others would take longer than looking at them.
        own = {known.number for known in documents.known(connection, leave_out).values()}
        hits, spread = indexes.vectors.around(matrix, NEAR, SAME, model=desk.encoder.id, allowed=allowed, without=own)
        draft = read_draft(desk, indexes, passages, matrix, unit=unit, date=date or now.date(), spread=spread)
        centres = desk.centres(connection, indexes)
        candidates = find_candidates(passages, hits, draft.rarity, indexes, allowed=allowed, without=own)
        sides = {candidate.number: candidate.sides for candidate in candidates}
        stored = list(documents.read(connection, sides))
        matrices = {
            item.number: item for item in vectors.read(connection, desk.encoder.id, desk.encoder.dimension, sides)
        }
        readings = {each.number: read_stored(desk, each, matrices[each.number]) for each in stored}
        ground = ground_of(indexes, [draft, *readings.values()], centres[None])
        texts = ((each.document.id, each.document.title, each.document.text) for each in stored)
        known = decided(connection, draft_fingerprint(title, body), texts)
        told_of = told(connection, [each.document for each in stored])
    model = desk.relations
    near = []
    for each in stored:
        judgement = model.judge(features(draft, readings[each.number], ground), each.document.kind)
        decision = known.get(each.document.id)
        if judgement.relation is not Relation.DISTINCT or decision is not None:
            near.append((each, judgement, decision))
    near.sort(key=lambda found: order(found[0].document.id, *found[1:]))
    letters = letters_of(body, passages.spans[1:])
    matches = []
    room = max(limit, min(most, sum(judged.to_be_seen >= WORTH_SEEING for _, judged, _ in near)))
    for each, judgement, decision in first(near, room, lambda found: found[2]):
        earlier, record = readings[each.number], each.document
        there = letters_of(record.text, earlier.passages.spans[1:])
        evidence = compare(draft, earlier, centres[record.kind], (letters, there))
        matches.append(
            Match(
                facts=told_of[record.id],
                judgement=judgement,
                evidence=evidence,
                sides=sides[each.number],
                text=record.text,
                decision=decision,
                outcomes=outcomes(record),
                same_author=bool(author) and author == record.author,
                same_unit=bool(unit) and unit == record.unit,
            )
        )
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    # What was found belongs to the name: where the day is pinned, the archive can have grown since.
    found = [(each.document.id, judged.relation, judged.to_be_seen) for each, judged, _ in near]
    asked = {"title": title, "text": body, "unit": unit, "author": author, "date": date}
    if allowed is None:
        compared = len(indexes.grams) - sum(number in indexes.grams for number in own)
    else:
        compared = len(allowed - own)
    stocked = stock(draft.rarity[1:], len(indexes.grams))
    report = DuplicateReport(
        run=runs.run_id("check", [asked, compared, sorted(found)], models, now),
        day=now.date(),
        title=title,
        text=body,
        sections=passages.sections,
        own=tuple((low, high) for low, high, _ in passages.spans[1:][~stocked].tolist()),
        matches=tuple(matches),
        compared=compared,
        models=models,
        notes=_notes(title + body),
    )
    return recut(report, threshold)


def check_file(
    desk: Desk,
    path: Path,
    *,
    now: dt.datetime,
    limit: int = 10,
    most: int = 0,
    filters: Filter | None = None,
    title: str = "",
    threshold: float | None = None,
) -> list[DuplicateReport]:
    """Check every draft in a file; a title given here replaces the file's.

    :raises InputError: the file cannot be read or holds no draft.
    """
    reading = read_file(path, kind=None, now=now.date())
    if not reading.found:
        reasons = "；".join(remark.reason for remark in reading.remarks[:3])
        raise TextUnusable(f"{path.name} 里没有可以查重的稿件。", advice=reasons)
    return [
        check(
            desk,
            title or draft.title,
            draft.text,
            now=now,
            limit=limit,
            most=most,
            filters=filters,
            leave_out=() if is_derived(draft.id) else (draft.id,),
            unit=draft.unit,
            author=draft.author,
            date=draft.date,
            threshold=threshold,
        )
        for draft in (each.document for each in reading.found)
    ]


def decode_draft(data: bytes) -> str:
    """Read a draft that was piped in, in whatever encoding Chinese offices use.

    :raises InputError: this is no text.
    """
    return decode(data, "标准输入").text


def _notes(text: str) -> tuple[str, ...]:
    """Tell an editor how many numbers are masked in a draft, here or when its file was read."""
    masked = sum(text.count(mask) for mask in (MOBILE, LANDLINE, IDENTITY, BANK_CARD, EMAIL))
    return (f"稿件里有 {masked} 处电话、证件、邮箱等号码，已遮盖后再查、再保存。",) if masked else ()


def draft_of(title: str, body: str) -> tuple[str, str]:
    """Clean a draft; without a title, its first line is taken, or its beginning where that is a paragraph.

    :return: title and body.
    :raises TextUnusable: it has no words, or is longer than any submission.
    """
    title, body = (clean(text)[0].strip() for text in (title, body))
    if not title:
        first, _, rest = body.partition("\n")
        # A first line as long as a paragraph is no title.
        title, body = (first, rest) if rest.strip() and len(first) <= _LONGEST_TITLE else (first[:30], body)
    if len(body) > LONGEST_BODY:
        raise TextUnusable(f"稿件有 {len(body)} 字，超过 {LONGEST_BODY} 字。", advice="请按一事一报拆开后再查。")
    if sum(char.isalnum() for char in body) < SHORTEST_BODY:
        raise TextUnusable("稿件没有可比较的文字。", advice="请粘贴标题和正文后再查。")
    return title, body
