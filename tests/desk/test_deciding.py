"""What an editor decided on a pair is remembered with the texts, never asked again, and can be undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from tests.desk.stock import LETTERS
from xiansuo.desk.checking import check
from xiansuo.desk.comparing import Text, stored_text
from xiansuo.desk.cutting import recut
from xiansuo.desk.decided import draft_fingerprint, with_decisions
from xiansuo.desk.decided_cases import decided_cases, decided_pairs, export
from xiansuo.desk.deciding import decide, decisions, draft_in, draft_of_check, undo, undo_pair
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.reopening import reopen, save_report
from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.errors import FileUnreadable, InputError, NotFound, TextUnusable
from xiansuo.evaluate.run import evaluate
from xiansuo.records import Decision, Relation, Verdict
from xiansuo.store.documents import set_status

from .conftest import told

LIFT = matters.LIFT["id"]
DRAFT = Text(
    "电梯加装以后没有人维护",
    matters.LIFT["text"] + "四是把厂家电话13812345678贴在轿厢里。",
    "临江区政协",
    dt.date(2026, 10, 8),
)
TRADITIONAL = str.maketrans("电维护没无层区业钱梯", "電維護沒無層區業錢梯")
SECOND = {
    "id": "乙-01",
    "title": "加装电梯的维修钱从哪里来",
    "text": matters.LIFT["text"].partition("三是")[0].replace("业主各出各的钱，谁也说不清该找谁。", "楼里没有人管。"),
    "date": "2025-08-01",
    "kind": "来稿",
}


@pytest.fixture
def archive(office: Desk, tmp_path: Path) -> Desk:
    """The office's submissions, and one that says nearly the same as the first."""
    import_path(office, matters.write(tmp_path / "来稿.jsonl", [*matters.ALL, SECOND]), now=NOON)
    return office


@pytest.fixture
def shipped(desk: Desk, tmp_path: Path) -> Desk:
    """The same with the shipped encoder, which knows what is unlike, among enough others to tell."""
    others = corpus.rows("documents.jsonl")[:30]
    import_path(desk, matters.write(tmp_path / "来稿.jsonl", [*matters.ALL, SECOND, *others]), now=NOON)
    return desk


def ask(desk: Desk, draft: Text = DRAFT, **options: Any) -> DuplicateReport:
    return check(desk, draft.title, draft.body, now=NOON, unit=draft.unit, date=draft.date, **options)


def match(report: DuplicateReport, id: str = LIFT) -> Match:
    return next(each for each in report.matches if each.facts.id == id)


def say(desk: Desk, verdict: Verdict = Verdict.REJECTED, *, earlier: str = LIFT, **options: Any) -> Decision:
    values: dict[str, Any] = {"by": "编辑甲", "now": NOON, "draft": DRAFT, **options}
    return decide(desk, values.pop("draft"), earlier, verdict, **values)


def is_rejected(desk: Desk, draft: Text = DRAFT) -> bool:
    return match(ask(desk, draft)).rejected


def test_before_anybody_decides_the_draft_repeats_the_earlier_text(archive: Desk) -> None:
    report = ask(archive)
    assert [each.facts.id for each in report.matches[:2]] == [LIFT, SECOND["id"]]
    assert report.matches[0].relation is report.matches[0].judgement.relation is Relation.COPY
    assert {each.decision for each in report.matches} == {None}


def test_a_rejected_match_goes_behind_and_speaks_for_nothing(archive: Desk) -> None:
    before = ask(archive)
    made = say(archive)
    after = ask(archive)
    last = after.matches[-1]
    assert last == replace(match(before), decision=made)
    assert (last.rejected, last.status, last.relation) == (True, "none", Relation.DISTINCT)
    assert (made.by, made.at, made.machine_relation) == ("编辑甲", NOON, Relation.COPY)
    assert after.matches[:-1] == tuple(each for each in before.matches if each.facts.id != LIFT)
    assert matters.LIFT["title"] in before.advice
    assert matters.LIFT["title"] not in after.advice
    assert SECOND["title"] in after.advice


