"""Circles lie side by side, near together, and the same ones lie where they lay before."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.export.packing import Circle, around, pack

RADII = st.lists(st.floats(1, 60), max_size=30)


def distance(one: Circle, other: Circle) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


@given(RADII, st.floats(0, 8), st.sampled_from((0.0, 0.7, 1.0, 2.4)), st.sampled_from((125.0, 400.0, math.inf)))
def test_no_circle_overlaps_another_or_leaves_the_width(
    radii: list[float], gap: float, stretch: float, width: float
) -> None:
    placed = pack(radii, gap=gap, stretch=stretch, width=width)
    assert [circle.r for circle in placed] == radii
    for i, one in enumerate(placed):
        assert abs(one.x) + one.r <= width / 2 + 1e-6
        for other in placed[:i]:
            assert distance(one, other) >= one.r + other.r + gap - 1e-6


@given(RADII)
def test_the_same_circles_lie_in_the_same_places(radii: list[float]) -> None:
    assert pack(radii, gap=1) == pack(radii, gap=1)
    placed = {(circle.x, circle.y, circle.r) for circle in pack(radii)}
    assert placed == {(circle.x, circle.y, circle.r) for circle in pack(radii[::-1])}


@pytest.mark.parametrize("count", [7, 60, 200])
def test_circles_lie_close_together(count: int) -> None:
    placed = pack([10.0] * count)
    assert count * 100 / around(placed).r ** 2 > 0.68


def test_stretched_they_lie_flat_and_falling_they_lie_below_the_first() -> None:
    flat = pack([10.0] * 60, stretch=2.4)
    assert max(c.x for c in flat) > 1.5 * max(c.y for c in flat)
    falling = pack([9.0, *[8.0] * 40], stretch=0, width=80)
    assert min(c.y - c.r for c in falling) >= -9 - 1e-6
    assert around(falling).r > 60


@given(st.lists(st.builds(Circle, st.floats(-90, 90), st.floats(-90, 90), st.floats(0, 40)), min_size=1, max_size=20))
def test_the_circle_around_holds_all_and_is_hardly_wider_than_it_must_be(circles: list[Circle]) -> None:
    whole = around(circles)
    assert all(distance(whole, each) + each.r <= whole.r + 1e-6 for each in circles)
    least = max((distance(a, b) + a.r + b.r) / 2 for a in circles for b in circles)
    # The smallest circle around any flat figure is at most 2 / √3 times as wide as the figure.
    assert whole.r <= max(least, max(each.r for each in circles)) * 2 / math.sqrt(3) * 1.02 + 1e-6


def test_around_nothing_there_is_nothing() -> None:
    assert around([]).r == 0
    assert pack([]) == ()
