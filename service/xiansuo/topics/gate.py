"""From which likeness on texts may be about one matter, and which stand densely enough."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

# Likeness of two texts taken at random, as measured on messages (.089, .050) and on submissions
# (.118, .044).
_PRIOR_MIDDLE, _PRIOR_SPREAD, _PRIOR_PAIRS_OF = 0.10, 0.047, 50
# How far beyond what chance alone would bring up once for each text; the tail of chance is fatter
# than normal.
_BEYOND = 1.5
# The gate may ask for no more than this many times the floor, however two-humped the densities are.
_STRICTEST = 1.2
_BINS = 64


def floor(chance: NDArray[np.float64], documents: int) -> float:
    """Find the likeness that pairs by chance hardly reach in an archive of this size.

    Median plus 1.5 · z · s, z being the normal quantile of 1 - 1/N (so many chances has each text)
    and s the median absolute deviation times 1.4826. Small archives lean on what larger ones
    showed.

    :param chance: likeness of pairs taken at random.
    """
    share = documents / (documents + _PRIOR_PAIRS_OF)
    middle, spread = _PRIOR_MIDDLE, _PRIOR_SPREAD
    if len(chance):
        median = float(np.median(chance))
        deviation = float(np.median(np.abs(chance - median))) * 1.4826
        middle += share * (median - _PRIOR_MIDDLE)
        spread += share * (deviation - _PRIOR_SPREAD)
    quantile = NormalDist().inv_cdf(1 - 1 / max(documents, _PRIOR_PAIRS_OF))
    return round(min(0.6, max(0.2, middle + _BEYOND * quantile * spread)), 4)


def density_gate(densities: NDArray[np.float64], lowest: float) -> float:
    """Split dense from sparse by Otsu's threshold (1979), from `lowest` to 1.2 times `lowest`.

    :param densities: for each text that has neighbours at all, its mean likeness to the nearest
        two.
    """
    if len(densities) < 2:
        return lowest
    edges = np.linspace(lowest, 1.0, _BINS + 1)
    counts, _ = np.histogram(densities, bins=edges)
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1].astype(np.float64)
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    lower = sums[:-1] / np.maximum(below, 1)
    upper = (sums[-1] - sums[:-1]) / np.maximum(above, 1)
    between = below * above * (lower - upper) ** 2
    return float(min(edges[1 + int(between.argmax())], lowest * _STRICTEST))
