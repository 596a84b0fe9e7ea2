"""Two groups are compared by some texts of each, whatever order they are told in."""

from __future__ import annotations

import numpy as np
import pytest

from tests.topics.small import archive, issue, weighed
from tests.topics.test_likeness import nowhere
from xiansuo.topics import crossing as comparing
from xiansuo.topics.crossing import crossing
from xiansuo.topics.likeness import between

ITEMS = archive(each=20)
TEXTS = weighed(ITEMS)
ROWS = np.array([row for row, each in enumerate(ITEMS) if issue(each) >= 0])


def places(number: int) -> list[int]:
    return [place for place, row in enumerate(ROWS.tolist()) if issue(ITEMS[row]) == number]


def mean(one: list[int], other: list[int]) -> float:
    left, right = np.repeat(ROWS[one], len(other)), np.tile(ROWS[other], len(one))
    return float(between(TEXTS, nowhere, left, right).mean())


def test_small_groups_are_compared_in_full() -> None:
    compare = crossing(TEXTS, nowhere, ROWS)
    near, far = places(0), places(1)
    assert compare(near[:5], near[5:11]) == pytest.approx(mean(near[:5], near[5:11]))
    assert compare(near[:5], far[:3]) == pytest.approx(mean(near[:5], far[:3]))
    assert compare(near[:5], far[:3]) < 0.1 < compare(near[:5], near[5:11])


def test_of_large_groups_some_texts_from_all_over_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_ASKED", 4)
    compare = crossing(TEXTS, nowhere, ROWS)
    one, other = places(0)[:8], places(0)[8:20]
    assert compare(one, other) == pytest.approx(mean(one[::2], other[::3]))


def test_order_does_not_matter() -> None:
    compare = crossing(TEXTS, nowhere, ROWS)
    one, other = places(2), places(3)
    assert compare(one, other) == compare(other[::-1], one[::-1])
