"""The bulletin on the screen, as JSON and as a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.usefixtures("at_demo")
def test_a_month_is_printed_and_given_to_programs(xiansuo: Run) -> None:
    ran = xiansuo("bulletin", "--month", "2026-10")
    assert ran.status == 0
    assert "2026 年 10 月通报" in ran.out
    data = xiansuo("bulletin", "--month", "2026-10", "--json").data
    assert data["all_year"]["reported"] == sum(row["year"]["reported"] for row in data["rows"]) > 0
    assert all(row["unit"] in ran.out for row in data["rows"][:5])


@pytest.mark.usefixtures("at_demo")
def test_a_month_is_saved(xiansuo: Run, tmp_path: Path) -> None:
    assert xiansuo("bulletin", "--month", "2026-10", "-o", tmp_path / "通报.xlsx").status == 0
    assert (tmp_path / "通报.xlsx").read_bytes()[:2] == b"PK"
    assert "只能存成 .xlsx" in xiansuo("bulletin", "-o", tmp_path / "通报.pdf").err


def test_an_empty_home_says_so(xiansuo: Run) -> None:
    assert "还没有报送" in xiansuo("bulletin").out
