from __future__ import annotations

import pytest

from xiansuo.text.segment import segmenter
from xiansuo.topics.titles import bare_title, clauses, spoken


def test_frames_are_taken_off() -> None:
    assert bare_title("关于加强海上风电用海协商的建议") == "海上风电用海协商"
    assert bare_title("坚决反对在三号小区门口设置垃圾站") == "在三号小区门口设置垃圾站"
    assert bare_title("校外托管点午餐隐患不容忽视") == "校外托管点午餐隐患"


def _said(title: str) -> list[str]:
    return ["".join(words) for words in clauses(title, segmenter())]


def test_what_stands_in_quotes_stays_in_its_clause() -> None:
    assert _said("灯塔镇渔船避风“抢位、抢锚”现象") == ["灯塔镇渔船避风抢位抢锚现象"]


def test_a_blank_ends_a_clause() -> None:
    assert _said("充电棚建好了 电动车又进楼了") == ["充电棚建好了", "电动车又进楼了"]


def test_a_number_is_spoken_with_its_word() -> None:
    assert spoken(["7", "号线", "噪音"]) == ["7号线", "7号线", "噪音"]


def test_a_range_of_numbers_is_one_thing() -> None:
    [said] = _said("关于0—3岁婴幼儿托育的建议")
    assert said.startswith("0")
    assert said.endswith("3岁婴幼儿托育")


def test_a_number_belongs_to_what_follows_and_not_to_what_stands_before() -> None:
    assert spoken(["县", "58", "车贷", "案件"]) == ["县", "58车贷", "58车贷", "案件"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("老年食堂“开得起养不起”问题应予重视", "老年食堂开得起养不起问题"),
        ("基层慢病药品配备不足的经济分析与建议", "基层慢病药品配备不足的经济分析"),
        ("青年人才公寓供需错配的成因及对策", "青年人才公寓供需错配"),
    ],
)
def test_nothing_of_the_frame_hangs_on_at_the_end(title: str, said: str) -> None:
    assert _said(title) == [said]
