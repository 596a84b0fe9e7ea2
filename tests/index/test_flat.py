"""Exact search: the answer is brute force's, whatever the order of arrival."""

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiansuo.errors import ModelMismatch
from xiansuo.index.flat import FlatIndex, keys_path

MODEL, DIMENSION = "m@1", 8


def matrix(seed: int, rows: int = 3) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def filled(numbers: list[int]) -> FlatIndex:
    index = FlatIndex(MODEL, DIMENSION)
    for number in numbers:
        index.put(number, matrix(number % 7), MODEL)  # some documents are copies of others
    return index


@given(st.permutations(range(1, 30)), st.sets(st.integers(1, 29)), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_search_is_brute_force_in_any_order(numbers: list[int], gone: set[int], k: int) -> None:
    index = filled(numbers)
    index.delete(gone)
    queries = matrix(100, 9)
    left = sorted(set(numbers) - gone)
    for allowed in (None, left[::2]):
        hits = index.search(queries, k, model=MODEL, allowed=allowed)
        pool = left if allowed is None else allowed
        for row, query in enumerate(queries):
            scored = sorted(
                (-round(float(vector.astype(np.float64) @ query.astype(np.float64)), 6), number, ordinal)
                for number in pool
                for ordinal, vector in enumerate(matrix(number % 7))
            )[:k]
            assert hits.numbers[row, : len(scored)].tolist() == [number for _, number, _ in scored]
            assert hits.ordinals[row, : len(scored)].tolist() == [ordinal for *_, ordinal in scored]
            assert np.allclose(hits.scores[row, : len(scored)], [-score for score, *_ in scored], atol=2e-6)
            assert (hits.numbers[row, len(scored) :] == -1).all()


def test_threads_change_nothing() -> None:
    index = filled(list(range(1, 400)))
    before = faiss.omp_get_max_threads()
    try:
        answers = []
        for threads in (1, 2):
            faiss.omp_set_num_threads(threads)
            hits = index.search(matrix(5, 40), 20, model=MODEL)
            answers.append((hits.numbers.tobytes(), hits.ordinals.tobytes(), hits.scores.tobytes()))
    finally:
        faiss.omp_set_num_threads(before)
    assert answers[0] == answers[1]


def test_a_document_put_again_has_only_its_new_passages() -> None:
    index = filled([1, 2])
    index.put(1, matrix(50, 2), MODEL)
    index.put(1, matrix(51, 1), MODEL)
    assert len(index) == 4
    assert index.search(matrix(51, 1), 1, model=MODEL).numbers.tolist() == [[1]]
    index.delete([1, 99])
    index.put(1, matrix(52, 1), MODEL)
    assert len(index) == 4


def test_an_empty_index_answers_nothing() -> None:
    hits = FlatIndex(MODEL, DIMENSION).search(matrix(1), 5, model=MODEL)
    assert (hits.numbers == -1).all()
    assert filled([1]).search(matrix(1), 2, model=MODEL, allowed=[]).numbers.max() == -1


def test_vectors_of_another_model_are_refused() -> None:
    index = filled([1])
    with pytest.raises(ModelMismatch):
        index.put(2, matrix(2), "other@2")
    with pytest.raises(ModelMismatch):
        index.search(matrix(2), 1, model="other@2")


def test_it_comes_back_from_disk(tmp_path: Path) -> None:
    index = filled([1, 2, 3])
    path = tmp_path / "v.faiss"
    index.save(path)
    again = FlatIndex.load(path, MODEL, DIMENSION)
    mine, theirs = (i.search(matrix(9), 4, model=MODEL) for i in (index, again))
    assert mine.numbers.tobytes() == theirs.numbers.tobytes()
    np.save(keys_path(path), np.zeros(2, np.int64))
    with pytest.raises(ValueError, match="do not fit"):
        FlatIndex.load(path, MODEL, DIMENSION)
    path.write_bytes(b"junk")
    with pytest.raises(ValueError, match="not a readable index"):
        FlatIndex.load(path, MODEL, DIMENSION)


def test_spread_counts_every_document_however_many() -> None:
    index = FlatIndex(MODEL, DIMENSION)
    stock, own = matrix(1, 1), matrix(2, 1)
    for number in range(1, 300):
        index.put(number, np.vstack([stock, stock]), MODEL)
    index.put(300, own, MODEL)
    assert index.spread(np.vstack([stock, own]), 0.95).tolist() == [299, 1]
    assert index.spread(stock, 0.95, allowed=[1, 2, 300]).tolist() == [2]
