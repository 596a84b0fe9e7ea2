"""Titles call a matter as its texts do: whole, and with what their own titles ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.recommend.archive import matter, read
from xiansuo.recommend.cards.called import Called, called
from xiansuo.recommend.cards.headlines import for_matter


def _called(name: str, *titles: str, body: str = "情况如下。") -> Called:
    texts = (read(f"n{place}", title, body) for place, title in enumerate(titles))
    return called(replace(matter(*texts), name=name))


@pytest.mark.parametrize(
    ("name", "title", "act"),
    [
        ("低空起降点布局规划", "关于尽早编制全市低空起降点布局规划的建议", "编制"),
        ("海上急救转运专用船", "关于为青屿县配备海上急救转运专用船的提案", "配备"),
        ("小区配套托育设施", "关于盘活鹭湾新区小区配套托育设施的提案", "盘活"),
        ("侨商资源扶持", "关于加大对侨商资源扶持的几点建议", "加大对"),
        ("侨商资源", "关于加大对侨商资源的扶持的建议", None),
        ("喘息服务健康发展", "加强家庭照护者支持，推动“喘息服务”健康发展", "推动"),
        ("养老产业发展", "关于加快养老产业发展的提案", "加快"),
        ("率先试点长期护理保险", "关于在我市率先试点长期护理保险的建议", ""),
        # 加强 is said of what stands behind the name, and no title says what is to be done about the last one.
        ("老城天际线", "关于加强老城天际线规划控制的建议", None),
        ("骑手停车", "骑手停车：一个下午的观察", None),
    ],
)
def test_what_is_to_be_done_is_what_a_title_says(name: str, title: str, act: str | None) -> None:
    assert _called(name, title).act == act


def test_a_title_never_puts_another_verb_before_a_name_that_has_one() -> None:
    told = _called("率先试点长期护理保险制度", "关于在我市率先试点长期护理保险制度的建议")
    assert for_matter(told.name, "", "", told.act)[0] == "关于率先试点长期护理保险制度的建议"


def test_a_name_that_breaks_off_is_made_whole_unless_it_stands_somewhere_as_it_is() -> None:
    title = "海外侨胞委托国内亲属办理手续难"
    assert _called("海外侨胞委托国内亲属", title).name == title
    assert (
        _called("海外侨胞委托国内亲属", title, body="海外侨胞委托国内亲属，路上要几天。").name == "海外侨胞委托国内亲属"
    )


def test_a_name_that_nobody_says_gives_way_to_the_subject_of_a_title() -> None:
    titles = ("村级幸福食堂靠捐款维持", "四个村的食堂停了，“搭伙户”倒办起来了")
    assert _called("村级幸福食堂搭伙户倒", *titles).name == titles[0]
    # What is to be done about it comes behind a name, not within it.
    assert _called("配电房进水停电风险", "配电房进水停电风险需从设备端化解").name == "配电房进水停电风险"
    # What a title begins with to be heard is not what it is about.
    heard = "关注山区停水期间留守妇女和高龄老人的用水负担"
    assert _called("山区停水期间老人挑水", heard).name == heard.removeprefix("关注")
    # Quotation marks and a clause in between do not make it another name.
    assert _called("社区干部白天跑腿晚上填表", "社区干部“白天跑腿、晚上填表”").name == "社区干部白天跑腿晚上填表"
    assert _called("早市夜班工人没热饭吃", "早市一取缔，夜班工人没热饭吃").name == "早市夜班工人没热饭吃"


def test_what_goes_on_is_appealed_against_and_what_is_demanded_stands_as_it_is() -> None:
    told = _called("岭后线会车全靠倒车", "岭后线会车全靠倒车，村民盼修错车道")
    assert told.situation
    assert for_matter(told.name, "", "", told.act, situation=True)[0] == "岭后线会车全靠倒车，应引起重视"
    assert not _called("提升社会治理水平能力", "依托有线电视网络，提升社会治理水平能力").situation
    wanted = for_matter("几条看病买菜线路应当稳住", "望潮区")
    assert wanted == ("几条看病买菜线路应当稳住", "望潮区几条看病买菜线路：情况、原因与对策")
    for name in ("供需对接", "应急救护培训", "供应链服务"):
        assert for_matter(name, "")[0].startswith("关于")
