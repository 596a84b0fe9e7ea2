"""How like two groups of texts are, told by comparing some texts of each.

Lists of neighbours tell what is near and nothing of what is not: two matters of hundreds of texts each fill their
lists with their own. Texts are taken evenly from all over a group, so that the same groups give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics.likeness import Sites, between
from xiansuo.topics.texts import Texts

Crossing: TypeAlias = Callable[[Sequence[int], Sequence[int]], float]
"""Tells the mean likeness, 0..1, of a text of one group and a text of the other; the groups hold no text in common."""

_ASKED = 16
"""Texts of a group that are compared at most."""


def crossing(all_texts: Texts, sites: Sites, rows: NDArray[np.int64]) -> Crossing:
    """Prepare to compare groups.

    :param rows: int64 (n,), which of all texts those are that groups name by their places in it.
    """

    def compared(one: Sequence[int], other: Sequence[int]) -> float:
        here, there = rows[_some(one)], rows[_some(other)]
        asked = np.union1d(here, there)
        left = np.repeat(np.searchsorted(asked, here), len(there))
        right = np.tile(np.searchsorted(asked, there), len(here))
        like = between(all_texts.some(asked), lambda places: sites(asked[places]), left, right)
        # Likeness has four decimals: whole numbers have the same sum in any order.
        return float(np.rint(like * 10**4).sum()) / 10**4 / len(like)

    return compared


def _some(group: Sequence[int]) -> list[int]:
    return sorted(group)[:: -(-len(group) // _ASKED)]
