"""Two clues that are one told twice."""

from __future__ import annotations

import pytest

from xiansuo.recommend.alike import Kept, alike

ONE = Kept("c1", "t1", "老年食堂亏损", frozenset({"D1", "D2", "D3"}))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Kept("c1", "", "别的名称", frozenset()), "同一条线索"),
        (Kept("c2", "t1", "送餐没有人手", frozenset()), "同一个热点"),
        (Kept("c2", "", "养老服务", ONE.evidence), "依据的材料相同"),
        (Kept("c2", "t2", "社区老年食堂亏损", frozenset({"D9"})), "名称相近"),
        (Kept("c2", "t2", "海上风电渔民补偿", frozenset({"D1", "D2"})), ""),
        (Kept("c2", "", "低空经济", frozenset({"D1"})), ""),
    ],
)
def test_one_matter_is_told_once(other: Kept, why: str) -> None:
    assert alike(ONE, other) == alike(other, ONE) == why


def test_within_one_subject_what_is_asked_for_tells_two_apart() -> None:
    lift, ramp = (
        Kept(clue, "", f"老旧小区适老化改造：{asked}", frozenset({clue}))
        for clue, asked in (("c1", "加装电梯补贴标准提高"), ("c2", "单元门口修无障碍坡道"))
    )
    assert alike(lift, ramp) == ""


def test_clues_without_topics_or_evidence_are_not_one_for_that() -> None:
    assert alike(Kept("c1", "", "低空经济", frozenset()), Kept("c2", "", "海洋牧场", frozenset())) == ""
    assert alike(Kept("c1", "", "甲", frozenset()), Kept("c2", "", "乙", frozenset())) == ""
