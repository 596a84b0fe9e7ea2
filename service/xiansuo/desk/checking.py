"""Check a draft (查重): was this reported before, where, and what is new in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.candidates import NEAR, find_candidates
from xiansuo.dedup.evidence import Evidence, compare
from xiansuo.dedup.features import features
from xiansuo.dedup.reading import Reading
from xiansuo.dedup.relation import Judgement
from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts, facts
from xiansuo.desk.reading import ground_of, read_draft, read_earlier
from xiansuo.errors import TextUnusable
from xiansuo.ingest.build import LONGEST_BODY, SHORTEST_BODY
from xiansuo.ingest.characters import clean
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.identity import is_derived
from xiansuo.ingest.reading import read_file
from xiansuo.records import Filter, Relation, Sections
from xiansuo.store import documents, runs, vectors
from xiansuo.text.passages import passages_at, read_passages

# Closer first; what an editor must act on comes before what is only good to know.
_ORDER = {relation: place for place, relation in enumerate(Relation)}
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Match:
    """One earlier text with its relation and everything that speaks for it."""

    facts: Facts
    judgement: Judgement
    evidence: Evidence
    sides: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DuplicateReport:
    """What a check found, best match first. `advice` is advice: the service never rejects by itself."""

    run: str
    title: str
    text: str
    sections: Sections
    advice: str
    matches: tuple[Match, ...]
    compared: int
    models: dict[str, str]


def check(
    desk: Desk,
    title: str,
    body: str,
    *,
    now: dt.datetime,
    limit: int = 10,
    filters: Filter | None = None,
    leave_out: tuple[str, ...] = (),
    unit: str = "",
    date: dt.date | None = None,
) -> DuplicateReport:
    """Compare a draft with the archive.

    :param leave_out: ids that must not count, such as the draft's own earlier versions.
    :param unit: who sends the draft, where known; `date`: its day, today if not given.
    :raises TextUnusable: the draft has no words, or is longer than any submission.
    """
    title, body = _draft(title, body)
    passages = read_passages(title, body)
    with desk.reading() as (connection, indexes):
        matrix = desk.encoder.encode(passages.texts)
        allowed = documents.matching(connection, filters or Filter()) if filters or leave_out else None
        if allowed is not None and leave_out:
            own = {known.number for known in documents.known(connection, leave_out).values()}
            allowed = [number for number in allowed if number not in own]
        hits = indexes.vectors.search(matrix, NEAR, model=desk.encoder.id, allowed=allowed)
        draft = read_draft(desk, indexes, passages, matrix, unit=unit, date=date or now.date())
        centres = desk.centres(connection, indexes)
        candidates = find_candidates(passages, hits, draft.rarity, indexes, allowed=allowed)
        sides = {candidate.number: candidate.sides for candidate in candidates}
        stored = list(documents.read(connection, sides))
        matrices = {
            item.number: item for item in vectors.read(connection, desk.encoder.id, desk.encoder.dimension, sides)
        }
        readings = {each.number: _reading(desk, each, matrices[each.number]) for each in stored}
        ground = ground_of(indexes, [draft, *readings.values()], centres[None])
    model = desk.relations
    near = []
    for each in stored:
        judgement = model.judge(features(draft, readings[each.number], ground), each.document.kind)
        if judgement.relation is not Relation.DISTINCT:
            near.append((each, judgement))
    near.sort(key=lambda pair: (-pair[1].to_be_seen, _ORDER[pair[1].relation], pair[0].document.id))
    matches = []
    for each, judgement in near[:limit]:
        earlier, centre = readings[each.number], centres[each.document.kind]
        evidence = compare(passages, matrix, draft.rarity, earlier.passages, earlier.matrix, centre)
        matches.append(Match(facts(each.document), judgement, evidence, sides[each.number], each.document.text))
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    compared = len(indexes.grams) if allowed is None else len(allowed)
    run = runs.run_id("check", {"title": title, "text": body}, models, now)
    found = tuple(matches)
    return DuplicateReport(run, title, body, passages.sections, _advice(found, compared), found, compared, models)


def check_file(
    desk: Desk,
    path: Path,
    *,
    now: dt.datetime,
    limit: int = 10,
    filters: Filter | None = None,
    title: str = "",
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
            filters=filters,
            leave_out=() if is_derived(draft.id) else (draft.id,),
            unit=draft.unit,
            date=draft.date,
        )
        for draft in (each.document for each in reading.found)
    ]


def decode_draft(data: bytes) -> str:
    """Read a draft that was piped in, in whatever encoding Chinese offices use.

    :raises InputError: this is no text.
    """
    return decode(data, "标准输入").text


def _reading(desk: Desk, each: documents.Stored, kept: vectors.StoredVectors) -> Reading:
    passages = passages_at(each.document.title, each.document.text, each.sections, kept.spans)
    matrix: NDArray[np.float32] = kept.matrix.astype(np.float32)
    return read_earlier(desk, passages, matrix, unit=each.document.unit, date=each.document.date)


def _draft(title: str, body: str) -> tuple[str, str]:
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


def _advice(matches: tuple[Match, ...], compared: int) -> str:
    if not compared:
        return "没有可比对的材料，说不出报过没有；请先导入历年来稿，或放宽筛选条件。"
    if not matches:
        return "档案里没有相近的材料，可以按新稿处理。"
    first = matches[0]
    name = f"《{first.facts.title}》（{first.facts.status}）"
    return {
        Relation.COPY: f"与{name}文字大量重复，建议先对照原文，再决定是否退回。",
        Relation.SAME_MATTER: f"与{name}问题、建议都相近，建议合并或说明新意。",
        Relation.FOLLOW_UP: f"与{name}是同一问题但有新内容，可作续报，突出新情况新建议。",
        Relation.TEMPLATE_SWAP: f"与{name}框架相同而地名、数字不同，请核实是否套用。",
        Relation.SAME_MEASURES: f"问题是新的，建议与{name}雷同，可请作者写得更具体。",
        Relation.RELATED: f"没有重复；{name}是同一主题，可作参考。",
    }[first.judgement.relation]
