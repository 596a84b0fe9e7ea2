from __future__ import annotations

import numpy as np

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.weighing import document_vectors


def _random(seed: int, rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.float16]]:
    return unit_rows(np.random.default_rng(seed).normal(size=(rows, 32))).astype(np.float16)


def test_what_stands_in_every_text_does_not_count() -> None:
    stock = _random(99, 6)
    ids = [f"d{i}" for i in range(12)]
    own = [_random(i, 3) for i in range(12)]
    wrapped = document_vectors(ids, [np.vstack([each, stock]) for each in own])
    plain = document_vectors(ids, own)
    assert (wrapped * plain).sum(axis=1).min() > 0.97


def test_no_documents_no_vectors() -> None:
    assert document_vectors([], []).shape[0] == 0
