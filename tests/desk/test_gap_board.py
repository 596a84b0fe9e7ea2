"""A board of gaps says what it shows and what it cannot show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.desk.archives import NOW, Grams, fill, rows
from tests.desk.test_aligning import THEMES, listed
from xiansuo.desk.desk import Desk
from xiansuo.desk.gap_board import GapBoard, gap_board
from xiansuo.recommend.gap_table import Row

LIST = THEMES.replace("起始日期", "起始日期,截止日期").replace("2026-01-01", "2026-01-01,2026-12-31")


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Desk:
    return listed(fill(desk, tmp_path, rows()), tmp_path, LIST)


def row(board: GapBoard, theme: str) -> Row:
    return next(each for each in board.rows if each.gap.theme.id == theme)


def test_what_nobody_writes_comes_first(office: Desk) -> None:
    made = gap_board(office, now=NOW)
    assert made.rows[0].gap.theme.id == "T3"
    assert (made.rows[0].standing, made.rows[0].gap.size) == ("没有人写", 1.0)
    assert made.documents == sum(len(each.gap.documents) for each in made.rows)
    assert made.documents + made.about_none == len(rows())
    assert made.notes == ()


def test_months_run_from_the_first_day_of_the_list_to_now(office: Desk) -> None:
    made = gap_board(office, now=NOW)
    assert (made.columns[0], made.columns[-1], len(made.columns)) == ("2026-01", "2026-11", 11)
    quarters = gap_board(office, now=NOW, step="quarter")
    assert quarters.labels == ("2026年一季度", "2026年二季度", "2026年三季度", "2026年四季度")
    for board in (made, quarters):
        assert sum(cell.written for each in board.rows for cell in each.cells) == board.documents


def test_units_and_regions_are_told_apart(office: Desk) -> None:
    units = gap_board(office, now=NOW, by="unit")
    assert set(units.columns) == {f"第{place}联络站" for place in range(3)}
    regions = gap_board(office, now=NOW, by="region", limit=1)
    assert len(regions.columns) == 1
    assert any("另有 1 个地区没有列出" in note for note in regions.notes)


def test_a_unit_that_never_wrote_has_a_column_of_nothing(office: Desk) -> None:
    made = gap_board(office, now=NOW, by="unit", only=("第0联络站", "第九联络站"))
    assert made.columns == ("第0联络站", "第九联络站")
    assert {each.cells[1].written for each in made.rows} == {0}
    assert {each.cells[1].size for each in made.rows} == {None}
    assert any("第九联络站" in note for note in made.notes)


def test_sectors_and_teams_that_nobody_has_leave_no_columns(office: Desk) -> None:
    for by in ("sector", "team"):
        made = gap_board(office, now=NOW, by=by)  # type: ignore[arg-type]
        assert (made.columns, len(made.rows)) == ((), 3)


def test_without_themes_it_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    made = gap_board(desk, now=NOW)
    assert (made.rows, made.documents) == ((), 0)
    assert any("themes import" in note for note in made.notes)
    early = gap_board(listed(desk, tmp_path, LIST), now=dt.date(2025, 6, 1))
    assert any("还没有开始" in note for note in early.notes)


def test_without_an_archive_all_is_a_gap_and_it_says_so(desk: Desk, tmp_path: Path) -> None:
    desk._encoder = Grams()
    made = gap_board(listed(desk, tmp_path, LIST), now=NOW)
    assert {each.standing for each in made.rows} == {"没有人写"}
    assert any("还没有材料" in note for note in made.notes)


def test_an_archive_that_ends_long_ago_is_told(office: Desk) -> None:
    made = gap_board(office, now=NOW + dt.timedelta(days=730))
    assert any("距今 2 年" in note for note in made.notes)
    assert any("已经到期" in note for note in made.notes)
    assert made.last == max(dt.date.fromisoformat(str(each["date"])) for each in rows())


def test_an_earlier_list_counts_what_was_written_in_its_time(office: Desk, tmp_path: Path) -> None:
    early, late = (dict(rows()[0], id=id, date=day) for id, day in (("E1", "2025-06-01"), ("E2", "2025-07-01")))
    fill(office, tmp_path, [early, late])
    listed(office, tmp_path, LIST.replace("2026-", "2025-"), "2025")
    old = gap_board(office, now=NOW, version="2025")
    assert row(old, "T1").gap.documents == ("E1", "E2")
    assert old.columns[-1] == "2025-12"
    assert old.now == dt.date(2025, 12, 31)
    assert not {"E1", "E2"} & set(row(gap_board(office, now=NOW), "T1").gap.documents)


def test_texts_without_a_date_are_told(office: Desk, tmp_path: Path) -> None:
    fill(office, tmp_path, [{**rows()[0], "id": "U1", "date": None}])
    made = gap_board(office, now=NOW)
    assert "U1" in row(made, "T1").gap.documents
    assert made.undated == 1
    assert any("1 篇没有日期" in note for note in made.notes)
