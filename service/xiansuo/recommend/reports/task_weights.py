"""How much a task of a work report weighs, and which of the three focuses it has; by its words and its place."""

from __future__ import annotations

import re

from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.records import Focus

_FIGURE = re.compile(
    r"\d+(?:\.\d+)?[余多]?[万亿千百]*(?:[个家处条亩套户张名人所座项台吨元%场部件次]|公里|千瓦|平方米|标箱|(?<=[万亿]))"
)


def focus_of(clause: str, words: TaskWords) -> Focus:
    """Tell the focus of a clause: whichever list has more characters of it; the year's work in general, if none has."""
    concern = sum(len(word) for word in words.public_concern if word in clause)
    local = sum(len(word) for word in words.local_strength if word in clause)
    if concern == local == 0:
        return Focus.CENTRAL_WORK
    return Focus.PUBLIC_CONCERN if concern >= local else Focus.LOCAL_STRENGTH


def weight_of(clause: str, words: TaskWords, *, first: bool, promised: bool) -> float:
    """Weigh a task: 1, and 1 more for each of stress, a figure, the first place of its paragraph, a promise.

    :param first: nothing stands before it in its paragraph.
    :param promised: it is one of the things promised to the people (民生实事).
    """
    stressed = any(word in clause for word in words.stress)
    return 1.0 + stressed + bool(_FIGURE.search(clause)) + first + promised
