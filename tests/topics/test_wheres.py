"""Which words of a title say where: by their form, by what stands beside them, by who else speaks of them."""

from __future__ import annotations

from collections import Counter

from xiansuo.topics.joints import Joints
from xiansuo.topics.stock import stock_words
from xiansuo.topics.wheres import Wheres, seat

TITLES = [
    ["A3", "区", "云水", "时代", "停水"],
    ["A3", "区", "云水", "时代", "物业", "乱收费"],
    ["A3", "区", "云水", "时代", "施工", "扰民"],
    ["时代", "变化", "物业"],
    ["新", "时代", "停水"],
    ["老", "时代", "施工", "扰民"],
]
TEXTS = {"云水": 3, "时代": 6, "停水": 20, "物业": 20, "施工": 20, "农村": 20, "公路": 20, "号线": 20}
OWN = Counter({"云水": 3, "时代": 3, "停水": 1, "物业": 1, "施工": 1})


def _where(clause: list[str]) -> list[str]:
    joints = Joints(pair for title in [*TITLES, clause] for pair in zip(title, title[1:], strict=False))
    for title in TITLES:
        joints.read(title)
    marks = Wheres([[title] for title in TITLES], TEXTS, stock_words()).marks(clause, joints, OWN)
    return [word for word, mark in zip(clause, marks, strict=True) if mark]


def test_a_place_shows_by_its_form() -> None:
    assert _where(["柳荫路", "停水"]) == ["柳荫路"]
    assert _where(["三期", "门口", "停水"]) == ["三期", "门口"]
    assert _where(["农村", "公路", "塌方"]) == []


def test_a_name_follows_a_district_with_all_its_words() -> None:
    assert _where(TITLES[0]) == ["A3", "区", "云水", "时代"]


def test_what_all_speak_of_is_no_name() -> None:
    assert _where(["A3", "区", "停水"]) == ["A3", "区"]


def test_a_code_says_where_only_with_a_place() -> None:
    assert _where(["7", "号线", "停运"]) == []


def test_a_smaller_place_may_follow_a_district_and_none_an_estate() -> None:
    assert seat("区")
    assert seat("钟楼街道")
    assert not seat("小区")
    assert not seat("我市")
