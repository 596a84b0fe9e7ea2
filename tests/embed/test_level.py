"""The level of cosines is brought back, and no more than that."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from xiansuo.embed.level import common_part
from xiansuo.embed.rows import unit_rows


def level(rows: NDArray[np.float32]) -> float:
    cosines = unit_rows(rows) @ unit_rows(rows).T
    return float(cosines[~np.eye(len(rows), dtype=bool)].mean())


def texts(common: float, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(400, 24))
    rows[:, 3] += common
    return rows.astype(np.float32)


def test_texts_at_random_are_as_near_as_before() -> None:
    before, after = texts(2.5, 0), texts(0, 1)
    assert level(after) < 0.02 < 0.15 < level(before)
    assert level(after + common_part(before, after)) == pytest.approx(level(before), abs=1e-4)


def test_the_nearest_text_stays_the_nearest() -> None:
    before, after = texts(2.5, 0), texts(0, 1)
    twins = after + np.float32(0.3) * texts(0, 2)
    common = common_part(before, after)
    cosines = unit_rows(after + common) @ unit_rows(twins + common).T
    assert (cosines.argmax(axis=1) == np.arange(len(after))).all()


def test_a_level_that_did_not_sink_is_left_alone() -> None:
    assert not common_part(texts(0.5, 0), texts(2.5, 1)).any()


def test_texts_without_a_known_word_do_not_count() -> None:
    before, after = texts(2.5, 0), texts(0, 1)
    nothing = np.zeros((50, 24), dtype=np.float32)
    padded = common_part(np.vstack([before, nothing]), np.vstack([after, nothing]))
    assert padded == pytest.approx(common_part(before, after), abs=1e-5)
