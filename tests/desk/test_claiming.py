"""A draft checked for a prompt, reported, and what the archive knows became of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desk.archives import NOW, fill, rows
from tests.prompts import BY, NOON, published, state
from xiansuo.desk import claiming, prompt_lists, prompt_outcomes
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.reopening import reopen
from xiansuo.errors import InputError, NotFound, NotNow, TextUnusable
from xiansuo.records import Level
from xiansuo.records.prompts import Claim, PromptState

BODY = "走访发现社区老年食堂每天就餐不足三十人，送餐没有人手，电话13812345678。建议按人次补贴。"


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Desk:
    told: list[dict[str, Any]] = [
        {**row, "adoptions": [{"level": "city", "date": "2026-10-20"}, {"level": "province", "date": "2026-10-28"}]}
        if row["id"] == "D00"
        else row
        for row in rows()
    ]
    return fill(desk, tmp_path, told)


def held(desk: Desk, number: int) -> Claim:
    return prompt_lists.show_prompt(desk, number, now=NOON).claims[-1]


def claimed(desk: Desk, who: str = "甲", **terms: Any) -> int:
    number = published(desk, **terms)
    claiming.claim(desk, number, by=who, unit="第一联络站", now=NOON)
    return number


def test_a_check_leaves_its_number_and_what_it_said_and_no_text(archive: Desk) -> None:
    number = claimed(archive)
    report, line = claiming.check_draft(archive, number, "老年食堂冷清", BODY, by="甲", now=NOON)
    kept = held(archive, number).check
    assert kept is not None
    assert line.state is PromptState.DRAFTED
    assert (kept.run, kept.advice) == (report.run, report.advice)
    assert kept.earlier == report.matches[0].facts.id
    assert kept.relation == report.matches[0].relation.value
    assert reopen(archive, kept.run).title == "老年食堂冷清"
    page = prompt_lists.show_prompt(archive, number, now=NOON)
    with archive.database.read() as connection:
        for table in ("claim", "prompt_event", "writing_prompt"):
            rows_of = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            assert "走访发现" not in rows_of
            assert "13812345678" not in rows_of
    again, _ = claiming.check_draft(archive, number, "老年食堂冷清", BODY + "又访三处。", by="甲", now=NOON)
    assert held(archive, number).check.run == again.run  # type: ignore[union-attr]
    assert len(prompt_lists.show_prompt(archive, number, now=NOON).events) == len(page.events) + 1


def test_only_who_claimed_it_checks_and_reports(archive: Desk) -> None:
    number = published(archive)
    with pytest.raises(NotNow, match="还没有人认领，不能查重"):
        claiming.check_draft(archive, number, "题目", BODY, by="甲", now=NOON)
    claiming.claim(archive, number, by="甲", now=NOON)
    with pytest.raises(NotNow, match="“乙”没有认领"):
        claiming.submit(archive, number, by="乙", author="乙", now=NOON)
    with pytest.raises(TextUnusable):
        claiming.check_draft(archive, number, "", "……", by="甲", now=NOON)
    assert state(archive, number) is PromptState.CLAIMED


def test_a_report_may_name_its_document_later(archive: Desk) -> None:
    number = claimed(archive)
    with pytest.raises(NotFound, match="“没有”"):
        claiming.submit(archive, number, by="甲", now=NOON, document=" 没有\n")
    with pytest.raises(NotFound, match="\ufffd"):
        claiming.submit(archive, number, by="甲", now=NOON, document="D\udcff")
    assert state(archive, number) is PromptState.CLAIMED
    claiming.submit(archive, number, by="甲", now=NOON)
    assert held(archive, number).document == ""
    claiming.submit(archive, number, by="甲", now=NOON, document="D00")
    claiming.submit(archive, number, by="甲", now=NOON)
    assert held(archive, number).document == "D00", "a report again without a number keeps the number"
    with pytest.raises(NotNow, match="“已报送”，不能放弃认领"):
        claiming.release(archive, number, by="甲", now=NOON)


def test_the_outcome_is_the_highest_that_the_archive_knows(archive: Desk) -> None:
    number = claimed(archive)
    claiming.submit(archive, number, by="甲", now=NOON, document="D00")
    line = prompt_outcomes.outcome(archive, number, by=BY, now=NOON)
    (claim,) = line.claims
    assert (claim.adopted, claim.level, claim.outcome_date) == (True, Level.PROVINCE, dt.date(2026, 10, 28))
    assert line.state is PromptState.CLOSED


@pytest.mark.parametrize(
    ("document", "said", "reason"),
    [
        ("", {}, "不知道报送的是哪一篇"),
        ("D01", {}, "“D01”还没有采用记录"),
        ("", {"adopted": True}, "没有写明哪一级采用"),
        ("", {"adopted": False, "level": Level.CITY}, "没有采用的，不写"),
        ("", {"level": Level.CITY, "date": dt.date(2027, 1, 1)}, "在将来"),
        ("D00", {"date": dt.date(2026, 10, 1)}, "级别和日期请一起写"),
    ],
)
def test_outcomes_that_nobody_knows_are_not_put_down(
    archive: Desk, document: str, said: dict[str, Any], reason: str
) -> None:
    number = claimed(archive)
    claiming.submit(archive, number, by="甲", now=NOON, document=document)
    with pytest.raises(InputError, match=reason):
        prompt_outcomes.outcome(archive, number, by=BY, now=NOON, **said)
    assert state(archive, number) is PromptState.SUBMITTED
    done = prompt_outcomes.outcome(archive, number, by=BY, now=NOON, adopted=False)
    assert (done.state, done.claims[0].adopted, done.claims[0].level) == (PromptState.CLOSED, False, None)


def test_adoptions_that_come_in_are_put_down_once(archive: Desk, tmp_path: Path) -> None:
    first, second, third = claimed(archive), claimed(archive, several=True), claimed(archive)
    claiming.claim(archive, second, by="乙", now=NOON)
    claiming.submit(archive, first, by="甲", now=NOON, document="D01")
    claiming.submit(archive, second, by="甲", author="甲", now=NOON, document="D00")
    claiming.submit(archive, third, by="甲", now=NOON)
    assert [line.number for line in prompt_outcomes.collect(archive, by=BY, now=NOON)] == [second]
    assert state(archive, second) is PromptState.CLAIMED, "another still writes on it"
    assert prompt_outcomes.collect(archive, by=BY, now=NOON) == ()
    row = next(row for row in rows() if row["id"] == "D01")
    path = tmp_path / "later.jsonl"
    path.write_text(json.dumps({**row, "adoptions": [{"level": "nation"}]}, ensure_ascii=False), encoding="utf-8")
    import_path(archive, path, now=dt.datetime.combine(NOW, dt.time(9), dt.UTC))
    (line,) = prompt_outcomes.collect(archive, by=BY, now=NOON)
    assert (line.number, line.claims[0].level) == (first, Level.NATION)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, number: claiming.claim(desk, number, by="", now=NOON),
        lambda desk, number: claiming.release(desk, number, by=" ", now=NOON),
        lambda desk, number: claiming.submit(desk, number, by="", now=NOON),
        lambda desk, number: claiming.check_draft(desk, number, "题目", BODY, by="", now=NOON),
        lambda desk, number: prompt_outcomes.outcome(desk, number, by="", now=NOON, adopted=False),
        lambda desk, _: prompt_outcomes.collect(desk, by="", now=NOON),
    ],
)
def test_nobody_acts_without_a_name(desk: Desk, act: Callable[[Desk, int], Any]) -> None:
    number = published(desk)
    with pytest.raises(InputError, match="没有写明是谁"):
        act(desk, number)
    assert state(desk, number) is PromptState.PUBLISHED
