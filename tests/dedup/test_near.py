"""The exact join finds every near pair, as comparing each with each would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from xiansuo.dedup.near import near_groups, near_pairs, same_rows, spread
from xiansuo.dedup.pairs import united


def vectors(rows: int, dimension: int, seed: int, *, spectrum: float = 0.0) -> NDArray[np.float32]:
    """Rows of length 1 of which half are near copies of others, some equal and some empty."""
    random = np.random.default_rng(seed)
    made = random.standard_normal((rows, dimension)) * np.arange(1, dimension + 1) ** -spectrum
    half = rows // 2
    made[half:] = made[random.integers(0, half, rows - half)] + made[half:] * random.random((rows - half, 1)) * 0.7
    made[-3:] = made[:3]
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    made[5] = 0
    return np.asarray(made, dtype=np.float32)


def all_pairs(matrix: NDArray[np.float32], cosine: float) -> set[tuple[int, int]]:
    exact = np.round(matrix.astype(np.float64) @ matrix.astype(np.float64).T, 6)
    return {(int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(exact >= cosine, 1)), strict=True)}


@pytest.mark.parametrize("rows", [7, 79, 80, 81, 333, 1100])
@pytest.mark.parametrize(("dimension", "spectrum"), [(16, 0.0), (128, 0.0), (128, 1.0)])
@pytest.mark.parametrize("cosine", [0.5, 0.8, 0.95])
def test_no_pair_is_missed_and_none_invented(rows: int, dimension: int, spectrum: float, cosine: float) -> None:
    matrix = vectors(rows, dimension, rows, spectrum=spectrum)
    found = near_pairs(matrix, cosine)
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == all_pairs(matrix, cosine)
    assert len(found) == len(all_pairs(matrix, cosine))
    assert (found.score >= cosine).all()


@given(st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=20)
def test_slices_add_up_to_the_whole(one: int, other: int) -> None:
    matrix = vectors(300, 64, 4)
    cuts = sorted((0, one, other, 300))
    parts = [near_pairs(matrix, 0.8, rows=slice(a, b)) for a, b in zip(cuts, cuts[1:], strict=False)]
    whole, together = near_pairs(matrix, 0.8), united(*parts)
    assert (whole.left == together.left).all()
    assert (whole.right == together.right).all()
    assert (whole.score == together.score).all()


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_and_one_have_no_pairs(rows: int) -> None:
    matrix = np.ones((rows, 64), dtype=np.float32) / 8
    assert len(near_pairs(matrix, 0.5)) == 0
    assert near_groups(matrix, 0.5).tolist() == list(range(rows))


def test_groups_are_stars_around_the_first() -> None:
    matrix = vectors(400, 64, 9)
    home = near_groups(matrix, 0.9)
    near = all_pairs(matrix, 0.9)
    for row, head in enumerate(home.tolist()):
        assert home[head] == head
        assert head == row or (head, row) in near
    # Whoever is alone is near to nobody who stands for a group or for itself.
    heads = set(np.flatnonzero(home == np.arange(len(home))).tolist())
    assert not [pair for pair in near if pair[0] in heads and pair[1] in heads]


def test_a_row_without_direction_is_near_to_none() -> None:
    matrix = np.zeros((4, 64), dtype=np.float32)
    matrix[2:, 0] = 1
    assert near_groups(matrix, 0.5).tolist() == [0, 1, 2, 2]


def test_equal_rows_are_found_in_their_order() -> None:
    matrix = np.eye(3, dtype=np.float32)[[2, 0, 2, 1, 0]]
    first, kind = same_rows(matrix)
    assert (first.tolist(), kind.tolist()) == ([0, 1, 3], [0, 1, 0, 2, 1])


@given(st.integers(1, 40), st.integers(0, 5))
def test_spread_counts_owners_once(owners: int, seed: int) -> None:
    matrix = vectors(120, 32, seed)
    owner = np.random.default_rng(seed).integers(0, owners, len(matrix))
    exact = np.round(matrix.astype(np.float64) @ matrix.astype(np.float64).T, 6) >= 0.9
    np.fill_diagonal(exact, True)
    assert spread(matrix, owner, 0.9).tolist() == [len(set(owner[row].tolist())) for row in exact]
    assert spread(matrix[:0], owner[:0], 0.9).tolist() == []
