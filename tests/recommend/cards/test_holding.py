"""A card is about texts that hold together: of two unlike ones only about that which the topic is named after."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.recommend.cards.holding import FEW, Terms, least_likeness, likeness, part_of, weighed
from xiansuo.recommend.rank import Weights

WEIGHTS = Weights.shipped().holding
BRIDGE = {"高架桥": 0.8, "伸缩缝": 0.9, "居民": 0.2}
BRIDGE_AGAIN = {"高架桥": 0.8, "伸缩缝": 0.9, "噪声": 0.5}
DRONE = {"无人机": 0.9, "阳台": 0.8, "居民": 0.2}
LEAST = 0.1

_TERMS = st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.floats(0.01, 2), max_size=6)


def test_of_two_unlike_texts_that_is_left_which_the_topic_is_named_after() -> None:
    assert likeness(BRIDGE, DRONE) < LEAST
    assert part_of([BRIDGE, DRONE], 0, LEAST) == [0]
    assert part_of([BRIDGE, DRONE], 1, LEAST) == [1]


def test_like_texts_stay_together() -> None:
    assert part_of([BRIDGE, BRIDGE_AGAIN], 0, LEAST) == [0, 1]
    assert part_of([BRIDGE], 0, LEAST) == [0]
    assert part_of([], 0, LEAST) == []


def test_of_three_texts_those_are_left_that_hold_together_with_the_first() -> None:
    least = 0.5  # the mean of the three pairs is below it, since one text is like neither of the others
    texts = [BRIDGE, DRONE, BRIDGE_AGAIN]
    assert part_of(texts, 0, least) == [0, 2]
    assert part_of(texts, 2, least) == [0, 2]
    assert part_of(texts, 1, least) == [1]


def test_topics_of_many_texts_and_texts_that_say_nothing_are_not_judged() -> None:
    many: list[Terms] = [{f"词{place}": 1.0} for place in range(FEW + 1)]
    assert part_of(many, 0, LEAST) == [0, 1, 2, 3]
    assert part_of([{}, DRONE], 0, LEAST) == [0, 1]


@given(st.lists(_TERMS, min_size=1, max_size=3), st.data())
def test_the_order_of_the_texts_changes_nothing(texts: list[Terms], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(texts) - 1))
    least = data.draw(st.floats(0, 1))
    part = part_of(texts, first, least)
    assert first in part
    for order in itertools.permutations(range(len(texts))):
        found = part_of([texts[place] for place in order], order.index(first), least)
        assert sorted(order[place] for place in found) == part


@given(_TERMS, _TERMS)
def test_likeness_is_a_cosine(one: Terms, other: Terms) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1 if one else 0)


def test_rare_words_and_what_is_said_often_weigh_more() -> None:
    terms = weighed(Counter({"伸缩缝": 1, "居民": 1, "高架桥": 3}), {"伸缩缝": 0.9, "居民": 0.2, "高架桥": 0.9})
    assert terms["居民"] < terms["伸缩缝"] < terms["高架桥"]


def test_a_large_archive_tells_by_its_own_pairs_and_a_small_one_leans_on_what_is_usual() -> None:
    unlike: list[Terms] = [{f"词{place}": 1.0} for place in range(100)]
    usual = WEIGHTS["beyond"] * WEIGHTS["usual"]
    assert least_likeness([], WEIGHTS) == pytest.approx(usual)
    assert least_likeness([{}, {}], WEIGHTS) == pytest.approx(usual)
    assert least_likeness(unlike, WEIGHTS) < least_likeness(unlike[:5], WEIGHTS) < usual
    assert least_likeness(unlike, WEIGHTS) == least_likeness(unlike[::-1], WEIGHTS)


def test_an_archive_that_is_itself_about_one_matter_does_not_take_its_topics_apart() -> None:
    alike: list[Terms] = [BRIDGE] * 100
    assert least_likeness(alike, WEIGHTS) == pytest.approx(WEIGHTS["beyond"] * WEIGHTS["at_most"])
