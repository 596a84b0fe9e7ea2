"""The monthly bulletin (月度通报): reported, adopted and instructed by unit, in points, against the year's targets."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xiansuo import artefacts
from xiansuo.desk import merging
from xiansuo.desk.desk import Desk
from xiansuo.desk.office import office
from xiansuo.records import Level
from xiansuo.records.points import Points
from xiansuo.store import mergings, outcomes
from xiansuo.store.outcomes import Outcome

NOBODY = "未写单位"


@dataclass(slots=True)
class Count:
    """What a unit reported and what became of reports, in a month or a year; `adopted` by level."""

    reported: int = 0
    adopted: dict[Level, int] = field(default_factory=dict)
    instructed: int = 0
    points: float = 0.0

    @property
    def adoptions(self) -> int:
        """Adoptions of all levels."""
        return sum(self.adopted.values())


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's month and its year so far; `target` reports are expected of it in the year, None where none was set.

    `rank` is the place by the year's points; units with as many share it.
    """

    rank: int
    unit: str
    month: Count
    year: Count
    target: int | None

    @property
    def share(self) -> float | None:
        """How much of the target was reported, 1.0 and more where it is reached; None without one."""
        return None if not self.target else self.year.reported / self.target


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The bulletin of a month, whose first day is `month`; most points of the year first, with the sums of all.

    `undated` reports have no date and stand in no month.
    """

    office: str
    month: dt.date
    points: Points
    rows: tuple[UnitRow, ...]
    all_month: Count
    all_year: Count
    undated: int


def shipped_points() -> Points:
    """Return the points that hold where an office has set none: `models/points`."""
    return Points.model_validate(tomllib.loads((artefacts.models() / "points" / "weights.toml").read_text("utf-8")))


def bulletin(desk: Desk, month: dt.date) -> Bulletin:
    """Count a month and the year up to its end.

    :param month: any day of it.
    """
    settled = office(desk)
    points = settled.points or shipped_points()
    with desk.database.read() as connection:
        found = list(outcomes.read(connection))
        heads = merging.heads(mergings.standing(connection))
    first = month.replace(day=1)
    months: dict[str, Count] = defaultdict(Count, {unit: Count() for unit in settled.targets})
    years: dict[str, Count] = defaultdict(Count, {unit: Count() for unit in settled.targets})
    for unit, day, credit in _credits(found, heads, points):
        if day.year == first.year and day < _next(first):
            _add(years[unit], credit)
            if day >= first:
                _add(months[unit], credit)
    order = sorted(years, key=lambda unit: (-years[unit].points, -years[unit].reported, unit))
    all_points = [years[unit].points for unit in order]
    rows = tuple(
        UnitRow(all_points.index(years[unit].points) + 1, unit, months[unit], years[unit], settled.targets.get(unit))
        for unit in order
    )
    undated = sum(each.date is None for each in found)
    return Bulletin(settled.name, first, points, rows, _sum(months.values()), _sum(years.values()), undated)


def _credits(found: list[Outcome], heads: Mapping[str, str], points: Points) -> Iterator[tuple[str, dt.date, Count]]:
    """Tell which unit is credited with what on which day."""
    merged: dict[str, set[str]] = defaultdict(set)
    for each in found:
        if each.id in heads:
            merged[heads[each.id]].add(each.unit or NOBODY)
    for each in found:
        unit = each.unit or NOBODY
        if each.date is not None:
            yield unit, each.date, Count(reported=1, points=points.reported)
        # Whoever's report became part of this one shares in what became of it.
        for credited in sorted({unit} | merged[each.id]):
            yield from ((credited, day, count) for day, count in _outcomes(each, points))


def _outcomes(each: Outcome, points: Points) -> Iterator[tuple[dt.date, Count]]:
    so_far = 0.0
    dated = [(adoption.date or each.date, adoption.level) for adoption in each.adoptions]
    for when, level in sorted((day, level) for day, level in dated if day is not None):
        worth = points.adopted.get(level, 0.0)
        if points.counted == "highest":
            # A higher level later adds only what it is worth more.
            worth, so_far = max(0.0, worth - so_far), max(so_far, worth)
        yield when, Count(adopted={level: 1}, points=worth)
    for instruction in each.instructions:
        day = instruction.date or each.date
        if day is not None:
            yield day, Count(instructed=1, points=points.instructed)


def _add(to: Count, more: Count) -> None:
    to.reported += more.reported
    to.instructed += more.instructed
    to.points = round(to.points + more.points, 6)
    for level, number in more.adopted.items():
        to.adopted[level] = to.adopted.get(level, 0) + number


def _sum(counts: Iterable[Count]) -> Count:
    total = Count()
    for each in counts:
        _add(total, each)
    return total


def _next(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)
