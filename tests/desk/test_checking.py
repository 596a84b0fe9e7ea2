"""A check finds the earlier text, says how it stands to it, and says the same every time."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON, GramEncoder, shipped
from xiansuo.desk import demo as tour
from xiansuo.desk.checking import check, check_file, decode_draft
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.errors import FileUnreadable, TextUnusable
from xiansuo.records import Filter, Kind, Relation
from xiansuo.settings import Settings

from .conftest import told

# Measured on 2026-11-23: copy 14/14, same_matter 16/21, follow_up 38/40, template_swap 12/12.
FLOORS = {"copy": 14, "same_matter": 15, "follow_up": 37, "template_swap": 12}


@pytest.fixture(scope="module")
def backwards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo archive, imported last row first in several files."""
    folder = tmp_path_factory.mktemp("backwards")
    rows = corpus.rows("documents.jsonl")[::-1]
    with Desk(Settings(home=folder / "home")) as desk:
        for start in range(0, len(rows), 150):
            import_path(desk, matters.write(folder / f"{start}.jsonl", rows[start : start + 150]), now=NOON)
        yield desk


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> Desk:
    """The office's submissions with the shipped encoder."""
    import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)
    return desk


def document(id: str) -> dict[str, Any]:
    return next(row for row in corpus.rows("documents.jsonl") if row["id"] == id)


def checked(desk: Desk, row: dict[str, Any], **options: Any) -> DuplicateReport:
    return check(desk, row["title"], row["text"], now=NOON, **options)


def match(report: DuplicateReport, id: str) -> Match:
    return next(each for each in report.matches if each.facts.id == id)


def test_a_text_is_a_copy_of_itself(demo: Desk) -> None:
    for id in ("S2024-001", "P2025-012", "R2026-003", "F2025-004"):
        first = checked(demo, document(id)).matches[0]
        assert first.facts.id == id
        assert first.judgement.relation is Relation.COPY
        assert first.evidence.copied_share > 0.99
        assert first.evidence.title_similarity == 1
        assert first.evidence.new == ()


def test_a_submission_is_about_what_it_is_about(demo: Desk) -> None:
    for id in ("S2024-001", "S2025-030", "S2026-091"):
        assert match(checked(demo, document(id)), id).evidence.matter_similarity > 0.99


def test_a_report_quotes_both_texts_as_they_were_written(demo: Desk) -> None:
    row = document("S2024-001")
    report = checked(demo, row)
    first = report.matches[0]
    assert (report.title, report.text, first.text) == (row["title"], row["text"], row["text"])
    for pair in first.evidence.pairs:
        assert report.text[slice(*pair.draft)] == first.text[slice(*pair.earlier)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "没有可比较"),
        ("路", "没有可比较"),
        ("  \n\t", "没有可比较"),
        ("😀" * 40, "没有可比较"),
        ("。" * 400, "没有可比较"),
        ("路" * 50_001, "超过"),
    ],
)
def test_a_draft_that_says_nothing_or_far_too_much_is_refused(office: Desk, body: str, reason: str) -> None:
    with pytest.raises(TextUnusable, match=reason):
        check(office, "关于路灯的建议", body, now=NOON)


def test_an_empty_archive_gives_advice(office: Desk) -> None:
    report = checked(office, matters.LIFT)
    assert report.matches == ()
    assert report.compared == 0
    assert "请先导入" in report.advice


def test_a_draft_without_a_title_takes_its_first_line(office: Desk, letters: Path) -> None:
    import_path(office, letters, now=NOON)
    titled = checked(office, matters.WATER)
    bare = check(office, "", f"{matters.WATER['title']}\n{matters.WATER['text']}", now=NOON)
    assert (bare.title, bare.matches) == (titled.title, titled.matches)


def test_broken_characters_are_replaced_not_fatal(office: Desk, letters: Path) -> None:
    import_path(office, letters, now=NOON)
    report = check(office, "\udcff电梯\0维护", "\ud800" + matters.LIFT["text"] + "\0", now=NOON)
    assert report.matches[0].facts.id == "甲-01"
    told(report)


def test_piped_drafts_are_read_in_the_encodings_of_offices() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert decode_draft(matters.LIFT["text"].encode(encoding)) == matters.LIFT["text"]
    with pytest.raises(FileUnreadable, match="标准输入"):
        decode_draft(bytes(range(256)) * 4)


def test_only_the_last_suggestion_changed_leaves_the_problem_as_it_was(small: Desk) -> None:
    same = match(checked(small, matters.LIFT), "甲-01").evidence
    kept, _, _ = matters.LIFT["text"].rpartition("三是")
    other = {**matters.LIFT, "text": kept + "三是请消防队每季度上门教居民使用灭火器。"}
    changed = match(checked(small, other), "甲-01").evidence
    assert changed.problem_similarity == same.problem_similarity
    assert changed.title_similarity == same.title_similarity
    assert changed.suggestion_similarity < same.suggestion_similarity
    assert changed.matter_similarity < same.matter_similarity


