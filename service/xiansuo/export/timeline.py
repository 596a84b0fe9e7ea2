"""The timeline: the hottest topics as rows, time as columns, a bar for the documents of each period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.export.drawing import Box, Drawing, Group, Shape, Words, moved
from xiansuo.export.lettering import Lines, ems, in_width
from xiansuo.export.months import Period, periods, summed, ticks
from xiansuo.export.palette import GREY, INK, RULE, Look, looks
from xiansuo.export.picture import Picture, Ranked, ranked

ROWS = 25
"""How many topics are drawn, hottest first."""

_COLUMNS = 48
_STEPS = {1: (1, 2, 3, 6, 12, 24), 3: (1, 2, 4, 8, 16, 40), 12: (1, 2, 5, 10, 20)}
_NAME, _SMALL, _AXIS = 13.0, 11.0, 11.0
_AXIS_HEIGHT, _APART = 24.0, 10.0
_BAND, _GRID = "#f6f7f9", "#e3e7ec"
_TALLEST, _LOWEST, _BROADEST = 28.0, 2.0, 40.0
_ROOM_FOR_COUNTS = 20.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand in a row: bars from `left` to `right`, names in `names` pixels, rows of `height`."""

    width: float
    left: float
    right: float
    names: float
    height: float
    stacked: bool


def shown(picture: Picture) -> list[Ranked]:
    """List the topics that the timeline draws: the hottest with dated documents."""
    return [each for each in ranked(picture) if any(count for _, count in each.topic.monthly)][:ROWS]


def columns(picture: Picture) -> tuple[Period, ...]:
    """Return the time axis: months, or quarters or years where the topics reach far back."""
    return periods((each.topic.monthly for each in shown(picture)), _COLUMNS)


def timeline(picture: Picture, width: float) -> Drawing:
    """Draw the timeline `width` pixels wide; below 640 each name stands above its bars."""
    rows = shown(picture)
    axis = columns(picture)
    if not rows:
        return Drawing(0.0, 0.0, ())
    plan = _plan(width)
    counts = [summed(each.topic.monthly, axis) for each in rows]
    most = max(map(max, counts))
    look = looks(picture)
    bottom = _AXIS_HEIGHT + plan.height * len(rows)
    groups = [Group(tuple(_bands(plan, len(rows)) + _grid(plan, axis, bottom)))]
    for place, (each, row) in enumerate(zip(rows, counts, strict=True)):
        topic = each.topic
        how = look.get(topic.standing, look[""])
        top = _AXIS_HEIGHT + plan.height * place
        shapes = _head(plan, each, how, top) + _bars(plan, axis, row, most, how, top + plan.height)
        groups.append(Group(tuple(shapes), topic.id, f"{topic.name}：{topic.size} 篇，{topic.voices} 人"))
    return Drawing(width, round(bottom + _AXIS_HEIGHT, 2), moved(groups, 0, 0))


def _plan(width: float) -> _Plan:
    if width < 640:
        return _Plan(width, 4, width - 4, width - 38, 70, True)
    return _Plan(width, 290, width - 104, 196, 46, False)


def _bands(plan: _Plan, count: int) -> list[Shape]:
    return [Box(0, _AXIS_HEIGHT + plan.height * place, plan.width, plan.height, _BAND) for place in range(0, count, 2)]


def _grid(plan: _Plan, axis: Sequence[Period], bottom: float) -> list[Shape]:
    """Draw the time axis above and below, and a line where a year begins."""
    column = (plan.right - plan.left) / len(axis)
    shapes: list[Shape] = [
        Box(plan.left + place * column, _AXIS_HEIGHT, 1, bottom - _AXIS_HEIGHT, _GRID)
        for place, period in enumerate(axis)
        if period.opens_year
    ]
    step = _step(axis, column)
    for place in ticks(axis, step):
        x, name = plan.left + place * column, axis[place].short(step)
        needed = ems(name) * _AXIS
        if x + needed > plan.width:
            continue
        # Where a column is as wide as its name, the name stands in its middle, else where it begins.
        middle = column >= needed + _APART
        for y in (_AXIS_HEIGHT - 8, bottom + 16):
            shapes.append(
                Words(x + (column / 2 if middle else 1), y, name, _AXIS, GREY, "middle" if middle else "start")
            )
    return shapes


def _step(axis: Sequence[Period], column: float) -> int:
    """Return after how many columns the next name has room."""
    steps = _STEPS[len(axis[0].months)]
    for step in steps:
        if step * column >= max(ems(period.short(step)) for period in axis) * _AXIS + _APART:
            return step
    return steps[-1]


def _head(plan: _Plan, each: Ranked, how: Look, top: float) -> list[Shape]:
    """Write a row's place, name, standing and counts."""
    topic = each.topic
    middle = top + (15 if plan.stacked else plan.height / 2)
    counts = f"{topic.size} 篇 {topic.voices} 人"
    pill = ems(topic.standing) * _SMALL + 10 if topic.standing else 0.0
    room = plan.names - (ems(counts) * 12 + 8 + pill + 8 if plan.stacked else 0)
    name = in_width(topic.name, room, _NAME, 1 if plan.stacked else 2)
    shapes: list[Shape] = [_line(str(each.place), 22, middle, _SMALL, GREY, end=True)]
    shapes += [Words(30, y, line, name.size, INK) for line, y in zip(name.lines, name.baselines(middle), strict=True)]
    if topic.standing:
        x = (30 + name.width + 8) if plan.stacked else 236.0
        shapes += [
            Box(x, middle - 9, pill, 18, how.fill),
            Words(x + pill / 2, middle + 0.36 * _SMALL, topic.standing, _SMALL, INK, "middle"),
        ]
    shapes.append(_line(counts, plan.width - 8, middle, 12.0, GREY, end=True))
    return shapes


def _bars(
    plan: _Plan, axis: Sequence[Period], counts: Sequence[int], most: int, how: Look, bottom: float
) -> list[Shape]:
    column = (plan.right - plan.left) / len(axis)
    broad = min(column * 0.74, _BROADEST)
    floor = bottom - 4
    shapes: list[Shape] = [Box(plan.left, floor, plan.right - plan.left, 1, RULE)]
    peak = max(range(len(counts)), key=lambda place: (counts[place], place))
    told_all = column >= _ROOM_FOR_COUNTS
    for place, count in enumerate(counts):
        if count:
            # By the square root: beside one great wave the many small ones would be flat.
            height = round(max(_TALLEST * math.sqrt(count / most), _LOWEST), 2)
            x = plan.left + (place + 0.5) * column
            told = f"{axis[place].name}：{count} 篇"
            shapes.append(Box(x - broad / 2, floor - height, round(broad, 2), height, how.bar, told))
            if told_all or place == peak:
                shapes.append(Words(x, floor - height - 2, str(count), 10.0, GREY, "middle"))
    return shapes


def _line(text: str, x: float, middle: float, size: float, colour: str, *, end: bool) -> Words:
    y = Lines((text,), size).baselines(middle)[0]
    return Words(x, y, text, size, colour, "end" if end else "start")
