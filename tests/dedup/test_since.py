"""Words by which a text shows that something has happened since are seen; like-looking ones are not."""

from __future__ import annotations

import pytest

from xiansuo.dedup.since import SINCE, since

from .readings import reading

TITLE = "关于破解老旧小区加装电梯难题的建议"
BODY = "老旧小区没有电梯，2023年底仍有四百栋楼的老人上下不便。建议：尽快制定补助办法。"


def told(title: str, body: str = BODY, *, earlier: str = BODY) -> dict[str, float]:
    return since(reading(title, body), reading(TITLE, earlier))


def test_a_text_beside_itself_is_no_later() -> None:
    found = told(TITLE)
    assert set(found) == set(SINCE)
    assert found["cues_more"] == found["cues_title"] == found["cues_title_more"] == found["later"] == 0


@pytest.mark.parametrize(
    "title",
    [
        "加装电梯补助办法实施后，维保费用由谁出",
        "电梯装好以后谁来管",
        "加装电梯半年，困人故障频发",
        "楼道杂物清理后又出现堆放",
        "飞线充电整治反弹",
        "预付卡退费难出现新手法",
        "校外培训转入居民楼",
    ],
)
def test_a_title_that_tells_what_came_of_it_is_seen(title: str) -> None:
    found = told(title)
    assert found["cues_title"] > 0
    assert found["cues_title_more"] > 0
    back = since(reading(TITLE, BODY), reading(title, BODY))
    assert back["cues_title"] == 0 > back["cues_title_more"]


@pytest.mark.parametrize(
    "title",
    ["关于支持经济落后乡镇的建议", "建议完善课后服务后勤保障", "重视后备干部培养", "今后五个方面的工作建议", ""],
)
def test_words_that_only_look_like_it_are_not(title: str) -> None:
    assert told(title)["cues_title"] == 0


def test_cues_of_the_suggestions_are_no_news_of_the_problem() -> None:
    news = "补助办法实施后申请多了，此前的问题仍在。"
    in_problem, in_suggestions = told(TITLE, news + BODY), told(TITLE, BODY + news)
    assert in_problem["cues_problem"] > told(TITLE)["cues_problem"] == in_suggestions["cues_problem"]
    assert in_problem["cues_more"] == pytest.approx(in_suggestions["cues_more"])
    assert in_problem["cues_more"] > 0


def test_the_latest_years_named_are_compared() -> None:
    assert told(TITLE, BODY.replace("2023", "2025"))["later"] == 2
    assert told(TITLE, "2015年起已有反映。" + BODY)["later"] == 0
    assert told(TITLE, BODY.replace("2023", "2021"))["later"] == 0
    assert told(TITLE, BODY.replace("2023", "2039"), earlier=BODY.replace("2023", "2001"))["later"] == 5
    assert told(TITLE, BODY.replace("2023年底", ""))["later"] == 0
    # A number that is no year.
    assert told(TITLE, BODY + "共2031户。")["later"] == 0
