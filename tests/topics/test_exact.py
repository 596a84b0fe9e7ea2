from __future__ import annotations

import numpy as np

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.exact import LENGTH, cosines, whole


def test_products_are_exact_in_any_order_of_summing() -> None:
    made = whole(unit_rows(np.random.default_rng(5).normal(size=(40, 700))))
    shuffled = np.random.default_rng(6).permutation(700)
    right = cosines(made, made)
    assert np.array_equal(right, cosines(made[:, shuffled], made[:, shuffled]))
    exact = made.astype(np.int64) @ made.astype(np.int64).T
    assert np.array_equal(right, exact.astype(np.float32) * np.float32(1 / LENGTH**2))


def test_rounding_costs_little() -> None:
    vectors = unit_rows(np.random.default_rng(7).normal(size=(50, 256)))
    assert np.abs(cosines(whole(vectors), whole(vectors)) - vectors @ vectors.T).max() < 5e-4
