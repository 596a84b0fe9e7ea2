"""Gaps by time, unit, region and the like: each column measured as the whole is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from xiansuo.recommend.gaps import Gap, Reported, measure
from xiansuo.records import WorkTheme

Step = Literal["month", "quarter"]

STALE_DAYS = 180
"""A theme whose latest text is older than so many days waits for a new one."""

_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme in one column: documents, adopted and answered ones, and the gap's size in 0..1.

    `size` is None where the column has no document on any theme: nothing can be said of one then.
    """

    written: int
    adopted: int
    answered: int
    size: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A theme's gap in all, its cells in order of the columns, and in words what is the matter with it."""

    gap: Gap
    cells: tuple[Cell, ...]
    standing: str


def rows(
    themes: Sequence[WorkTheme],
    found: Sequence[Reported],
    column_of: Mapping[str, str],
    columns: Sequence[str],
    now: dt.date,
) -> list[Row]:
    """Measure every theme's gap in all and in each column, the widest first.

    :param found: the documents that count.
    :param column_of: the column of documents by id; those of none count in all only.
    """
    parts: dict[str, list[Reported]] = defaultdict(list)
    for each in found:
        if each.id in column_of:
            parts[column_of[each.id]].append(each)
    measured = [{gap.theme.id: gap for gap in measure(themes, parts[column])} for column in columns]
    filled = [bool(parts[column]) for column in columns]
    made = []
    for gap in measure(themes, found):
        own = [gaps[gap.theme.id] for gaps in measured]
        cells = tuple(_cell(each, some) for each, some in zip(own, filled, strict=True))
        made.append(Row(gap, cells, standing(gap, now)))
    return made


def standing(gap: Gap, now: dt.date) -> str:
    """Say in words how a theme stands: 没有人写, 写了没有采用, 写得偏少, 采用偏少, 久未再写; empty: as it should."""
    if not gap.documents:
        return "没有人写"
    if not gap.adopted and gap.taken is not None and not gap.taken:
        return "写了没有采用"
    if gap.written < gap.asked:
        return "写得偏少"
    if gap.taken is not None and gap.taken < gap.asked:
        return "采用偏少"
    if gap.last is not None and (now - gap.last).days > STALE_DAYS:
        return "久未再写"
    return ""


def period_of(day: dt.date, step: Step) -> str:
    """Name the month or quarter of a day, so that names sort as time runs: 2026-03, 2026-Q1."""
    return f"{day:%Y-%m}" if step == "month" else f"{day.year}-Q{(day.month + 2) // 3}"


def periods(first: dt.date, last: dt.date, step: Step) -> list[str]:
    """List the months or quarters from one day to another, none left out."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return list(dict.fromkeys(period_of(dt.date(month // 12, month % 12 + 1, 1), step) for month in months))


def period_label(period: str) -> str:
    """Call a period by its Chinese name: 2026年3月, 2026年一季度."""
    year, _, part = period.partition("-")
    return f"{year}年{_QUARTERS[int(part[1]) - 1]}季度" if part.startswith("Q") else f"{year}年{int(part)}月"


def most_first(names: Iterable[str]) -> list[str]:
    """List different names, the most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    return sorted((name for name in counts if name), key=lambda name: (-counts[name], name))


def _cell(gap: Gap, some: bool) -> Cell:
    return Cell(len(gap.documents), gap.adopted, gap.answered, gap.size if some else None)
