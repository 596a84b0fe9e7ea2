"""The time axis: months, put together into quarters or years where there are too many to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """One column: its months (YYYY-MM) and its name, such as 2025年3月, 2025年一季度, 2025年."""

    months: tuple[str, ...]
    name: str

    def short(self, every: int) -> str:
        """Return its name among others that are `every` periods apart: where these are whole years, 2025年."""
        return f"{self.name.partition('年')[0]}年" if every * len(self.months) % 12 == 0 else self.name

    @property
    def opens_year(self) -> bool:
        """Whether it begins in a January."""
        return self.months[0].endswith("-01")


def periods(series: Iterable[Iterable[tuple[str, int]]], most: int) -> tuple[Period, ...]:
    """Divide the time that some monthly series span into at most so many periods of equal length.

    :param most: more months than this become quarters, more quarters than this become years.
    """
    known = sorted({month for monthly in series for month, _ in monthly})
    if not known:
        return ()
    first, last = _number(known[0]), _number(known[-1])
    for length in (1, 3):
        # A quarter begins where the calendar's does, so that figures compare from year to year.
        begin = first - first % length
        if (last - begin) // length < most:
            return tuple(_period(month, length) for month in range(begin, last + 1, length))
    return tuple(_period(month, 12) for month in range(first - first % 12, last + 1, 12))


def summed(monthly: Iterable[tuple[str, int]], axis: Iterable[Period]) -> list[int]:
    """Count a series by period; months that it does not have count as none."""
    counted: Counter[str] = Counter()
    for month, count in monthly:
        counted[month] += count
    return [sum(counted[month] for month in period.months) for period in axis]


def ticks(axis: Iterable[Period], every: int) -> list[int]:
    """List the columns to be named, `every` apart, so that years and their round parts begin there."""
    numbers = [_number(period.months[0]) // len(period.months) for period in axis]
    found = [place for place, number in enumerate(numbers) if number % every == 0]
    return [0, *found] if not found or found[0] >= every else found


def _period(first: int, length: int) -> Period:
    months = tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, first + length))
    year, month = first // 12, first % 12
    match length:
        case 1:
            name = f"{year}年{month + 1}月"
        case 3:
            name = f"{year}年{_QUARTERS[month // 3]}季度"
        case _:
            name = f"{year}年"
    return Period(months, name)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1
