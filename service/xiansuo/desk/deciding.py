"""Decide on a match (编辑的判断): accept, reject or relabel it, undo that, and read what was decided."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from xiansuo.dedup.relation import REPEATS, Judgement
from xiansuo.desk.checking import draft_of
from xiansuo.desk.comparing import Text, judge_pair, stored_text
from xiansuo.desk.decided import decided, draft_fingerprint
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.reopening import reopen
from xiansuo.errors import InputError, NotFound, TextUnusable
from xiansuo.ingest.apart import read_file
from xiansuo.ingest.redact import redact
from xiansuo.records import Decision, Relation, Verdict
from xiansuo.store import decisions as store


def decide(
    desk: Desk,
    draft: Text,
    earlier: str,
    verdict: Verdict,
    *,
    by: str,
    now: dt.datetime,
    relation: Relation | None = None,
    run: str = "",
) -> Decision:
    """Keep what an editor says to a pair; the same said again by the same editor changes nothing.

    :param draft: the draft, stored with personal numbers masked; without a date it counts as of today.
    :param earlier: id of the document that the draft was compared with.
    :param relation: the editor's word, needed to relabel; for a rejected match `distinct` where nothing is said.
    :param run: the check that the editor looked at: what it said of the pair is what the editor agrees with or not.
        Where it was not kept or was of another draft, the pair is judged anew.
    :raises NotFound: there is no such document.
    :raises InputError: nobody's name is given, or the relation does not go with the verdict.
    """
    by = editor_name(by, "判")
    title, body = draft_of(draft.title, draft.body)
    text = Text(title, body, draft.unit, draft.date or now.date(), draft.kind)
    other = stored_text(desk, earlier)
    fingerprint = draft_fingerprint(title, body)
    judged = _seen(desk, run, fingerprint, earlier) or judge_pair(desk, text, other)
    verdict, relation = _agreed(verdict, relation, judged.relation)
    made = Decision(
        id=0,
        draft=fingerprint,
        title=redact(title)[0],
        earlier=earlier,
        earlier_fingerprint=draft_fingerprint(other.title, other.body),
        verdict=verdict,
        relation=relation,
        machine_relation=judged.relation,
        machine_probability=judged.probability,
        by=by,
        at=now,
    )
    with desk.database.write() as connection:
        before = decided(connection, made.draft, [(earlier, other.title, other.body)]).get(earlier)
        if before and (before.verdict, before.relation, before.by) == (verdict, relation, by):
            return before
        id = store.add(connection, store.Decided(made, redact(body)[0], redact(text.unit)[0], text.date))
        return _found(store.get(connection, id), id)


def undo(desk: Desk, id: int, *, by: str, now: dt.datetime) -> Decision:
    """Undo a decision, so that the one before it counts again, else the service's own word; it stays as history.

    :raises NotFound: there is no such decision.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, "判")
    with desk.database.write() as connection:
        store.undo(connection, id, by, now)
        return _found(store.get(connection, id), id)


def undo_pair(desk: Desk, draft: Text, earlier: str, *, by: str, now: dt.datetime) -> Decision:
    """Undo the decision that counts for a draft and an earlier document.

    :raises NotFound: there is no such document, or nobody decided on the pair.
    :raises InputError: nobody's name is given.
    """
    other = stored_text(desk, earlier)
    fingerprint = draft_fingerprint(*draft_of(draft.title, draft.body))
    with desk.database.read() as connection:
        standing = decided(connection, fingerprint, [(earlier, other.title, other.body)]).get(earlier)
    if standing is None:
        raise NotFound(f"这篇稿件与“{earlier}”还没有判过，没有可撤销的。")
    return undo(desk, standing.id, by=by, now=now)


def decisions(
    desk: Desk, *, limit: int = 50, earlier: str = "", draft: Text | None = None, before: int | None = None
) -> tuple[Decision, ...]:
    """List decisions, newest first, the undone ones too; only those on a document or a draft, where given.

    :param before: only those with a smaller id.
    """
    fingerprint = draft_fingerprint(*draft_of(draft.title, draft.body)) if draft else ""
    with desk.database.read() as connection:
        return tuple(store.latest(connection, limit, draft=fingerprint, earlier=earlier, before=before))


def draft_in(path: Path, *, now: dt.datetime, title: str = "") -> Text:
    """Read the one draft of a file; a title given here replaces the file's.

    :raises InputError: the file cannot be read, or holds no draft or several.
    """
    found = [each.document for each in read_file(path, kind=None, now=now.date()).found]
    if len(found) != 1:
        several = f"{path.name} 里有 {len(found)} 篇稿件，不知道是哪一篇。" if found else f"{path.name} 里没有稿件。"
        raise TextUnusable(several, advice="请给只有一篇稿件的文件。")
    draft = found[0]
    return Text(title or draft.title, draft.text, draft.unit, draft.date, draft.kind)


def draft_of_check(desk: Desk, run: str) -> Text:
    """Take the draft of a check that was kept.

    :raises NotFound: there is no such check.
    """
    report = reopen(desk, run)
    return Text(report.title, report.text, date=report.day)


def _seen(desk: Desk, run: str, fingerprint: str, earlier: str) -> Judgement | None:
    """Look up what a kept check of this draft had said of the pair."""
    try:
        report = reopen(desk, run) if run else None
    except NotFound:
        return None
    if report is None or draft_fingerprint(report.title, report.text) != fingerprint:
        return None
    return next((match.judgement for match in report.matches if match.facts.id == earlier), None)


def _agreed(verdict: Verdict, relation: Relation | None, judged: Relation) -> tuple[Verdict, Relation]:
    """Return the verdict with its relation, or say why they do not go together."""
    if verdict is Verdict.ACCEPTED:
        if judged is Relation.DISTINCT:
            raise InputError("系统没有说这一对重复，没有可认可的。", advice="如果它们重复，请改判，写明是哪种关系。")
        if relation not in (None, judged):
            raise InputError(f"认可就是同意“{judged.label}”。", advice="要换一种关系，请用改判。")
        return verdict, judged
    if verdict is Verdict.RELABELLED and relation is None:
        raise InputError("改判要写明改成哪种关系。", advice=f"可用：{'、'.join(each.label for each in Relation)}。")
    if relation in (None, Relation.DISTINCT):
        return Verdict.REJECTED, Relation.DISTINCT
    if verdict is Verdict.REJECTED and relation in REPEATS:
        raise InputError(f"“{relation.label}”就是重复，与“不是重复”矛盾。", advice="请改用认可或改判。")
    return verdict, relation


def _found(decision: Decision | None, id: int) -> Decision:
    if decision is None:
        raise NotFound(f"没有第 {id} 号判断。", advice="请先列出判断，编号在列表里。")
    return decision
