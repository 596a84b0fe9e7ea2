"""Cosines that are the same on every machine and with any number of threads.

A product of float matrices depends on how the library cuts its sums. Vectors whose components are
whole numbers and whose length stays below 4,096 give sums below 2^24, which float32 holds exactly:
the fast product is then also an exact one. The rounding costs about 1e-4 of a cosine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LENGTH = 4_000
"""Length in whole numbers: with the rounding of up to 36,000 components it stays below 4,096."""


def whole(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Round vectors (n, d) of length 1 to whole numbers of length 4,000, kept as float32."""
    return np.asarray(np.rint(vectors * np.float32(LENGTH)), dtype=np.float32)


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compare all with all: whole-number vectors (n, d) and (m, d) in, cosines (n, m) out."""
    return np.asarray((left @ right.T) * np.float32(1 / LENGTH**2), dtype=np.float32)
