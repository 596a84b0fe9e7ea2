from __future__ import annotations

import pytest

from xiansuo.recommend.reports.task_keywords import keywords_of, words_of_everywhere
from xiansuo.recommend.reports.task_names import name_of
from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.text.segment import segmenter

WORDS, CUT = TaskWords.read(), segmenter().words


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("新建骑手友好驿站60个", "新建骑手友好驿站60个"),
        ('实施"智改数转"项目', "实施“智改数转”项目"),
        ("深化电动自行车、城镇燃气、渔业船舶、自建房等重点领域隐患整治", "深化自建房等重点领域隐患整治"),
        ("完成2000户特殊困难老年人家庭适老化改造任务", "完成特殊困难老年人家庭适老化改造任务"),
        ("支持临江大学建设高水平应用型大学、国家级海洋实验室和产业学院", "支持临江大学建设高水平应用型大学"),
        ("推进青屿、龙尾现代渔业产业园和海洋牧场建设", "推进龙尾现代渔业产业园和海洋牧场建设"),
        ("建好(省级)中心", "建好中心"),
        ("建好", ""),
    ],
)
def test_a_long_name_loses_what_says_least(action: str, name: str) -> None:
    assert name_of(action, WORDS, CUT) == name


@pytest.mark.parametrize("length", range(1, 60))
def test_no_name_is_too_long_or_ends_in_the_middle(length: int) -> None:
    action = '推动"新型工业化"背景下的传统产业集群数字化绿色化智能化转型示范工程和公共服务平台建设与人才培养'[:length]
    name = name_of(action, WORDS, CUT)
    assert len(name) <= 20
    assert name.count("“") == name.count("”")
    assert not name.endswith(("、", "和", "与", "的")) or len(action) <= 20


@pytest.mark.parametrize(
    ("object", "keywords"),
    [
        ("社区老年食堂可持续运营机制", ("社区老年食堂", "运营")),
        ('"蓝色粮仓"和海洋牧场', ("蓝色粮仓", "海洋牧场")),
        ("消费品以旧换新", ("消费品以旧换新",)),
        ("企业服务体系建设", ()),
        ("公共停车泊位5000个", ("公共停车泊位",)),
        ("二期80万千瓦海上风电项目", ("海上风电",)),
        ("临江市", ()),
        ("美丽海湾建成率分别达到30%、50%", ("美丽海湾",)),
    ],
)
def test_keywords_say_what_it_is_about(object: str, keywords: tuple[str, ...]) -> None:
    assert keywords_of([object], WORDS, CUT) == keywords


def test_words_that_stand_everywhere_tell_nothing() -> None:
    paragraphs = [f"支持青屿建设{thing}" for thing in ("渔港", "码头", "灯塔", "电站", "食堂")]
    assert words_of_everywhere(paragraphs, WORDS, CUT) == {"青屿"}
    assert words_of_everywhere(paragraphs[:3], WORDS, CUT) == frozenset()
