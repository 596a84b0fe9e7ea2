"""A forest kept as arrays says what the library said that grew it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesClassifier

from xiansuo.dedup.trees import TREES, Trees

DRAW = np.random.default_rng(5)
VALUES = DRAW.random((300, 6))
LABELS = (VALUES[:, 0] * 3 + VALUES[:, 1] > 2).astype(int) + (VALUES[:, 2] > 0.8)


@pytest.fixture(scope="module")
def forest() -> ExtraTreesClassifier:
    return ExtraTreesClassifier(20, min_samples_leaf=2, random_state=3).fit(VALUES, LABELS)


def test_it_says_the_same(forest: ExtraTreesClassifier) -> None:
    trees = Trees.of(forest)
    # Thresholds themselves too: a value that stands on one must fall on the same side.
    grown = forest.estimators_[0].tree_
    edge: NDArray[np.float64] = np.tile(VALUES.mean(axis=0), (grown.node_count, 1))
    edge[np.arange(grown.node_count), np.maximum(grown.feature, 0)] = grown.threshold
    asked = np.vstack([VALUES, DRAW.random((200, 6)), edge])
    for each, expected in zip(asked, forest.predict_proba(asked), strict=True):
        assert trees.predict(each) == pytest.approx(expected, abs=2e-3)


def test_it_comes_back_as_it_was_written(forest: ExtraTreesClassifier, tmp_path: Path) -> None:
    Trees.of(forest).write(tmp_path / TREES)
    again = Trees.read(tmp_path / TREES)
    again.write(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / TREES).read_bytes()
    assert again.predict(VALUES[0]).tolist() == Trees.of(forest).predict(VALUES[0]).tolist()


def test_a_tree_of_one_leaf_needs_no_values() -> None:
    trees = Trees.of(ExtraTreesClassifier(2, max_depth=1, random_state=0).fit(VALUES[:4], [1, 1, 1, 1]))
    assert trees.predict(VALUES[0]).tolist() == [1.0]


@pytest.mark.parametrize("part", ["threshold", "right", "chances", "roots"])
def test_arrays_that_do_not_fit_are_refused(forest: ExtraTreesClassifier, tmp_path: Path, part: str) -> None:
    import dataclasses

    whole = Trees.of(forest)
    broken = dataclasses.replace(whole, **{part: getattr(whole, part)[: 1 if part == "chances" else 0]})
    broken.write(tmp_path / TREES)
    with pytest.raises(ValueError, match="relation trees"):
        Trees.read(tmp_path / TREES)
