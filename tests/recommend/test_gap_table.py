"""Each column of gaps is measured as the whole is, and what nothing can be said of is not called a gap."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.recommend.gap_table import most_first, period_label, period_of, periods, rows, standing
from xiansuo.recommend.gaps import Reported, measure
from xiansuo.records import WorkTheme

NOW = dt.date(2026, 11, 1)
THEMES = [WorkTheme(id=id, name=id, weight=weight) for id, weight in (("T1", 5), ("T2", 5), ("T3", 1))]


def reported(id: str, theme: str, day: dt.date | None = NOW, *, adopted: bool = False) -> Reported:
    return Reported(id, theme, day, adopted, False, adopted)


def test_a_column_is_measured_as_an_archive_of_its_own() -> None:
    found = [reported("a", "T1"), reported("b", "T2"), reported("c", "T2", adopted=True), reported("d", "T3")]
    column = {"a": "甲", "b": "甲", "c": "乙"}
    made = rows(THEMES, found, column, ["甲", "乙", "丙"], NOW)
    for place, name in enumerate(("甲", "乙")):
        alone = {
            gap.theme.id: gap.size for gap in measure(THEMES, [each for each in found if column.get(each.id) == name])
        }
        assert {row.gap.theme.id: row.cells[place].size for row in made} == alone
    assert {row.cells[2].size for row in made} == {None}
    assert [row.gap for row in made] == measure(THEMES, found)
    assert {row.gap.theme.id: row.cells[1].adopted for row in made} == {"T1": 0, "T2": 1, "T3": 0}


@given(st.lists(st.tuples(st.sampled_from(["T1", "T2", "T3"]), st.booleans(), st.sampled_from(["甲", "乙", ""]))))
def test_cells_add_up_to_what_has_a_column(drawn: list[tuple[str, bool, str]]) -> None:
    found = [reported(str(place), theme, adopted=adopted) for place, (theme, adopted, _) in enumerate(drawn)]
    column = {str(place): name for place, (_, _, name) in enumerate(drawn) if name}
    for row in rows(THEMES, found, column, ["甲", "乙"], NOW):
        assert sum(cell.written for cell in row.cells) == sum(id in column for id in row.gap.documents)
        assert all(cell.adopted <= cell.written for cell in row.cells)
        assert all(cell.size is None or 0 <= cell.size <= 1 for cell in row.cells)


def test_what_is_the_matter_is_said_in_words() -> None:
    old = NOW - dt.timedelta(days=200)
    found = [reported(f"a{n}", "T1", adopted=True) for n in range(3)]
    found += [reported(f"b{n}", "T2") for n in range(3)]
    told = {gap.theme.id: standing(gap, NOW) for gap in measure(THEMES, found)}
    assert told == {"T1": "", "T2": "写了没有采用", "T3": "没有人写"}
    few = measure(THEMES, [reported("a", "T1"), *(reported(f"b{n}", "T2", old) for n in range(9))])
    assert {gap.theme.id: standing(gap, NOW) for gap in few} == {"T1": "写得偏少", "T2": "久未再写", "T3": "没有人写"}


@pytest.mark.parametrize(
    ("step", "named"), [("month", ["2025-11", "2025-12", "2026-01"]), ("quarter", ["2025-Q4", "2026-Q1"])]
)
def test_no_period_is_left_out(step: str, named: list[str]) -> None:
    first, last = dt.date(2025, 11, 30), dt.date(2026, 1, 1)
    assert periods(first, last, step) == named  # type: ignore[arg-type]
    assert period_of(first, step) == named[0]  # type: ignore[arg-type]
    assert sorted(named) == named


def test_periods_have_chinese_names() -> None:
    assert [period_label(each) for each in ("2026-03", "2026-Q1", "2026-Q4")] == [
        "2026年3月",
        "2026年一季度",
        "2026年四季度",
    ]


def test_names_come_by_their_number() -> None:
    assert most_first(["乙", "甲", "", "乙", "丙"]) == ["乙", "丙", "甲"]
