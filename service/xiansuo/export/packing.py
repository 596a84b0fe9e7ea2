"""Circles side by side: none overlaps another, the same radii give the same places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = 80
_AT_ONCE = 128
# Candidates touch two circles by construction; what rounding takes away is not an overlap.
_SLACK = 1e-7


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle; y grows downwards."""

    x: float
    y: float
    r: float

    def moved(self, x: float, y: float) -> Circle:
        """Return the circle shifted."""
        return Circle(self.x + x, self.y + y, self.r)


def pack(
    radii: Sequence[float], *, gap: float = 0.0, stretch: float = 1.0, width: float = math.inf
) -> tuple[Circle, ...]:
    """Place circles around the origin, large ones first, each as near to it as it fits.

    :param radii: one positive radius a circle; the answer is in the same order.
    :param gap: the least distance between two circles.
    :param stretch: how much wider than high the whole may grow; 0: it grows downwards from the first circle.
    :param width: no circle reaches beyond half of this to the left or right (one that is wider stands in the middle).
    """
    order = sorted(range(len(radii)), key=lambda i: (-radii[i], i))
    placed = np.zeros((0, 3))
    for i in order:
        x, y = _nearest(placed, radii[i], gap, stretch, width / 2)
        placed = np.vstack((placed, (x, y, radii[i])))
    found = dict(zip(order, placed.tolist(), strict=True))
    return tuple(Circle(*found[i]) for i in range(len(radii)))


def around(circles: Sequence[Circle]) -> Circle:
    """Return a circle that holds all the given ones, at most about a hundredth wider than the smallest."""
    if not circles:
        return Circle(0.0, 0.0, 0.0)
    x = (min(each.x - each.r for each in circles) + max(each.x + each.r for each in circles)) / 2
    y = (min(each.y - each.r for each in circles) + max(each.y + each.r for each in circles)) / 2
    best = Circle(x, y, _reach(x, y, circles)[0])
    for step in range(1, _STEPS):
        _, far = _reach(x, y, circles)
        distance = math.sqrt((far.x - x) ** 2 + (far.y - y) ** 2)
        if not distance:
            break
        # Towards the point of the farthest circle that lies farthest away, ever more carefully.
        x += (far.x + (far.x - x) / distance * far.r - x) / (step + 2)
        y += (far.y + (far.y - y) / distance * far.r - y) / (step + 2)
        reach, _ = _reach(x, y, circles)
        if reach < best.r:
            best = Circle(x, y, reach)
    return best


def _reach(x: float, y: float, circles: Sequence[Circle]) -> tuple[float, Circle]:
    return max(
        ((math.sqrt((each.x - x) ** 2 + (each.y - y) ** 2) + each.r, each) for each in circles),
        key=lambda pair: pair[0],
    )


def _nearest(
    placed: NDArray[np.float64], radius: float, gap: float, stretch: float, half: float
) -> tuple[float, float]:
    if not len(placed):
        return 0.0, 0.0
    top = -placed[0, 2]
    rings = placed.copy()
    rings[:, 2] += radius + gap
    wall = max(half - radius, 0.0)
    x, y = (np.concatenate(part) for part in zip(_between(rings), _at_wall(rings, wall), _beside(rings), strict=True))
    inside = np.abs(x) <= wall + _SLACK
    x, y = x[inside], y[inside]
    # 9 digits: mirror images are equally near, and the same one is taken everywhere. Lower ones first.
    nearness = np.round((x / stretch) ** 2 + y**2 if stretch else np.where(y - radius < top - _SLACK, np.inf, y), 9)
    order = np.lexsort((x, -y, nearness))[: np.isfinite(nearness).sum()]
    x, y = x[order], y[order]
    for start in range(0, len(x), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        apart = (rings[:, :1] - x[some]) ** 2 + (rings[:, 1:2] - y[some]) ** 2
        free = (apart >= (rings[:, 2:] - _SLACK) ** 2).all(axis=0)
        if free.any():
            best = start + int(free.argmax())
            return float(x[best]), float(y[best])
    raise AssertionError("below the lowest circle there is always room")  # pragma: no cover


def _between(rings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the points where two rings cross: there a circle touches both."""
    first, second = np.triu_indices(len(rings), 1)
    a, b = rings[first], rings[second]
    dx, dy = b[:, 0] - a[:, 0], b[:, 1] - a[:, 1]
    square = dx**2 + dy**2
    crossing = (square < (a[:, 2] + b[:, 2]) ** 2) & (square > 0)
    a, b, dx, dy, square = a[crossing], b[crossing], dx[crossing], dy[crossing], square[crossing]
    along = (square + a[:, 2] ** 2 - b[:, 2] ** 2) / (2 * square)
    across = np.sqrt(np.maximum(a[:, 2] ** 2 / square - along**2, 0))
    x, y = a[:, 0] + along * dx, a[:, 1] + along * dy
    return np.concatenate((x - across * dy, x + across * dy)), np.concatenate((y + across * dx, y - across * dx))


def _at_wall(rings: NDArray[np.float64], wall: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the points where a ring meets the walls, for centres at `wall` to the left and right."""
    if math.isinf(wall):
        return np.zeros(0), np.zeros(0)
    found_x, found_y = [], []
    for side in (-wall, wall):
        rest = rings[:, 2] ** 2 - (side - rings[:, 0]) ** 2
        met = rings[rest >= 0]
        height = np.sqrt(rest[rest >= 0])
        found_x += [np.full(2 * len(met), side)]
        found_y += [np.concatenate((met[:, 1] - height, met[:, 1] + height))]
    return np.concatenate(found_x), np.concatenate(found_y)


def _beside(rings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the points right and left of, below and above each ring's middle."""
    x, y, r = rings.T
    return np.concatenate((x + r, x - r, x, x)), np.concatenate((y, y, y + r, y - r))
