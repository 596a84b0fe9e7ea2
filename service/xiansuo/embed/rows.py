"""Rows of length 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_NOTHING = 1e-9
"""Length up to which a row is what rounding left of nothing."""


def unit_rows(matrix: NDArray[np.floating]) -> NDArray[np.float32]:
    """Divide every row by its length; rows without length become zeros.

    :param matrix: shape (n, d).
    :return: float32, shape (n, d).
    """
    squares = np.square(matrix, dtype=np.float64).sum(axis=1, keepdims=True)
    lengths = np.sqrt(squares)
    unit = matrix / np.where(lengths > _NOTHING, lengths, np.inf)
    return unit.astype(np.float32)
