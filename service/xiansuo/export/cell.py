"""A topic's circle with its name: inside where it fits, else below, both held by one round cell."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.export.lettering import Lines, ems, in_circle, in_width, shortened
from xiansuo.export.packing import Circle, around

_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.5)
_BELOW = 11.0
_LONGEST, _MOST_LINES = 24, 4
_RIM, _GAP = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell around the origin: its radius, the topic's circle in it, the name in lines around `at`, its middle.

    Without a name there is no room for it, and the circle is the cell.
    """

    radius: float
    disc: Circle
    name: Lines | None
    at: tuple[float, float]


def cell(name: str, radius: float, *, below: bool) -> Cell:
    """Make the smallest cell for a circle of a radius.

    :param below: a name that does not fit into the circle is written below it; else it is left out.
    """
    disc = Circle(0.0, 0.0, radius)
    inside = in_circle(name, radius - _RIM, _SIZES)
    if inside or not below or not name.strip():
        return Cell(radius, disc, inside, (0.0, 0.0))
    return min((_below(name, count, disc) for count in range(1, _MOST_LINES + 1)), key=lambda made: made.radius)


def _below(name: str, count: int, disc: Circle) -> Cell:
    name = shortened(name, _LONGEST)
    lines = in_width(name, (ems(name) / count + (1 if count > 1 else 0)) * _BELOW, _BELOW, count)
    half, top = lines.width / 2, disc.r + _GAP
    bottom = top + lines.height
    corners = [Circle(side, y, 0.0) for side in (-half, half) for y in (top, bottom)]
    whole = around([disc, *corners])
    return Cell(whole.r, disc.moved(-whole.x, -whole.y), lines, (-whole.x, (top + bottom) / 2 - whole.y))
