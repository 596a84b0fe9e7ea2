"""A batch says of each draft what a check of it alone says, and what the drafts have to do with each other."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.desk.batch import BatchReport, Overlap, check_many
from xiansuo.desk.checking import check
from xiansuo.desk.comparing import Text
from xiansuo.desk.deciding import decide
from xiansuo.desk.desk import Desk
from xiansuo.desk.drafts import Drafts, drafts_in, drafts_of
from xiansuo.desk.importing import import_path
from xiansuo.errors import FileUnreadable, InputError, TextUnusable
from xiansuo.records import Filter, Kind, Relation, Verdict

from .conftest import told

RESENT = {**matters.LIFT, "id": "新-1", "unit": "市政协", "date": "2026-09-01"}
OTHER_UNIT = {**matters.LIFT, "id": "新-2", "author": "信息员癸", "unit": "市总工会", "date": "2026-09-02"}
ALONE = {**matters.TREES, "id": "新-3"}


def batch(desk: Desk, drafts: Drafts, **options: Any) -> BatchReport:
    return check_many(desk, drafts.found, now=NOON, remarks=drafts.remarks, **options)


def written(path: Path, *rows: dict[str, Any]) -> Drafts:
    return drafts_in(matters.write(path, rows), now=NOON.date())


@pytest.fixture
def archive(office: Desk, letters: Path) -> Desk:
    """The office's submissions with the stand-in encoder."""
    import_path(office, letters, now=NOON)
    return office


def test_each_draft_gets_what_a_check_of_it_gets(demo: Desk, tmp_path: Path) -> None:
    rows = [{**row, "id": f"新-{row['id']}"} for row in corpus.rows("documents.jsonl")[40:160:15]]
    for row in rows:
        row["title"] += "（修改稿）"
    for draft in batch(demo, written(tmp_path / "待查.jsonl", *rows)).drafts:
        alone = check(demo, draft.title, draft.text, now=NOON, unit=draft.unit, author=draft.author, date=draft.date)
        expected = [(each.facts, each.relation, each.judgement.probability, each.status) for each in alone.matches[:3]]
        assert [(each.facts, each.relation, each.probability, each.status) for each in draft.matches] == expected


def test_files_and_drafts_in_any_order_give_the_same_bytes(archive: Desk, tmp_path: Path) -> None:
    for name, rows in (("乙.jsonl", [RESENT, ALONE]), ("甲.jsonl", [OTHER_UNIT])):
        matters.write(tmp_path / "稿件" / name, rows)
    drafts = drafts_in(tmp_path / "稿件", now=NOON.date())
    first = told(batch(archive, drafts))
    for seed in range(3):
        mixed = random.Random(seed).sample(drafts.found, len(drafts.found))
        assert told(batch(archive, Drafts(tuple(mixed)))) == first


def test_one_author_twice_and_several_units_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    made = batch(desk, written(tmp_path / "待查.jsonl", matters.LIFT, RESENT, OTHER_UNIT, ALONE))
    assert [each.id for each in made.drafts] == ["甲-01", "新-1", "新-2", "新-3"]
    found = {(pair.later, pair.earlier): pair for pair in made.pairs}
    assert {key: pair.overlap for key, pair in found.items()} == {
        (2, 1): Overlap.RESENT,
        (3, 1): Overlap.SEVERAL_UNITS,
        (3, 2): Overlap.SEVERAL_UNITS,
    }
    assert {pair.relation for pair in made.pairs} == {Relation.COPY}
    assert [each.like for each in made.drafts] == [(2, 3), (1, 3), (1, 2), ()]
    assert made.compared == 0


def test_without_names_the_unit_tells_who_sent_it(desk: Desk, tmp_path: Path) -> None:
    rows = [
        {**matters.LIFT, "id": f"新-{i}", "author": "", "unit": unit} for i, unit in enumerate(["甲区", "甲区", ""])
    ]
    made = batch(desk, written(tmp_path / "待查.jsonl", *rows))
    overlaps = {(pair.later, pair.earlier): pair.overlap for pair in made.pairs}
    assert overlaps == {(2, 1): Overlap.RESENT, (3, 1): Overlap.OTHER, (3, 2): Overlap.OTHER}


def test_a_draft_does_not_match_itself(archive: Desk, tmp_path: Path) -> None:
    same_text = {**matters.WATER, "id": "新-4"}
    by_others = {**matters.WATER, "id": "新-5", "author": "委员壬", "unit": "水利局"}
    known, again, copied = batch(archive, written(tmp_path / "待查.jsonl", matters.LIFT, same_text, by_others)).drafts
    assert (known.stored, again.stored, copied.stored) == ("甲-01", "甲-04", "")
    assert "甲-01" not in {each.facts.id for each in known.matches}
    assert "甲-04" not in {each.facts.id for each in again.matches}
    assert (copied.matches[0].facts.id, copied.matches[0].relation) == ("甲-04", Relation.COPY)


