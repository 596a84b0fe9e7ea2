"""From which likeness on two groups are one matter: what pairs by chance hardly reach in an archive of this size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from xiansuo.topics.floor import floor


def chance(middle: float, spread: float) -> NDArray[np.float64]:
    return np.clip(np.random.default_rng(1).normal(middle, spread, 20_000), 0, 1)


def test_without_pairs_it_is_what_other_archives_showed() -> None:
    assert floor(np.zeros(0), 0) == floor(np.zeros(0), 1) == floor(np.zeros(0), 50)


def test_the_larger_an_archive_the_more_chance_brings_up() -> None:
    floors = [floor(chance(0.05, 0.04), count) for count in (50, 500, 5_000, 50_000)]
    assert floors == sorted(floors)
    assert floors[0] < floors[-1]


def test_where_pairs_by_chance_are_more_alike_more_is_asked_for() -> None:
    assert floor(chance(0.04, 0.04), 1_000) < floor(chance(0.08, 0.04), 1_000) < floor(chance(0.08, 0.05), 1_000)


@pytest.mark.parametrize("count", [60, 5_000])
def test_one_matter_that_is_most_of_an_archive_does_not_ask_too_much_of_itself(count: int) -> None:
    mixed = np.concatenate([chance(0.3, 0.1)[:16_000], chance(0.05, 0.04)[:4_000]])
    assert floor(mixed, count) <= floor(chance(0.09, 0.06), count) + 0.01


@given(st.lists(st.floats(0, 1), max_size=50), st.integers(0, 10**6))
def test_it_is_never_out_of_bounds(pairs: list[float], count: int) -> None:
    found = floor(np.array(pairs), count)
    assert 0.2 <= found <= 0.6
    assert found == round(found, 4)
