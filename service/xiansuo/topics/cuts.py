"""What a cut between two words of a title costs a name, and what no name leaves out or ends with."""

from __future__ import annotations

from collections.abc import Sequence, Set

from xiansuo.topics.clause import light
from xiansuo.topics.edges import AND, APART, BEHIND, CLOSING, EDGE, NO_END, NOT, SUMMING
from xiansuo.topics.joints import Joints
from xiansuo.topics.titles import mixed

HALF_A_PAIR = 0.3
"""What a name is worth that begins or ends within a pair, as 健康融合 of 全民健身和全民健康融合."""

# What a name is worth whose end lies inside something that belongs together.
_CLIPPED = 0.1


def joint(left: str, right: str, alone: bool, joints: Joints) -> float:
    """Tell what a name is worth that is cut between two words: nothing inside 7号线 or 改造后.

    :param alone: whether the left word stands alone and is not the 路 of 7路.
    """
    if mixed(left, right) or right in BEHIND or left in NOT:
        return 0.0
    if (alone and single(left) and left not in APART) or (single(right) and right not in EDGE):
        return _CLIPPED
    if right in NOT:
        return HALF_A_PAIR
    if left in EDGE or right in EDGE:
        return 1.0
    return _CLIPPED if joints.holds(left, right) else 1.0


def headless(words: Sequence[str], end: int, room: int, stock: Set[str]) -> bool:
    """Tell whether a stretch leaves out but one word, for which there is room: 妇女 of 留守妇女, or 妇女和老人."""
    if end == len(words) or (end + 1 < len(words) and words[end + 1] not in AND):
        return False
    return len(words[end]) <= room and words[end] not in SUMMING and not light(words[end], stock)


def never_last(word: str, stock: Set[str]) -> bool:
    """Tell whether no name ends with a word."""
    return word in NO_END or (word in stock and word not in CLOSING)


def single(word: str) -> bool:
    """Tell whether a word is a single Chinese character."""
    return len(word) == 1 and not word.isascii()
