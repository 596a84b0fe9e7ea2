"""Time is divided so that it can be read, and nothing is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.export.months import periods, summed, ticks


def series(first: int, count: int) -> tuple[tuple[str, int], ...]:
    return tuple((f"{m // 12}-{m % 12 + 1:02d}", m % 5) for m in range(first, first + count))


@pytest.mark.parametrize(
    ("months", "columns", "first", "last"),
    [
        (6, 6, "2025年11月", "2026年4月"),
        (48, 48, "2025年11月", "2029年10月"),
        (120, 41, "2025年四季度", "2035年四季度"),
        (480, 41, "2025年", "2065年"),
    ],
)
def test_months_become_quarters_and_years(months: int, columns: int, first: str, last: str) -> None:
    axis = periods([series(2025 * 12 + 10, months)], 48)
    assert (len(axis), axis[0].name, axis[-1].name) == (columns, first, last)


@given(st.lists(st.tuples(st.integers(1990 * 12, 2026 * 12), st.integers(1, 90)), min_size=1, max_size=4))
def test_every_document_is_counted_once(spans: list[tuple[int, int]]) -> None:
    rows = [series(first, count) for first, count in spans]
    axis = periods(rows, 48)
    months = [month for period in axis for month in period.months]
    assert months == sorted(set(months))
    for row in rows:
        assert sum(summed(row, axis)) == sum(count for _, count in row)


def test_no_series_no_axis() -> None:
    assert periods([], 48) == ()
    assert periods([()], 48) == ()


def test_names_stand_where_years_begin() -> None:
    axis = periods([series(2024 * 12 + 10, 30)], 48)
    assert [axis[place].name for place in ticks(axis, 6)] == [
        "2025年1月", "2025年7月", "2026年1月", "2026年7月", "2027年1月",
    ]  # fmt: skip
    assert [axis[place].short(12) for place in ticks(axis, 12)] == ["2025年", "2026年", "2027年"]
    assert ticks(periods([series(2025 * 12 + 1, 9)], 48), 12) == [0]