def test_when_all_are_rejected_the_draft_is_new(archive: Desk) -> None:
    for each in ask(archive).matches:
        say(archive, earlier=each.facts.id)
    report = ask(archive)
    assert all(each.rejected for each in report.matches)
    assert "编辑都判过不是重复" in report.advice


def test_rejected_matches_take_no_place_from_others(archive: Desk) -> None:
    say(archive)
    assert [each.facts.id for each in ask(archive, limit=1).matches] == [SECOND["id"], LIFT]
    assert recut(ask(archive), limit=1).matches == ask(archive, limit=1).matches


@pytest.mark.parametrize(
    "changed",
    [
        replace(DRAFT, body=DRAFT.body.replace("。", "。\n　　")),
        replace(DRAFT, body=DRAFT.body.replace("，", " , ")),
        replace(DRAFT, body=DRAFT.body.translate(TRADITIONAL), title=DRAFT.title.translate(TRADITIONAL)),
        replace(DRAFT, body=DRAFT.body.replace("13812345678", "[手机号]")),
        replace(DRAFT, body=DRAFT.body.replace("13812345678", "138 1234 5678")),
        replace(DRAFT, unit="别的单位", date=dt.date(2026, 10, 30)),
        replace(DRAFT, title="", body=f"{DRAFT.title}\n{DRAFT.body}"),
    ],
    ids=["blanks", "punctuation", "traditional", "redacted", "phone", "unit", "first line"],
)
def test_a_rejected_pair_stays_rejected_however_the_draft_is_set(archive: Desk, changed: Text) -> None:
    say(archive)
    assert is_rejected(archive, changed)


def test_another_draft_is_another_pair(archive: Desk) -> None:
    say(archive)
    assert not is_rejected(archive, replace(DRAFT, body=DRAFT.body + "五是公布维保单位。"))
    assert not is_rejected(archive, replace(DRAFT, title="另一个标题"))


def test_a_rejected_pair_stays_rejected_after_imports_and_in_another_session(
    archive: Desk, opened: Callable[[Path], Desk], tmp_path: Path
) -> None:
    say(archive)
    import_path(archive, matters.write(tmp_path / "又来的.jsonl", LETTERS), now=NOON)
    assert is_rejected(archive)
    row = {"id": "丙-01", "title": DRAFT.title, "text": DRAFT.body, "date": "2026-10-08", "kind": "来稿"}
    import_path(archive, matters.write(tmp_path / "本稿.jsonl", [row]), now=NOON)
    again = opened(archive.settings.home)
    assert is_rejected(again)
    assert is_rejected(again, stored_text(again, "丙-01"))
    assert match(ask(again), "丙-01").decision is None, "the draft's own copy is another pair"
    corrected = {**matters.LIFT, "text": matters.LIFT["text"] + "以上情况属实。"}
    import_path(archive, matters.write(tmp_path / "更正.jsonl", [corrected]), now=NOON)
    assert is_rejected(archive)


def test_a_pair_is_the_same_pair_the_other_way_round(archive: Desk, tmp_path: Path) -> None:
    row = {"id": "丙-01", "title": DRAFT.title, "text": DRAFT.body, "date": "2026-10-08", "kind": "来稿"}
    import_path(archive, matters.write(tmp_path / "本稿.jsonl", [row]), now=NOON)
    made = say(archive)
    turned = ask(archive, stored_text(archive, LIFT))
    assert match(turned, "丙-01").decision == made
    assert match(turned, LIFT).decision is None
    undo(archive, made.id, by="编辑乙", now=NOON)
    say(archive, Verdict.RELABELLED, relation=Relation.FOLLOW_UP)
    assert match(ask(archive)).relation is Relation.FOLLOW_UP
    assert match(ask(archive, stored_text(archive, LIFT)), "丙-01").decision is None, "it follows up in one direction"


