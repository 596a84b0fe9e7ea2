"""One pass over many vectors: nothing that belongs in an answer is left out, however the blocks fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from xiansuo.index import flat, scan
from xiansuo.index.flat import FlatIndex

MODEL, DIMENSION = "m@1", 8


def units(seed: int, rows: int) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few rows, so that small archives have many."""
    monkeypatch.setattr(scan, "_PRODUCTS", 1)
    monkeypatch.setattr(scan, "_FEWEST_ROWS", 7)
    monkeypatch.setattr(scan, "_FIRST", 2)


@given(seed=st.integers(0, 50), rows=st.integers(0, 60), k=st.integers(0, 9), modulus=st.integers(1, 5))
@settings(max_examples=80)
def test_all_that_can_be_nearest_and_all_that_is_near(seed: int, rows: int, k: int, modulus: int) -> None:
    matrix, queries = units(seed, rows), units(seed + 1, 3)
    aside = np.arange(rows) % modulus == 1
    k = min(k, int((~aside).sum()))
    seen = scan.scan(matrix, queries, k, aside=aside, cosine=0.5)
    for query, nearest, scores, near in zip(queries, seen.nearest, seen.scores, seen.near, strict=True):
        cosines = matrix @ query
        best = np.flatnonzero(~aside)[np.argsort(-cosines[~aside], kind="stable")[:k]]
        assert set(best.tolist()) <= set(nearest.tolist())
        assert not aside[nearest].any()
        assert scores == pytest.approx(cosines[nearest], abs=1e-6)
        assert near.tolist() == np.flatnonzero(cosines >= 0.5).tolist()


def test_given_rows_alone_are_looked_at() -> None:
    matrix, rows = units(1, 40), np.arange(3, 40, 4)
    seen = scan.scan(matrix, units(2, 2), 4, rows=rows, cosine=-1.0)
    assert [each.tolist() for each in seen.near] == [rows.tolist()] * 2
    assert all(set(each.tolist()) <= set(rows.tolist()) for each in seen.nearest)


def test_one_pass_answers_as_two() -> None:
    index = FlatIndex(MODEL, DIMENSION)
    for number in range(1, 80):
        index.put(number, units(number % 11, 3), MODEL)
    queries, allowed = units(5, 9), list(range(2, 80, 2))
    for some in (None, allowed, allowed[:3], []):
        hits, spread = index.around(queries, 6, 0.8, model=MODEL, allowed=some)
        apart = index.search(queries, 6, model=MODEL, allowed=some)
        assert hits.numbers.tolist() == apart.numbers.tolist()
        assert hits.ordinals.tolist() == apart.ordinals.tolist()
        assert hits.scores.tolist() == apart.scores.tolist()
        assert spread.tolist() == index.spread(queries, 0.8).tolist()
        left, _ = index.around(queries, 6, 0.8, model=MODEL, allowed=some, without=[4, 7])
        others = [number for number in some or range(1, 80) if number not in (4, 7)] if some != [] else []
        assert left.numbers.tolist() == index.search(queries, 6, model=MODEL, allowed=others).numbers.tolist()


@pytest.mark.parametrize(("apart", "equal"), [(0.05, False), (1e-4, True)])
def test_of_a_sentence_in_very_many_documents_the_first_ones_are_given(apart: float, equal: bool) -> None:
    """A sentence that is a hair's breadth away scores the same and counts as the same, but is another vector."""
    stock = units(1, 1)
    almost = (stock + apart * units(2, 1)) / np.linalg.norm(stock + apart * units(2, 1))
    index = FlatIndex(MODEL, DIMENSION)
    for number in range(300, 0, -1):
        index.put(number, np.vstack([units(number + 10, 1) * 0.5, stock if number % 3 else almost]), MODEL)
    best = [number for number in range(1, 301) if number % 3 or equal]
    assert len(best) > 6 * flat._MANY
    for k, allowed in ((6, None), (6, range(90, 301)), (150, None)):
        (found,) = index.search(stock, k, model=MODEL, allowed=allowed).numbers.tolist()
        assert found == [number for number in best if allowed is None or number in allowed][:k]
    (every,) = index.search(stock, 250, model=MODEL).numbers.tolist()
    assert every == [*best, *(number for number in range(1, 301) if number not in best)][:250]
