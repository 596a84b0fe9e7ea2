"""Names that were exchanged are seen; slips of the pen, additions and other words are not taken for them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from xiansuo.dedup.exchanges import exchanges
from xiansuo.dedup.overlap import shared_pairs
from xiansuo.dedup.reading import Reading
from xiansuo.text.passages import read_passages

TITLE = "望潮区盐仓里小区一楼改成门面噪音扰民"
BODY = "我们是盐仓里小区的居民，一楼的架空层被改成门面，油烟往楼上窜，老人睡不着。盐仓里小区的业主多次反映没有结果。"


def told(title: str, body: str) -> dict[str, float]:
    """Compare a draft with the text above."""
    readings = []
    for passages in (read_passages(title, body), read_passages(TITLE, BODY)):
        empty = np.zeros((len(passages.texts), 2), dtype=np.float32)
        readings.append(Reading(passages, empty, np.ones(len(empty)), [[]] * len(empty)))
    held, _ = shared_pairs(readings[0].pairs, readings[1].pairs)
    return exchanges(readings[0], readings[1], held)


def test_a_copy_exchanges_nothing() -> None:
    assert set(told(TITLE, BODY).values()) == {0.0}


def test_another_name_in_the_same_place_is_counted_each_time() -> None:
    found = told(TITLE.replace("盐仓里", "海棠湾"), BODY.replace("盐仓里", "海棠湾"))
    assert found["exchanged"] == pytest.approx(math.log1p(1))
    assert found["exchanged_often"] == pytest.approx(math.log1p(3))
    assert found["exchanged_again"] == 2
    assert found["exchanged_share"] > 0.05


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("盐仓里", "盐仑里"),  # one character is a slip
        BODY.replace("老人睡不着", "老人和孩子都睡不着"),  # something added
        BODY.replace("多次反映", "反映"),  # something left out
        "完全是另一件事：渔港淤积，船进不来，退潮时只能在外面等水，希望早点清淤。",
    ],
)
def test_edits_are_no_exchange(body: str) -> None:
    assert set(told(TITLE, body).values()) == {0.0}
