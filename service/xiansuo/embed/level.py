"""Keeping the level of cosines: training takes away what all texts have in common, and thresholds miss it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_HALVINGS = 40
_MOST = 16.0


def common_part(before: NDArray[np.float32], after: NDArray[np.float32]) -> NDArray[np.float32]:
    """Find what to add to every word so that texts at random are as near to each other as before training.

    Training on foreign texts brings their mean cosine down to 0, while texts on one matter keep
    theirs. Thresholds on the cosine of two sentences were chosen at the level of the first encoder;
    one part that all texts share, along the direction in which that encoder had it, brings the
    level back and hardly changes any order. Where the level did not sink, nothing is added.

    :param before: float32 (n, d), the first encoder's means of words of some texts at random.
    :param after: the trained encoder's, of the same texts.
    :return: float32 (d,).
    """
    wanted = _level(before)
    direction = _unit(before).mean(axis=0)
    length = float(np.linalg.norm(direction))
    moved = after[np.any(after != 0, axis=1)].astype(np.float64)
    if length == 0 or len(moved) < 2 or _level(moved) >= wanted:
        return np.zeros(before.shape[1], dtype=np.float32)
    direction /= length
    low, high = 0.0, _MOST * float(np.linalg.norm(moved, axis=1).mean())
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _level(moved + middle * direction) < wanted else (low, middle)
    return np.asarray(round(low, 6) * direction, dtype=np.float32)


def _level(rows: NDArray[np.floating]) -> float:
    """Mean cosine of two different rows; rows of zeros are left out."""
    unit = _unit(rows)
    total = unit.sum(axis=0)
    count = len(unit)
    return float(total @ total - count) / (count * (count - 1)) if count > 1 else 0.0


def _unit(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    known = lengths[:, 0] > 0
    unit: NDArray[np.float64] = rows[known].astype(np.float64) / lengths[known]
    return unit
