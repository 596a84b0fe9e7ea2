"""How long ago something was, in whole months and in words."""

from __future__ import annotations

import datetime as dt


def months(since: dt.date, now: dt.date) -> int:
    """Count whole months between two days."""
    return max(0, (now.year - since.year) * 12 + now.month - since.month - (now.day < since.day))


def for_long(count: int) -> str:
    """Put a number of months into words."""
    years, rest = divmod(count, 12)
    if not years:
        return f"{rest} 个月"
    return f"{years} 年" + (f" {rest} 个月" if rest else "")
