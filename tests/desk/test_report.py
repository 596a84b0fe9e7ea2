"""The report: coloured paragraphs, facts and reasons; cut at another threshold it is the check at that threshold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.dedup.relation import LOOKED_AT
from xiansuo.desk import demo as tour
from xiansuo.desk.checking import check, check_file
from xiansuo.desk.cutting import recut
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.reopening import MOST
from xiansuo.desk.report import DuplicateReport
from xiansuo.records import Relation
from xiansuo.settings import Settings

from .conftest import told
from .stock import LETTERS

IDS = ("S2024-012", "S2025-052", "S2025-094", "S2026-101", "P2025-023", "R2026-003")
OWN = "巷口新开的修鞋铺夜里敲钉子，楼上备考的孩子睡不好。\n"


def document(id: str) -> dict[str, Any]:
    return next(row for row in corpus.rows("documents.jsonl") if row["id"] == id)


def checked(desk: Desk, id: str, **options: Any) -> DuplicateReport:
    row = document(id)
    return check(desk, row["title"], row["text"], now=NOON, leave_out=(id,), **options)


@pytest.fixture
def archive(office: Desk, letters: Path) -> Desk:
    """The office's submissions."""
    import_path(office, letters, now=NOON)
    return office


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Letters that share their stock sentences and nothing else."""
    folder = tmp_path_factory.mktemp("stock")
    with Desk(Settings(home=folder / "home")) as desk:
        import_path(desk, matters.write(folder / "套话.jsonl", LETTERS), now=NOON)
        yield desk


def test_one_pasted_paragraph_is_the_one_red_paragraph(archive: Desk) -> None:
    pasted = matters.WATER["text"].partition("\n")[0]
    draft = f"{OWN}\n{pasted}\n\n店主说白天要送货，只有夜里得空。\n建议：由社区另找一间临街的屋子，晚十点后不做活。"
    report = check(archive, "修鞋铺夜里扰民", draft, now=NOON)
    red = [each for each in report.paragraphs if each.level != "none"]
    assert [report.text[slice(*each.span)].strip() for each in red] == [pasted]
    assert (red[0].level, red[0].match) == ("high", matters.WATER["id"])
    assert "".join(report.text[slice(*each.span)] for each in report.paragraphs) == report.text
    assert 0 < report.copied_share < 1
    assert any("1 段达到七成（红）" in reason for reason in report.reasons)


def test_boilerplate_alone_colours_nothing(stocked: Desk) -> None:
    first, _, second = LETTERS[0]["text"].partition("\n")
    opening = first[: first.index("春江里")]
    closing = second.partition("二是把维保费并入物业合同按季结清。")[2]
    report = check(stocked, "修鞋铺夜里扰民", f"{opening}\n{OWN}{closing}", now=NOON)
    assert {match.status for match in report.matches} <= {"none"}
    assert {each.level for each in report.paragraphs} == {"none"}
    assert report.copied_share == 0
    assert [each.stock for each in report.paragraphs] == [1, 0, 1]


def test_a_copied_letter_is_red_though_it_opens_with_boilerplate(stocked: Desk) -> None:
    report = check(stocked, "换个题目", LETTERS[3]["text"], now=NOON)
    assert [each.level for each in report.paragraphs] == ["high", "high"]
    assert report.copied_share == 1


@pytest.mark.parametrize("id", IDS)
def test_a_report_cut_again_is_the_check_at_that_threshold(demo: Desk, id: str) -> None:
    kept = checked(demo, id, most=MOST)
    for threshold in (None, 0.0, 0.2, 0.5, 0.9, 1.0):
        assert told(recut(kept, threshold, 10)) == told(checked(demo, id, threshold=threshold))


@pytest.mark.parametrize("id", IDS)
def test_a_higher_threshold_shows_less_and_never_more(demo: Desk, id: str) -> None:
    kept = checked(demo, id, most=MOST)
    before = recut(kept, 0.0)
    for threshold in (0.1, 0.3, 0.6, 0.95, 1.0):
        cut = recut(kept, threshold)
        ids = [match.facts.id for match in cut.matches]
        assert ids == [match.facts.id for match in before.matches][: len(ids)]
        assert all(match.to_be_seen >= threshold for match in cut.matches)
        assert cut.copied_share <= before.copied_share
        for now, then in zip(cut.paragraphs, before.paragraphs, strict=True):
            assert (now.span, now.stock) == (then.span, then.stock)
            assert now.copied_share <= then.copied_share
        for match in cut.matches:
            assert (match.status != "none") == (match.relation in LOOKED_AT)
        assert told(recut(before, threshold)) == told(cut)
        before = cut


def test_nothing_above_a_threshold_is_told_as_such(demo: Desk) -> None:
    cut = recut(checked(demo, "S2025-059"), 1.0)
    assert cut.matches == ()
    assert "门槛" in cut.advice
    assert cut.reasons == ()


@pytest.mark.parametrize("id", IDS)
def test_every_span_and_share_of_a_report_can_be_counted_again(demo: Desk, id: str) -> None:
    report = checked(demo, id)
    assert "".join(report.text[slice(*each.span)] for each in report.paragraphs) == report.text
    known = {match.facts.id for match in report.matches} | {""}
    for each in report.paragraphs:
        assert 0 <= each.copied_share <= 1
        assert each.match in known
    assert 0 <= report.copied_share <= 1
    assert set(report.new) <= set(report.own)
    for match in report.matches:
        for runs, text in ((match.evidence.runs, report.text), (match.evidence.earlier_runs, match.text)):
            assert all(0 <= start < end <= len(text) for start, end in runs)
            assert all(left[1] <= right[0] for left, right in zip(runs, runs[1:], strict=False))


def test_the_advice_comes_with_reasons(demo: Desk) -> None:
    report = tour.check_draft(demo)
    first = report.matches[0]
    assert first.relation.label in report.reasons[0]
    assert first.facts.unit in report.reasons[1]
    assert first.facts.status in report.reasons[1]
    assert any(f"{len(report.units)} 家单位" in reason for reason in report.reasons)
    same = [match for match in report.matches if match.relation in (Relation.SAME_MATTER, Relation.FOLLOW_UP)]
    assert set(report.units) <= {match.facts.unit for match in same}


def test_what_became_of_a_match_is_told_line_by_line(demo: Desk) -> None:
    row = document("S2025-052")
    outcomes = check(demo, row["title"], row["text"], now=NOON).matches[0].outcomes
    assert len(outcomes) == len(row["adoptions"]) + len(row["instructions"])
    for adoption in row["adoptions"]:
        assert any(adoption["date"] in line and "采用" in line for line in outcomes)
    assert any("批示：" in line for line in outcomes)


def test_the_same_author_or_unit_is_a_fact_where_known(archive: Desk, tmp_path: Path) -> None:
    draft = {**matters.LIFT, "id": "新-1", "title": "电梯没人管"}
    (report,) = check_file(archive, matters.write(tmp_path / "待查.jsonl", [draft]), now=NOON)
    facts = {match.facts.id: (match.same_author, match.same_unit) for match in report.matches}
    assert facts["甲-01"] == (True, True)
    assert all(facts.get(id, (False, False)) == (False, False) for id in ("甲-02", "甲-03", "甲-04", "甲-06"))
    assert any("一稿多投" in reason for reason in report.reasons)
    unknown = check(archive, draft["title"], draft["text"], now=NOON)
    assert not any(match.same_author or match.same_unit for match in unknown.matches)
    assert not any("一稿多投" in reason for reason in unknown.reasons)


def test_personal_numbers_are_masked_and_told(archive: Desk) -> None:
    secret = "13812345678"
    report = check(archive, f"电梯没人管，问{secret}", f"{matters.LIFT['text']}联系人电话{secret}。", now=NOON)
    assert secret.encode() not in told(report)
    assert "2 处" in report.notes[0]
    assert report.matches[0].facts.id == "甲-01"
    assert check(archive, "电梯没人管", matters.LIFT["text"], now=NOON).notes == ()


def test_how_long_ago_it_was_is_told(archive: Desk) -> None:
    later = dt.datetime(2035, 3, 4, 12, tzinfo=dt.UTC)
    report = check(archive, matters.LIFT["title"], matters.LIFT["text"], now=later)
    assert "约 10 年前" in report.reasons[1]