def test_bad_files_and_rows_do_not_stop_the_others(archive: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "稿件"
    matters.write(folder / "台账.jsonl", [RESENT, {"id": "坏", "text": ""}, ALONE])
    (folder / "坏.docx").write_bytes(b"no document at all")
    (folder / "空.txt").write_bytes(b"")
    made = batch(archive, drafts_in(folder, now=NOON.date()))
    assert [each.id for each in made.drafts] == ["新-1", "新-3"]
    assert [each.row for each in made.drafts] == [1, 3]
    told_of = {(each.file, each.row) for each in made.remarks}
    assert told_of == {("台账.jsonl", 2), ("坏.docx", None), ("空.txt", None)}
    assert all(each.reason for each in made.remarks)


def test_nothing_to_check_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="找不到"):
        drafts_in(tmp_path / "没有", now=NOON.date())
    (tmp_path / "空").mkdir()
    with pytest.raises(FileUnreadable, match="没有可以读取的文件"):
        drafts_in(tmp_path / "空", now=NOON.date())
    matters.write(tmp_path / "坏" / "甲.jsonl", [{"text": ""}])
    with pytest.raises(TextUnusable, match="没有可以查重的稿件") as told_of:
        drafts_in(tmp_path / "坏", now=NOON.date())
    assert "正文为空" in told_of.value.advice
    with pytest.raises(TextUnusable, match="没有可以查重的稿件"):
        drafts_of([(Text("", "路"), "")])


def test_drafts_without_a_file_keep_their_places(archive: Desk) -> None:
    texts = [(Text(row["title"], row["text"], row["unit"]), row["author"]) for row in (RESENT, OTHER_UNIT)]
    drafts = drafts_of([texts[0], (Text("", "…"), ""), texts[1]])
    made = batch(archive, drafts)
    assert [(each.number, each.row) for each in made.drafts] == [(1, 1), (2, 3)]
    assert [(each.row, each.file) for each in made.remarks] == [(2, "稿件")]
    assert made.pairs[0].overlap is Overlap.SEVERAL_UNITS


def test_personal_numbers_are_masked(archive: Desk) -> None:
    drafts = drafts_of([(Text("路灯不亮", "解放路的路灯不亮，请打13812345678找我。"), "")])
    assert "13812345678" not in told(batch(archive, drafts)).decode()


def test_filters_narrow_what_is_compared(archive: Desk, tmp_path: Path) -> None:
    made = batch(archive, written(tmp_path / "待查.jsonl", RESENT), filters=Filter(kinds=(Kind.PROPOSAL,)))
    assert made.compared == 1
    assert {each.facts.id for each in made.drafts[0].matches} <= {"甲-04"}


def test_what_editors_decided_counts(archive: Desk, tmp_path: Path) -> None:
    draft = Text(RESENT["title"], RESENT["text"], RESENT["unit"], dt.date(2026, 9, 1))
    decide(archive, draft, "甲-01", Verdict.REJECTED, by="编辑甲", now=NOON)
    decide(archive, draft, "甲-03", Verdict.RELABELLED, by="编辑甲", now=NOON, relation=Relation.SAME_MATTER)
    (checked,) = batch(archive, written(tmp_path / "待查.jsonl", RESENT)).drafts
    assert "甲-01" not in {each.facts.id for each in checked.matches}
    first = checked.matches[0]
    assert (first.facts.id, first.relation, first.decided_by) == ("甲-03", Relation.SAME_MATTER, "编辑甲")


def test_an_import_in_between_is_told(archive: Desk, tmp_path: Path) -> None:
    drafts = written(tmp_path / "待查.jsonl", RESENT)

    def meanwhile(_stage: str, _done: int, _total: int) -> None:
        import_path(archive, matters.write(tmp_path / "又.jsonl", [{**matters.LIFT, "id": "又"}]), now=NOON)

    with pytest.raises(InputError, match="有了变化"):
        batch(archive, drafts, progress=meanwhile)


def test_progress_goes_from_nothing_to_all(archive: Desk, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    drafts = written(tmp_path / "待查.jsonl", RESENT, OTHER_UNIT)
    batch(archive, drafts, progress=lambda *step: seen.append(step))
    for stage in {each[0] for each in seen}:
        steps = [(done, total) for name, done, total in seen if name == stage]
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1] > 0
