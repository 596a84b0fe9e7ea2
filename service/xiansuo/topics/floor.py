"""From which likeness on two groups of texts are about one matter."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

# Likeness of two texts taken at random, as measured on messages (.033, .044), submissions (.065, .035) and proposals
# (.087, .038).
_PRIOR_MIDDLE, _PRIOR_SPREAD, _PRIOR_PAIRS_OF = 0.06, 0.039, 50
# Where one matter is most of an archive, pairs at random are of that matter; archives of many showed no more than this.
_MIDDLE_AT_MOST, _SPREAD_AT_MOST = 0.09, 0.06
# How far beyond what chance alone would bring up once for each text; the tail of chance is fatter
# than normal.
BEYOND = 1.75


def floor(chance: NDArray[np.float64], documents: int, beyond: float = BEYOND) -> float:
    """Find the likeness that pairs by chance hardly reach in an archive of this size.

    Median plus `beyond` · z · s, z being the normal quantile of 1 - 1/N (so many chances has each text)
    and s the median absolute deviation times 1.4826. Small archives lean on what larger ones
    showed.

    :param chance: likeness of pairs taken at random.
    """
    share = documents / (documents + _PRIOR_PAIRS_OF)
    middle, spread = _PRIOR_MIDDLE, _PRIOR_SPREAD
    if len(chance):
        median = float(np.median(chance))
        deviation = float(np.median(np.abs(chance - median))) * 1.4826
        middle += share * (min(median, _MIDDLE_AT_MOST) - _PRIOR_MIDDLE)
        spread += share * (min(deviation, _SPREAD_AT_MOST) - _PRIOR_SPREAD)
    quantile = NormalDist().inv_cdf(1 - 1 / max(documents, _PRIOR_PAIRS_OF))
    return round(min(0.6, max(0.2, middle + beyond * quantile * spread)), 4)
