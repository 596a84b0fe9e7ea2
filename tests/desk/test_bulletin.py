"""The bulletin counts what happened in a month, whose it was, and what it is worth."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Sequence

import openpyxl
import pytest

from xiansuo.desk import bulletin_terms
from xiansuo.desk.bulletin import NOBODY, Bulletin, bulletin, shipped_points
from xiansuo.desk.desk import Desk
from xiansuo.desk.merging import merge, undo
from xiansuo.errors import InputError
from xiansuo.export.bulletin import COLUMNS, bulletin_xlsx
from xiansuo.records import Adoption, Document, Instruction, Kind, Level
from xiansuo.store import documents
from xiansuo.text.sections import Sections

OCTOBER = dt.date(2026, 10, 15)


def report(id: str, unit: str, date: str | None, *adopted: tuple[Level, str | None], instructed: str = "") -> Document:
    return Document(
        id=id,
        title=f"第 {id} 号",
        text="某事。建议：办好。",
        unit=unit,
        date=date and dt.date.fromisoformat(date),
        adoptions=tuple(Adoption(level=level, date=day and dt.date.fromisoformat(day)) for level, day in adopted),
        instructions=(Instruction(date=dt.date.fromisoformat(instructed), by="市领导"),) if instructed else (),
    )


def take(desk: Desk, found: Sequence[Document]) -> None:
    with desk.database.write() as connection:
        documents.add(connection, [(each, Sections(rule="none")) for each in found], "run")


def rows(made: Bulletin) -> dict[str, tuple[int, int, int, float, int, int, int, float]]:
    return {
        row.unit: (
            *(row.month.reported, row.month.adoptions, row.month.instructed, row.month.points),
            *(row.year.reported, row.year.adoptions, row.year.instructed, row.year.points),
        )
        for row in made.rows
    }


ARCHIVE = [
    report("1", "甲", "2026-09-30", (Level.CITY, "2026-10-02")),
    report("2", "甲", "2026-10-01", (Level.DISTRICT, None), instructed="2026-11-01"),
    report("3", "乙", "2026-10-31"),
    report("4", "", "2026-01-01", (Level.NATION, "2026-02-01")),
    report("5", "乙", "2025-12-31", (Level.CITY, "2026-10-09")),
    report("6", "丙", None),
]


def test_outcomes_count_in_their_own_month(desk: Desk) -> None:
    take(desk, ARCHIVE)
    made = bulletin(desk, OCTOBER)
    assert made.month == dt.date(2026, 10, 1)
    assert rows(made) == {
        NOBODY: (0, 0, 0, 0.0, 1, 1, 0, 21.0),
        "甲": (1, 2, 0, 8.0, 2, 2, 0, 9.0),
        "乙": (1, 1, 0, 6.0, 1, 1, 0, 6.0),
    }
    assert [row.rank for row in made.rows] == [1, 2, 3]
    assert (made.all_month.reported, made.all_year.adoptions, made.undated) == (2, 4, 1)
    assert rows(bulletin(desk, dt.date(2026, 11, 30)))["甲"][2:4] == (1, 10.0)


def test_the_order_in_which_documents_came_does_not_matter(desk: Desk) -> None:
    mixed = ARCHIVE.copy()
    random.Random(7).shuffle(mixed)
    take(desk, mixed)
    assert rows(bulletin(desk, OCTOBER))["甲"] == (1, 2, 0, 8.0, 2, 2, 0, 9.0)


@pytest.mark.parametrize(("counted", "points"), [("highest", 11.0), ("every", 18.0)])
def test_several_adoptions_of_one_report(desk: Desk, counted: str, points: float) -> None:
    levels = ((Level.PROVINCE, "2026-03-01"), (Level.CITY, "2026-02-01"), (Level.DISTRICT, "2026-01-01"))
    take(desk, [report("1", "甲", "2026-01-01", *levels)])
    typed = {**shipped_points().model_dump(mode="json"), "counted": counted}
    bulletin_terms.settle(desk, typed, "", by="编辑", now=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    assert rows(bulletin(desk, dt.date(2026, 3, 1)))["甲"][7] == points


def test_all_units_of_a_merged_report_share_in_its_outcomes(desk: Desk, now: dt.datetime) -> None:
    take(desk, [report("1", "甲", "2026-10-01", (Level.CITY, "2026-10-05")), report("2", "乙", "2026-10-02")])
    made = merge(desk, "1", ["2"], by="编辑", now=now)
    assert rows(bulletin(desk, OCTOBER))["乙"] == rows(bulletin(desk, OCTOBER))["甲"] == (1, 1, 0, 6.0, 1, 1, 0, 6.0)
    undo(desk, made.id, by="编辑", now=now)
    assert rows(bulletin(desk, OCTOBER))["乙"][:2] == (1, 0)


def test_proposals_and_withdrawn_reports_count_nothing(desk: Desk) -> None:
    take(desk, [report("1", "甲", "2026-10-01").model_copy(update={"kind": Kind.PROPOSAL}), *ARCHIVE[2:3]])
    with desk.database.write() as connection:
        stored = documents.by_id(connection, "3")
        assert stored
        documents.set_status(connection, stored.number, "withdrawn")
    assert bulletin(desk, OCTOBER).rows == ()


def test_targets_are_held_against_what_was_reported(desk: Desk, now: dt.datetime) -> None:
    take(desk, ARCHIVE)
    typed = shipped_points().model_dump(mode="json")
    bulletin_terms.settle(desk, typed, "甲 4\n丁：2\n\n", by="编辑", now=now)
    made = {row.unit: row for row in bulletin(desk, OCTOBER).rows}
    assert (made["甲"].share, made["丁"].share, made["乙"].share) == (0.5, 0.0, None)
    assert bulletin_terms.target_lines(desk) == "甲 4\n丁 2"


@pytest.mark.parametrize("targets", ["甲", "甲 多", "甲 -1", "甲 100001", "3"])
def test_a_line_that_is_no_target_is_told(desk: Desk, now: dt.datetime, targets: str) -> None:
    with pytest.raises(InputError, match="第 2 行"):
        bulletin_terms.settle(desk, shipped_points().model_dump(mode="json"), f"乙 1\n{targets}", by="编辑", now=now)


@pytest.mark.parametrize("wrong", ["", "x", "-1", "nan", "1001"])
def test_points_are_numbers(desk: Desk, now: dt.datetime, wrong: str) -> None:
    with pytest.raises(InputError, match="分值"):
        bulletin_terms.settle(
            desk, {**shipped_points().model_dump(mode="json"), "reported": wrong}, "", by="编辑", now=now
        )


def test_the_workbook_holds_the_same_and_no_formula(desk: Desk) -> None:
    take(desk, [*ARCHIVE, report("7", "=1+1", "2026-10-03")])
    made = bulletin(desk, OCTOBER)
    first = bulletin_xlsx(made, day=OCTOBER)
    assert first == bulletin_xlsx(bulletin(desk, OCTOBER), day=OCTOBER)
    sheet = openpyxl.load_workbook(io.BytesIO(first)).active
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(told[0]) == COLUMNS
    assert {row[1] for row in told[1:]} == {NOBODY, "甲", "乙", "'=1+1", "合计"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert told[-1][2] == made.all_month.reported == 3
