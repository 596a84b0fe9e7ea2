"""What somebody has on their desk, and what waits for editors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.desk.archives import fill, rows
from tests.prompts import BY, NOON, published, put
from xiansuo.desk import claiming, prompt_editing, prompt_outcomes
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.open_prompts import open_prompts
from xiansuo.desk.own_documents import own_documents
from xiansuo.desk.own_work import own_work
from xiansuo.desk.reopening import save_report
from xiansuo.desk.waiting import waiting
from xiansuo.records import Level
from xiansuo.records.accounts import Role, Viewer

HIM = Viewer(account=7, login="yi", name="信息员乙", role=Role.INFORMANT, unit="第一站")


def test_prompts_stand_where_they_belong(desk: Desk) -> None:
    asked = published(desk, commissioned=["第一站"])
    free, held, done, taken, several = (published(desk, several=i == 4) for i in range(5))
    published(desk, commissioned=["第二站"])
    put(desk)
    for number in (held, done):
        claiming.claim(desk, number, by=HIM.name, unit=HIM.unit, now=NOON)
    claiming.submit(desk, done, by=HIM.name, now=NOON)
    claiming.claim(desk, taken, by="信息员丙", now=NOON)
    claiming.claim(desk, several, by="信息员丙", now=NOON)
    work = own_work(desk, HIM, now=NOON)
    assert [line.number for line in work.commissions] == [asked]
    assert {line.number for line in work.open} == {free, several}
    assert [each.line.number for each in work.working] == [held]
    assert [each.line.number for each in work.reported] == [done]
    prompt_outcomes.outcome(desk, done, by=BY, now=NOON, adopted=True, level=Level.CITY)
    (reported,) = own_work(desk, HIM, now=NOON).reported
    assert reported.claim.level is Level.CITY
    assert {page.line.number for page in open_prompts(desk, HIM, now=NOON)} == {asked, free, several}


def test_a_namesake_of_another_unit_has_other_work(desk: Desk) -> None:
    number = published(desk)
    claiming.claim(desk, number, by=HIM.name, unit="第二站", now=NOON)
    assert own_work(desk, HIM, now=NOON).working == ()


def test_outcomes_count_by_year_and_highest_level_and_not_from_the_future(desk: Desk, tmp_path: Path) -> None:
    own: dict[str, Any] = {"author": HIM.name, "unit": HIM.unit}
    told = {
        "D00": {**own, "date": "2025-03-01", "adoptions": [{"level": "city"}, {"level": "province"}]},
        "D01": {**own, "date": "2026-05-01", "replies": [{"department": "市民政局", "text": "已办。", "grade": "A"}]},
        "D02": {**own, "date": "2026-06-01", "adoptions": [{"level": "city", "date": "2026-12-01"}]},
        "D03": {**own, "date": "2027-01-01"},
        "D04": {**own, "unit": "第二站", "date": "2026-05-01"},
    }
    fill(desk, tmp_path, [{**row, **told.get(str(row["id"]), {})} for row in rows()])
    found = own_documents(desk, author=HIM.name, unit=HIM.unit, until=NOON.date())
    assert [each.id for each in found.documents] == ["D02", "D01", "D00"]
    assert [(year.year, year.documents, year.adopted, year.replied) for year in found.years] == [
        (2026, 2, 1, 1),
        (2025, 1, 1, 0),
    ]
    assert found.years[1].levels == {
        Level.DISTRICT: 0,
        Level.CITY: 0,
        Level.PROVINCE: 1,
        Level.NATION: 0,
    }
    assert {(each.id, each.said) for each in found.news} == {
        ("D00", "市级采用"),
        ("D00", "省级采用"),
        ("D01", "市民政局答复（A：已解决或采纳）"),
    }


def test_what_waits_for_editors_is_counted(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    proposed, approved = put(desk), put(desk)
    prompt_editing.approve(desk, approved, by=BY, now=NOON)
    late, reported = published(desk, deadline=dt.date(2026, 11, 3)), published(desk)
    claiming.claim(desk, reported, by=HIM.name, unit=HIM.unit, now=NOON)
    claiming.submit(desk, reported, by=HIM.name, now=NOON)
    for day in (1, 4):
        now = NOON.replace(day=day)
        save_report(desk, check(desk, f"食堂{day}", str(rows()[0]["text"]), now=now), now)
    found = waiting(desk, now=NOON.replace(day=4))
    told = (found.proposed, found.approved, found.overdue, found.reported)
    assert [[line.number for line in lines] for lines in told] == [[proposed], [approved], [late], [reported]]
    assert found.checks == 1