def test_what_is_new_in_a_draft_is_shown(small: Desk) -> None:
    fresh = "今年九月又有两部电梯困人，其中一次孕妇被困四十分钟。"
    report = checked(small, {**matters.LIFT, "text": fresh + matters.LIFT["text"]})
    assert fresh in [report.text[slice(*span)] for span in match(report, "甲-01").evidence.new]


def test_filters_leave_out_what_was_not_asked_for(demo: Desk) -> None:
    row = document("S2024-001")
    for wanted, passes in (
        (Filter(kinds=(Kind.PROPOSAL,)), lambda facts: facts.kind is Kind.PROPOSAL),
        (Filter(years=(2025,)), lambda facts: facts.date.year == 2025),
        (Filter(units=("新港区政协",)), lambda facts: facts.unit == "新港区政协"),
    ):
        matches = checked(demo, row, filters=wanted, limit=50).matches
        assert matches
        assert all(passes(each.facts) for each in matches)
    assert checked(demo, row, filters=Filter(years=(1999,))).matches == ()


def test_a_draft_does_not_match_its_own_earlier_version(demo: Desk) -> None:
    report = checked(demo, document("S2024-001"), leave_out=("S2024-001", "no such id"), limit=50)
    assert "S2024-001" not in {each.facts.id for each in report.matches}
    # Who it is compared with is all the others, whether they are named or not.
    everyone = len(corpus.rows("documents.jsonl"))
    assert report.compared == everyone - 1
    named = checked(demo, document("S2024-001"), leave_out=("S2024-001",), limit=50, filters=Filter(kinds=tuple(Kind)))
    assert named == report
    assert checked(demo, document("S2024-001"), leave_out=("no such id",)).compared == everyone


def test_every_draft_of_a_file_is_checked(office: Desk, letters: Path, tmp_path: Path) -> None:
    import_path(office, letters, now=NOON)
    drafts = [{"title": row["title"], "text": row["text"]} for row in matters.ALL[:2]]
    reports = check_file(office, matters.write(tmp_path / "待查.jsonl", drafts), now=NOON)
    assert [report.matches[0].facts.id for report in reports] == ["甲-01", "甲-02"]
    with pytest.raises(TextUnusable, match=r"空稿\.jsonl"):
        check_file(office, matters.write(tmp_path / "空稿.jsonl", [{"title": "一", "text": ""}]), now=NOON)


def test_the_same_draft_gives_the_same_bytes_in_whatever_order_the_archive_came(demo: Desk, backwards: Desk) -> None:
    for id in ("S2024-012", "S2025-030", "S2026-091", "P2025-023", "S2026-120"):
        row = document(id)
        assert told(checked(demo, row)) == told(checked(demo, row)) == told(checked(backwards, row))
    assert told(tour.look_up(demo)) == told(tour.look_up(backwards))
    assert told(tour.check_draft(demo)) == told(tour.check_draft(backwards))


def test_planted_earlier_texts_are_among_the_first_five(demo: Desk) -> None:
    found: Counter[str] = Counter()
    for pair in corpus.rows("gold/pairs.jsonl"):
        if pair["relation"] in FLOORS:
            report = checked(demo, document(pair["b"]), leave_out=(pair["b"],), limit=5)
            found[pair["relation"]] += pair["a"] in {each.facts.id for each in report.matches}
    assert not {relation: found[relation] for relation, floor in FLOORS.items() if found[relation] < floor}


def test_no_order_of_import_shows_in_any_answer(tmp_path: Path, now: dt.datetime) -> None:
    rows = [json.loads(line) for line in shipped("documents.jsonl").read_text(encoding="utf-8").splitlines()]
    told_by_order = []
    for seed in (0, 1):
        random.Random(seed).shuffle(rows)
        path = tmp_path / f"{seed}.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        with Desk(Settings(home=tmp_path / str(seed))) as desk:
            desk._encoder = GramEncoder()
            import_path(desk, path, now=now)
            drafts = sorted(rows, key=lambda row: str(row["id"]))[::12]
            told_by_order.append(
                [told(check(desk, "", row["text"][: 40 + i * 7], now=now)) for i, row in enumerate(drafts)]
            )
    assert told_by_order[0] == told_by_order[1]


def test_a_text_that_comes_again_in_another_file_is_a_copy_not_itself(
    desk: Desk, tmp_path: Path, now: dt.datetime
) -> None:
    desk._encoder = GramEncoder()
    for name in ("旧稿.txt", "新来稿.txt"):
        (tmp_path / name).write_text(f"{matters.LIFT['title']}\n{matters.LIFT['text']}", encoding="utf-8")
    import_path(desk, tmp_path / "旧稿.txt", now=now)
    (report,) = check_file(desk, tmp_path / "新来稿.txt", now=now)
    assert report.matches[0].judgement.relation is Relation.COPY


def test_a_draft_without_a_title_is_compared_whole(desk: Desk, now: dt.datetime) -> None:
    desk._encoder = GramEncoder()
    paragraph = "巷口路灯坏了三个月，天一黑就没人敢走，" * 6
    assert check(desk, "", f"{paragraph}\n特此反映，请予重视。", now=now).text.startswith(paragraph)
