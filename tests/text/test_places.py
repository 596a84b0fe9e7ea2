"""Places are known by their form, and are the same place where the other text names it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.text.normalise import normalise
from xiansuo.text.places import elsewhere, places

STALLS = "柳荫路油烟扰民，青禾中学的师生不敢开窗。"
LIGHTS = "枫林路路灯坏了，石坝医院门前一片漆黑。"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("金桂小区没有电梯", "金桂"),
        ("柳荫路堵车", "柳荫"),
        ("石坝镇缺老师", "石坝"),
        ("望潮区夜市油烟", "望潮"),
        ("青禾中学门前堵车", "青禾中学"),
        ("松岭医院挂号难", "松岭医院"),
        ("A市的公园", "A"),
        ("住在Ａ３区", "A3"),
    ],
)
def test_a_place_is_known_by_the_word_after_it(text: str, name: str) -> None:
    assert name in places(normalise(text).text)


@pytest.mark.parametrize(
    "text", ["", "我市路灯坏了", "小区没有电梯", "老旧住宅区", "农村缺水", "各县都要查", "路灯坏了三个月"]
)
def test_what_names_no_place(text: str) -> None:
    assert places(text) == frozenset()


def test_a_place_that_the_other_text_names_is_the_same() -> None:
    assert elsewhere(places(STALLS), STALLS) == 0
    assert elsewhere(places(STALLS), f"早先在柳荫和青禾中学走访。{LIGHTS}") == 0
    assert elsewhere(places(STALLS), LIGHTS) == 1
    assert elsewhere(frozenset({"柳荫", "枫林"}), STALLS) == 0.5


def test_a_text_without_places_is_nowhere_else() -> None:
    assert elsewhere(frozenset(), LIGHTS) == 0


def test_a_city_holds_its_districts() -> None:
    assert elsewhere(frozenset({"A"}), "A3区停水") == elsewhere(frozenset({"A3"}), "A市停水") == 0
    assert elsewhere(frozenset({"A3"}), "A7区停水") == elsewhere(frozenset({"B"}), "A3区停水") == 1
    assert elsewhere(frozenset({"A"}), "A级景区停水") == 1


@given(st.text("柳荫枫林路区小市A3我的，。"), st.text("柳荫枫林路区小市A3我的，。"))
def test_shares_are_shares_and_every_text_names_its_own_places(text: str, other: str) -> None:
    named = places(text)
    assert 0 <= elsewhere(named, other) <= 1
    assert elsewhere(named, text) == 0
    assert elsewhere(named, other + text) == 0