def test_undoing_brings_back_every_byte(archive: Desk) -> None:
    before = told(ask(archive))
    made = say(archive)
    assert told(ask(archive)) != before
    undone = undo(archive, made.id, by="编辑乙", now=NOON)
    assert (undone.undone_by, undone.undone_at) == ("编辑乙", NOON)
    assert undo(archive, made.id, by="编辑丙", now=NOON) == undone
    assert told(ask(archive)) == before
    assert decisions(archive) == (undone,)


def test_of_two_editors_the_last_counts_and_both_are_remembered(archive: Desk) -> None:
    first = say(archive, by="编辑甲")
    second = say(archive, Verdict.ACCEPTED, by="编辑乙", now=NOON + dt.timedelta(days=1))
    assert match(ask(archive)).decision == second
    assert decisions(archive) == (second, first)
    assert undo_pair(archive, DRAFT, LIFT, by="编辑乙", now=NOON).id == second.id
    assert match(ask(archive)).decision == first
    undo_pair(archive, DRAFT, LIFT, by="编辑甲", now=NOON)
    assert match(ask(archive)).decision is None
    with pytest.raises(NotFound, match="还没有判过"):
        undo_pair(archive, DRAFT, LIFT, by="编辑甲", now=NOON)
    assert len(decisions(archive)) == 2


def test_the_same_said_twice_is_one_decision(archive: Desk) -> None:
    assert say(archive) == say(archive, now=NOON + dt.timedelta(hours=1))
    assert len(decisions(archive)) == 1
    assert say(archive, by="编辑乙").id != say(archive, by="编辑甲").id


def test_an_accepted_match_is_sure(archive: Desk) -> None:
    made = say(archive, Verdict.ACCEPTED, earlier=SECOND["id"])
    first = ask(archive).matches[0]
    assert (first.facts.id, first.decision) == (SECOND["id"], made)
    assert (first.relation, first.status) == (made.machine_relation, "confirmed")


def test_a_relabelled_match_counts_with_the_editors_word(archive: Desk) -> None:
    say(archive, Verdict.RELABELLED, relation=Relation.FOLLOW_UP)
    say(archive, Verdict.RELABELLED, relation=Relation.RELATED, earlier=SECOND["id"])
    report = ask(archive)
    assert (report.matches[0].facts.id, report.matches[0].relation) == (LIFT, Relation.FOLLOW_UP)
    assert "续报" in report.advice
    assert (match(report, SECOND["id"]).relation, match(report, SECOND["id"]).status) == (Relation.RELATED, "none")
    assert match(report).judgement.relation is Relation.COPY, "what the service said is still told"


def test_a_milder_word_on_one_match_does_not_speak_for_a_copy_nobody_has_judged(archive: Desk) -> None:
    say(archive, Verdict.RELABELLED, relation=Relation.FOLLOW_UP)
    report = ask(archive)
    assert report.matches[0].facts.id == LIFT
    assert SECOND["title"] in report.advice
    assert "编辑已判" not in report.reasons[0]
    say(archive, Verdict.REJECTED, earlier=SECOND["id"])
    assert matters.LIFT["title"] in ask(archive).advice
    assert "续报" in ask(archive).advice


def test_a_repetition_that_the_service_did_not_see_is_shown_once_an_editor_names_it(shipped: Desk) -> None:
    shown = {each.facts.id for each in ask(shipped, limit=100).matches}
    unlike = [row["id"] for row in corpus.rows("documents.jsonl")[:30] if row["id"] not in shown]
    with pytest.raises(InputError, match="没有可认可的"):
        say(shipped, Verdict.ACCEPTED, earlier=unlike[0])
    found = 0
    for id in unlike:
        made = say(shipped, Verdict.RELABELLED, relation=Relation.SAME_MATTER, earlier=id)
        first = ask(shipped).matches[0]
        if first.facts.id == id:  # what no search brings up is not looked at
            found += 1
            assert (first.decision, first.status) == (made, "confirmed")
            assert first.judgement.relation is made.machine_relation is Relation.DISTINCT
        undo(shipped, made.id, by="编辑甲", now=NOON)
    assert found > 0


