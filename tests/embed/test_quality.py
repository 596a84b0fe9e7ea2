"""Measures of an encoder on labelled pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from xiansuo.embed.quality import pair_quality, spearman


class Angles:
    """Reads a text as an angle in degrees."""

    id = "angles@0"
    dimension = 2

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        angles = np.deg2rad([float(text) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_a_perfect_order_scores_one() -> None:
    pairs = [("0", "5", 2.0, "same"), ("0", "20", 1.0, "near"), ("0", "80", 0.0, "other")]
    measured = pair_quality(Angles(), pairs)
    assert measured.auc == measured.average_precision == 1
    assert measured.spearman == pytest.approx(1)
    assert measured.kinds == {"near > other": 1.0, "same > other": 1.0}
    assert measured.pairs == 3


def test_labels_of_one_kind_have_no_auc() -> None:
    measured = pair_quality(Angles(), [("0", "5", 1.0, ""), ("0", "9", 1.0, "")])
    assert measured.auc is None
    assert measured.average_precision is None
    assert measured.spearman is None


def test_rank_correlation_shares_ties() -> None:
    a, b = np.array([1.0, 2, 2, 3]), np.array([1.0, 3, 2, 4])
    assert spearman(a, b) == pytest.approx(0.9486832980505138)  # scipy.stats.spearmanr
    assert spearman(a, np.ones(4)) is None
