"""Word vectors out of a teacher's vectors: fewer axes, evened out, and common words made light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def distil(
    taught: NDArray[np.float32],
    shares: NDArray[np.float64],
    *,
    dimension: int,
    whitening: float,
    sif: float,
) -> NDArray[np.float32]:
    """Turn the teacher's vector of each word into the vector that sums up to a text's.

    Principal axes come from the covariance in float64, each word counting by the square root of its
    share, so that neither the rare half of the dictionary nor its few commonest words decide. All
    words are used, not a sample, and each axis points to where its largest component is positive:
    nothing is drawn by lot, and machines differ only in the last digits.

    :param taught: shape (n, d), the teacher's vectors.
    :param shares: shape (n,), each word's share of all text.
    :param dimension: axes to keep, at most d.
    :param whitening: 0 keeps the axes as they are, 1 gives them equal variance; between, axes are
        divided by their standard deviation to this power (Su et al. 2021, arXiv:2103.15316, has 1).
    :param sif: a of the weight a / (a + share) (Arora et al. 2017, smooth inverse frequency).
    :return: float32, shape (n, dimension).
    """
    vectors = taught.astype(np.float64)
    weights = np.sqrt(shares)
    weights /= weights.sum()
    vectors -= weights @ vectors
    variances, axes = np.linalg.eigh((vectors * weights[:, None]).T @ vectors)
    variances, axes = variances[::-1][:dimension], axes[:, ::-1][:, :dimension]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None, :], axis=0)
    axes = axes * np.where(largest < 0, -1.0, 1.0)
    # A tiny vocabulary has fewer directions than axes asked for; the rest is rounding errors.
    spread = np.sqrt(np.clip(variances / variances[0], 1e-6, None))
    light = sif / (sif + shares)
    projected = (vectors @ axes) * spread**-whitening
    result: NDArray[np.float32] = (projected * light[:, None]).astype(np.float32)
    return result
