from __future__ import annotations

import datetime as dt

import pytest

from xiansuo.recommend.cards.lapses import for_long, months


@pytest.mark.parametrize(
    ("since", "now", "count", "said"),
    [
        ("2026-01-31", "2026-02-28", 0, "0 个月"),
        ("2026-01-15", "2026-02-15", 1, "1 个月"),
        ("2024-11-02", "2026-11-01", 23, "1 年 11 个月"),
        ("2024-11-01", "2026-11-01", 24, "2 年"),
        ("2026-11-01", "2026-01-01", 0, "0 个月"),
    ],
)
def test_only_whole_months_count(since: str, now: str, count: int, said: str) -> None:
    told = months(dt.date.fromisoformat(since), dt.date.fromisoformat(now))
    assert (told, for_long(told)) == (count, said)
