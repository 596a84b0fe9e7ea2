"""What a list or a board says of its own limits: a list of themes that has ended, an archive that ends long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xiansuo.recommend.cards.lapses import for_long, months
from xiansuo.records import WorkTheme

_LONG_AGO = 365


def list_ended(themes: Sequence[WorkTheme], now: dt.date) -> str:
    """Say that a list of themes is over; empty where it is not, or one of them has no end."""
    ends = [theme.until for theme in themes]
    latest = max((end for end in ends if end is not None), default=None)
    if latest is None or None in ends or latest >= now:
        return ""
    return f"中心工作清单“{themes[0].version}”到 {latest} 已经到期"


def archive_ended(last: dt.date | None, now: dt.date) -> str:
    """Say that nothing came in for over a year; empty where something did, or nothing is dated.

    :param last: the latest day of a document up to now.
    """
    if last is None or (now - last).days <= _LONG_AGO:
        return ""
    return f"档案里最近的材料是 {last} 的，距今 {for_long(months(last, now))}"
