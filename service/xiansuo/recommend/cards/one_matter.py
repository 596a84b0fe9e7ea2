"""Whether two clues of different topics are on one matter, by the texts that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.matters import Ground
from xiansuo.recommend.texts import ReadText, means, seen_from
from xiansuo.records import Spring

# Texts of a clue that are looked at, the typical ones first.
_READ = 8
# Texts further apart than this, as seen from the archive's mean, are not looked at: few of them repeat each other.
_NEAR = 0.25

Repeats = Callable[[ReadText, ReadText], bool]
"""Tells whether two texts are likely on one matter; the order does not matter."""


def one_matter(left: Clue, right: Clue, ground: Ground, repeats: Repeats) -> bool:
    """Tell whether half of the texts of the clue with fewer are told again in the other's, in whatever order.

    Of a gap and another clue it is half of the gap's texts: what a theme lacks is more than one matter within it.
    """
    apart = (left.spring is Spring.GAP) != (right.spring is Spring.GAP)
    first, second = sorted((left, right), key=lambda clue: (apart and clue.spring is not Spring.GAP, len(clue.texts)))
    few, many = first.texts[:_READ], second.texts[:_READ]
    if not few or taken_apart(left, right):
        return False
    near = np.round(_seen(few, ground) @ _seen(many, ground).T, 4)
    if _half(few, many, near, repeats):
        return True
    return not apart and len(few) == len(many) and _half(many, few, near.T, repeats)


def taken_apart(left: Clue, right: Clue) -> bool:
    """Tell whether two clues are suggestions of one proposal, each against a problem of its own."""
    own, others = ([text.record.id for text in clue.texts] for clue in (left, right))
    return left.spring is Spring.PROPOSAL and right.spring is Spring.PROPOSAL and own == others


def _half(some: Sequence[ReadText], others: Sequence[ReadText], near: NDArray[np.float64], repeats: Repeats) -> bool:
    wanted, told = (len(some) + 1) // 2, 0
    ids = {text.record.id for text in others}
    for place, text in enumerate(some):
        if told + len(some) - place < wanted:
            return False
        close = [other for other in np.argsort(-near[place], kind="stable") if near[place, other] >= _NEAR]
        told += text.record.id in ids or any(repeats(text, others[other]) for other in close)
        if told >= wanted:
            return True
    return False


def _seen(texts: Sequence[ReadText], ground: Ground) -> NDArray[np.float64]:
    if all(text.record.id in ground.place for text in texts):
        return ground.exact[[ground.place[text.record.id] for text in texts]]
    return seen_from(ground.centre, means(texts)).astype(np.float64)
