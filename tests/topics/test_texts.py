"""Texts are weighed by a ground taken once: later ones change nothing about those that are there."""

from __future__ import annotations

import numpy as np
import pytest

from tests.topics.small import DIMENSION, archive
from xiansuo.topics.bag import COLUMNS
from xiansuo.topics.cluster import told
from xiansuo.topics.exact import LENGTH
from xiansuo.topics.texts import Texts, ground, texts


def same(one: Texts, other: Texts) -> bool:
    rows = ((one.words, other.words), (one.titles, other.titles))
    return np.array_equal(one.meant, other.meant) and all(
        here.shape == there.shape and (here != there).nnz == 0 for here, there in rows
    )


def test_a_text_is_weighed_alone_as_among_others() -> None:
    items = archive()
    known = ground(*told(items))
    together = texts(*told(items), known)
    assert len(together) == len(items)
    for row in (0, 17, len(items) - 1):
        assert same(texts(*told(items[row : row + 1]), known), together.some(np.array([row])))


def test_texts_are_taken_apart_and_put_together_again() -> None:
    items = archive()
    made = texts(*told(items), ground(*told(items)))
    assert same(made.some(np.arange(10)).with_more(made.some(np.arange(10, len(items)))), made)
    assert same(made.some(np.zeros(0, np.int64)).with_more(made), made)
    assert len(made.some(np.zeros(0, np.int64))) == 0


def test_no_texts_are_no_error() -> None:
    known = ground(*told(archive()))
    none = texts(*told([]), known)
    assert len(none) == 0
    assert none.meant.shape == (0, DIMENSION)
    assert none.words.shape == none.titles.shape == (0, COLUMNS)


def test_meaning_is_seen_from_the_mean_as_whole_numbers() -> None:
    items = archive()
    known = ground(*told(items))
    made = texts(*told(items), known)
    assert made.meant.dtype == np.int16
    lengths = np.sqrt((made.meant.astype(np.int64) ** 2).sum(axis=1))
    assert lengths == pytest.approx(LENGTH, abs=8)
    raw = np.stack([each.vector for each in items])
    assert np.abs(known.mean).sum() < np.abs(raw.mean(axis=0)).sum(), "few texts have a mean of little weight"
