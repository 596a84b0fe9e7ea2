"""How well an encoder finds the rest of a document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from xiansuo.embed.ranks import finding, gain, ranks

from .test_quality import Angles


class Blind:
    """Tells nothing apart."""

    id = "blind@0"
    dimension = 2

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 2), dtype=np.float32) / np.float32(2**0.5)


def test_the_nearest_text_has_rank_one() -> None:
    pool = ["0", "40", "80"]
    assert ranks(Angles(), ["5", "5", "70"], [0, 1, 0], pool).tolist() == [1, 2, 3]


def test_copies_of_the_wanted_text_do_not_count_against_it() -> None:
    assert ranks(Angles(), ["5"], [1], ["0", "0", "80"]).tolist() == [1]


def test_an_encoder_that_tells_nothing_apart_finds_nothing() -> None:
    assert ranks(Blind(), ["a", "b"], [0, 2], ["a", "b", "c"]).tolist() == [3, 3]


def test_measures_sum_up_ranks() -> None:
    summed = finding(np.array([1, 2, 4]), among=9)
    assert (summed.questions, summed.among) == (3, 9)
    assert summed.mrr == pytest.approx((1 + 0.5 + 0.25) / 3, abs=1e-4)
    assert summed.first == pytest.approx(1 / 3, abs=1e-4)
    assert summed.mean_rank == pytest.approx(7 / 3, abs=1e-2)


def test_a_gain_knows_how_sure_it_is() -> None:
    before, after = np.array([2, 2, 2, 2]), np.array([1, 1, 1, 2])
    mean, error = gain(before, after)
    assert mean == pytest.approx(0.375)
    assert error == pytest.approx(0.125)
    assert gain(before, before) == (0, 0)