def test_to_relabel_as_distinct_is_to_reject(archive: Desk) -> None:
    made = say(archive, Verdict.RELABELLED, relation=Relation.DISTINCT)
    assert (made.verdict, made.relation) == (Verdict.REJECTED, Relation.DISTINCT)


def test_a_rejection_may_say_what_the_pair_is_instead(archive: Desk) -> None:
    made = say(archive, relation=Relation.SAME_MEASURES)
    last = ask(archive).matches[-1]
    assert (last.decision, last.relation, last.status) == (made, Relation.SAME_MEASURES, "none")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"by": ""}, "没有写明是谁判的"),
        ({"by": " 　\n"}, "没有写明是谁判的"),
        ({"by": "甲" * 101}, "太长"),
        ({"earlier": "没有这篇"}, "没有编号为“没有这篇”"),
        ({"verdict": Verdict.RELABELLED}, "改判要写明"),
        ({"verdict": Verdict.ACCEPTED, "relation": Relation.FOLLOW_UP}, "认可就是同意"),
        ({"relation": Relation.COPY}, "矛盾"),
        ({"draft": Text("空", "。")}, "没有可比较"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(archive: Desk, options: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        say(archive, **options)
    assert decisions(archive) == ()


def test_undoing_needs_a_name_and_a_decision(archive: Desk) -> None:
    made = say(archive)
    with pytest.raises(InputError, match="谁判的"):
        undo(archive, made.id, by="", now=NOON)
    with pytest.raises(NotFound, match="没有第 99 号"):
        undo(archive, 99, by="编辑甲", now=NOON)
    assert is_rejected(archive)


def test_no_personal_number_is_kept(archive: Desk) -> None:
    say(archive, by="编辑甲 13912345678", draft=replace(DRAFT, title="请致电13712345678", unit="某社13612345678"))
    kept = told(decided_cases(archive)).decode() + told(decisions(archive)).decode()
    assert "12345678" not in kept
    assert kept.count("[手机号]") >= 4


def test_lists_can_be_narrowed(archive: Desk) -> None:
    first, second = say(archive), say(archive, earlier=SECOND["id"])
    other = say(archive, draft=replace(DRAFT, title="另一个标题"))
    assert decisions(archive) == (other, second, first)
    assert decisions(archive, limit=1) == (other,)
    assert decisions(archive, earlier=LIFT) == (other, first)
    assert decisions(archive, draft=DRAFT) == (second, first)
    assert first.earlier_title == matters.LIFT["title"]


def test_the_order_of_decisions_on_different_pairs_shows_nowhere(
    archive: Desk, opened: Callable[[Path], Desk], tmp_path: Path
) -> None:
    other = opened(tmp_path / "other")
    import_path(other, matters.write(tmp_path / "来稿.jsonl", [SECOND, *matters.ALL[::-1]]), now=NOON)
    pairs: list[dict[str, Any]] = [
        {},
        {"earlier": SECOND["id"], "verdict": Verdict.ACCEPTED},
        {"draft": replace(DRAFT, title="另一个标题"), "verdict": Verdict.RELABELLED, "relation": Relation.FOLLOW_UP},
    ]
    for desk, told_in in ((archive, pairs), (other, pairs[::-1])):
        for each in told_in:
            say(desk, **each)
    files = [tmp_path / f"{name}.jsonl" for name in ("一", "二", "三")]
    assert [export(desk, file) for desk, file in zip((archive, other, archive), files, strict=True)] == [3, 3, 3]
    assert len({file.read_bytes() for file in files}) == 1

    def seen(desk: Desk) -> list[tuple[str, Relation, bool]]:
        return [(each.facts.id, each.relation, each.rejected) for each in ask(desk).matches]

    assert seen(archive) == seen(other)


def test_decided_pairs_are_labelled_cases(archive: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(archive, relation=Relation.RELATED)
    undo(archive, say(archive, earlier=SECOND["id"]).id, by="编辑甲", now=NOON)
    (case,) = decided_cases(archive)
    assert (case["relation"], case["a"]["id"], case["a"]["text"]) == ("related", LIFT, matters.LIFT["text"])
    assert case["b"]["text"] == DRAFT.body.replace("13812345678", "[手机号]")
    assert (case["b"]["unit"], case["b"]["date"]) == (DRAFT.unit, "2026-10-08")
    file = tmp_path / "new" / "判断.jsonl"
    export(archive, file)
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == [case]
    monkeypatch.setattr("xiansuo.embed.shelf.load", lambda *_: archive.encoder)
    assert evaluate("duplicates", file, settings=archive.settings, now=NOON, adapt=False)["cases"] == 1


def test_a_pair_whose_earlier_text_is_gone_is_no_case(archive: Desk) -> None:
    say(archive)
    with archive.database.write() as connection:
        from xiansuo.store import documents

        known = documents.by_id(connection, LIFT)
        assert known is not None
        set_status(connection, known.number, "withdrawn")
        documents.remove(connection, known.number)
    assert decided_cases(archive) == []
    (kept,) = decisions(archive)
    assert (kept.earlier, kept.earlier_title) == (LIFT, "")


def test_decisions_are_put_on_a_report_that_was_kept(archive: Desk) -> None:
    kept = save_report(archive, ask(archive), NOON)
    made = say(archive)
    assert reopen(archive, kept.run).matches == ask(archive).matches
    assert reopen(archive, kept.run).advice == ask(archive).advice
    undo(archive, made.id, by="编辑甲", now=NOON)
    assert reopen(archive, kept.run) == kept
    with archive.database.read() as connection:
        draft = draft_fingerprint(kept.title, kept.text)
        marked = tuple(replace(match, decision=made) for match in kept.matches)
        assert with_decisions(connection, draft, marked) == kept.matches


def test_a_draft_can_be_named_by_its_check_and_the_editor_agrees_with_what_was_shown(archive: Desk) -> None:
    report = ask(archive)
    other = replace(report.matches[0].judgement, relation=Relation.TEMPLATE_SWAP, probability=0.5)
    shown = replace(report, matches=(replace(report.matches[0], judgement=other), *report.matches[1:]))
    run = save_report(archive, shown, NOON).run
    made = say(archive, Verdict.ACCEPTED, run=run, draft=draft_of_check(archive, run))
    assert (made.relation, made.machine_probability) == (Relation.TEMPLATE_SWAP, 0.5)
    assert match(ask(archive)).decision == made
    assert say(archive, Verdict.ACCEPTED, by="编辑乙", run="check-20260101-0000000000").relation is Relation.COPY
    another = replace(DRAFT, title="另一个标题")
    assert say(archive, Verdict.ACCEPTED, draft=another, run=run).relation is Relation.COPY
    with pytest.raises(NotFound, match="check-20260101"):
        draft_of_check(archive, "check-20260101-0000000000")


def test_a_draft_is_read_from_a_file_that_holds_one(tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_text(f"{DRAFT.title}\n{DRAFT.body}", encoding="utf-8")
    draft = draft_in(file, now=NOON)
    assert draft_fingerprint(draft.title, draft.body) == draft_fingerprint(DRAFT.title, DRAFT.body)
    assert draft_in(file, now=NOON, title="另一个标题").title == "另一个标题"
    with pytest.raises(TextUnusable, match="6 篇"):
        draft_in(matters.write(tmp_path / "多.jsonl", matters.ALL), now=NOON)
    with pytest.raises(FileUnreadable):
        draft_in(tmp_path / "没有.txt", now=NOON)


def test_what_was_decided_is_there_for_the_encoder_to_learn(archive: Desk) -> None:
    say(archive, Verdict.REJECTED)
    say(archive, Verdict.RELABELLED, relation=Relation.FOLLOW_UP, earlier=SECOND["id"])
    pairs = decided_pairs(archive)
    assert sorted(same for *_, same in pairs) == [False, True]
    assert {draft.split("\n")[0] for draft, *_ in pairs} == {DRAFT.title}
    undo(archive, decisions(archive)[0].id, by="编辑甲", now=NOON)
    assert len(decided_pairs(archive)) == 1
