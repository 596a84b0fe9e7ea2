"""What is kept comes back bit by bit, and the same is written as the same bytes."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics.small import archive, item, kept
from tests.topics.test_texts import same
from xiansuo.topics.bag import HABIT, Usage
from xiansuo.topics.cluster import cluster, ground, kept_of, told
from xiansuo.topics.shelving import load_kept, packed, save_kept, unpacked
from xiansuo.topics.weighing import sample_of


def equal(one: Usage, other: Usage) -> bool:
    fields = ("spread", "habits", "often")
    arrays = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in fields)
    kinds = all(getattr(one, name).dtype == getattr(other, name).dtype for name in fields)
    return arrays and kinds and one.texts == other.texts


@settings(max_examples=15)
@given(st.integers(0, 4), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_a_ground_comes_back_as_it_went_in(count: int, floor: float, seed: int) -> None:
    habits = [item(f"h{n:02d}", f"套话 甲{n}", title="套话", voice="同一个人") for n in range(HABIT + 2)]
    known = ground(*told(habits))
    assert len(known.words.habits)
    draw = np.random.default_rng(seed)
    passages = [draw.normal(size=(n + 1, 8)).astype(np.float16) for n in range(count)]
    sample = sample_of(count, {f"文{n}": each for n, each in enumerate(passages)})
    written = packed(known, floor, sample)
    again, level, drawn = unpacked(written)
    assert equal(again.words, known.words)
    assert equal(again.titles, known.titles)
    assert again.mean.dtype == known.mean.dtype
    assert np.array_equal(again.mean, known.mean)
    assert level == floor
    assert (drawn.documents, drawn.ids) == (sample.documents, sample.ids)
    assert np.array_equal(drawn.starts, sample.starts)
    assert np.array_equal(drawn.passages, sample.passages)
    assert packed(again, level, drawn) == written


@pytest.mark.parametrize("count", [0, 1, 55])
def test_kept_texts_come_back_as_they_went_in(tmp_path: Path, count: int) -> None:
    items = archive()
    made = kept_of(items[:count], ground(*told(items)), 0.31)
    save_kept(made, tmp_path / "texts")
    again = load_kept(tmp_path / "texts", made.ground, made.floor)
    assert again.texts.meant.dtype == np.int16
    assert again.texts.words.dtype == made.texts.words.dtype == np.int32
    assert same(again.texts, made.texts)
    assert dataclasses.replace(again, texts=made.texts) == made


def test_the_same_texts_are_the_same_bytes_in_whatever_order_they_came(tmp_path: Path) -> None:
    items = archive()
    written = []
    for name in ("a", "b"):
        made = cluster(items).kept
        assert made is not None
        save_kept(made, tmp_path / name)
        written.append((tmp_path / name).read_bytes())
        random.Random(1).shuffle(items)
    assert written[0] == written[1]


def test_the_rarest_word_of_all_keeps_its_weight(tmp_path: Path) -> None:
    # A text of one word has all of its length in it: the most that a weight can be.
    made = kept([item("a", "独一"), *archive()])
    save_kept(made, tmp_path / "texts")
    again = load_kept(tmp_path / "texts", made.ground, made.floor)
    assert again.texts.words.data.max() == made.texts.words.data.max() >= 4_000
