"""Search of a draft's passages at once: our pass over faiss's vectors against faiss's own search as it comes."""

from __future__ import annotations

import faiss
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from tests.benchmarks.race import race, table
from xiansuo.index.flat import FlatIndex

pytestmark = pytest.mark.benchmark

_ROWS, _DIMENSION, _BATCH, _NEAREST, _FLOOR = 20_000, 256, 40, 10, 1.5


def test_batch_search() -> None:
    random = np.random.default_rng(7)

    def units(rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        made = random.standard_normal((rows, _DIMENSION), dtype=np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    index = FlatIndex("benchmark@0", _DIMENSION)
    index.put(1, units(_ROWS), "benchmark@0")
    queries = units(_BATCH)
    assert len(index) == _ROWS
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # threads that wait would count as work
    try:
        with threadpool_limits(1, user_api="blas"):
            hits = index.search(queries, _NEAREST, model=index.model)
            _, default = index._index.search(queries, _NEAREST)
            assert (index._keys[default] % (1 << 16) == hits.ordinals).all()
            seconds = race(
                {
                    f"faiss as it comes (BLAS from {faiss.cvar.distance_compute_blas_threshold} queries)": lambda: (
                        index._index.search(queries, _NEAREST)
                    ),
                    "FlatIndex, scored again": lambda: index.search(queries, _NEAREST, model=index.model),
                },
                rounds=15,
            )
    finally:
        faiss.omp_set_num_threads(threads)
    before, after = seconds.values()
    table(f"Search, {_BATCH} queries among {_ROWS:,} x {_DIMENSION}", seconds, next(iter(seconds)))
    assert before / after > _FLOOR
