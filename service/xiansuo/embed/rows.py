"""Rows of length 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def unit_rows(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Divide every row by its length; rows of zeros stay zeros.

    :param matrix: shape (n, d).
    :return: float32, shape (n, d).
    """
    squares = np.square(matrix, dtype=np.float64).sum(axis=1, keepdims=True)
    lengths = np.sqrt(squares)
    unit = matrix / np.where(lengths > 0, lengths, 1.0)
    return unit.astype(np.float32)
