"""What stands in every text does not count, and later texts are weighed by the sample that was taken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.topics import weighing
from xiansuo.topics.weighing import Sample, chosen, document_vectors
from xiansuo.topics.weighing import sample_of as sample_from

IDS = [f"d{i:02d}" for i in range(12)]


def _random(seed: int, rows: int) -> NDArray[np.float16]:
    return unit_rows(np.random.default_rng(seed).normal(size=(rows, 32))).astype(np.float16)


STOCK = _random(99, 6)
OWN = [_random(i, 3) for i in range(12)]


def sample_of(ids: list[str], passages: list[NDArray[np.float16]]) -> Sample:
    known = dict(zip(ids, passages, strict=True))
    return sample_from(len(ids), {id: known[id] for id in chosen(ids)})


def vectors(ids: list[str], passages: list[NDArray[np.float16]]) -> NDArray[np.float32]:
    return document_vectors(ids, passages, sample_of(ids, passages))


def test_what_stands_in_every_text_does_not_count() -> None:
    wrapped = vectors(IDS, [np.vstack([each, STOCK]) for each in OWN])
    assert (wrapped * vectors(IDS, OWN)).sum(axis=1).min() > 0.97


def test_a_text_that_comes_later_is_weighed_as_if_it_had_been_there() -> None:
    wrapped = [np.vstack([each, STOCK]) for each in OWN]
    known = sample_of(IDS[:11], wrapped[:11])
    (late,) = document_vectors(IDS[11:], wrapped[11:], known)
    assert late @ document_vectors(IDS[11:], OWN[11:], sample_of(IDS, OWN))[0] > 0.95
    # And those that are there already are weighed as before, whatever comes with them.
    assert np.array_equal(document_vectors(IDS[:11], wrapped[:11], known), document_vectors(IDS, wrapped, known)[:11])


@given(st.permutations(range(12)))
def test_order_does_not_matter(order: list[int]) -> None:
    wrapped = [np.vstack([each, STOCK]) for each in OWN]
    here, there = sample_of(IDS, wrapped), sample_of([IDS[n] for n in order], [wrapped[n] for n in order])
    assert (here.documents, here.ids) == (there.documents, there.ids)
    assert np.array_equal(here.passages, there.passages)
    shuffled = document_vectors([IDS[n] for n in order], [wrapped[n] for n in order], there)
    assert np.array_equal(shuffled, document_vectors(IDS, wrapped, here)[order])


def test_of_a_large_archive_much_the_same_documents_are_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "_SAMPLE", 20)
    ids = [f"e{n:03d}" for n in range(110)]
    passages = [_random(1_000 + n, 1) for n in range(110)]
    before, after = sample_of(ids[:100], passages[:100]), sample_of(ids, passages)
    assert len(before.ids) == len(after.ids) == 20
    assert (before.documents, after.documents) == (100, 110)
    assert len(set(before.ids) & set(after.ids)) >= 15
    stocked = [np.vstack([each, STOCK]) for each in passages]
    made = document_vectors(ids, stocked, sample_of(ids, stocked))
    assert (made * document_vectors(ids, passages, after)).sum(axis=1).min() > 0.9


def test_the_title_counts_twice_and_rows_have_length_one() -> None:
    one, other = _random(1, 2)
    made = vectors(["a"], [np.stack([one, other])])[0]
    assert made @ one > made @ other
    assert np.linalg.norm(made) == pytest.approx(1, abs=1e-6)


def test_a_text_of_nothing_but_stock_still_has_a_place() -> None:
    made = vectors(IDS, [STOCK] * 12)
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-6)


def test_no_documents_no_vectors() -> None:
    assert vectors([], []).shape[0] == 0
    assert document_vectors([], [], sample_of(IDS, OWN)).shape[0] == 0
    assert document_vectors(IDS, OWN, sample_of([], [])).shape == (12, 32)
