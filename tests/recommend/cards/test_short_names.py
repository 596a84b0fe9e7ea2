from __future__ import annotations

import pytest

from xiansuo.recommend.cards.headlines import for_follow_up, for_proposal
from xiansuo.recommend.cards.short_names import asked_clause, problem_clause, subject_of, topic_of


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("关于加快推进应急救护培训的建议", "应急救护培训"),
        ("关于尽快打通学府路东段断头路的提案", "学府路东段断头路"),
        ("關於加強應急救護培訓的建議", "应急救护培训"),
        ("关于进一步加强的建议", ""),
    ],
)
def test_a_subject_is_taken_out_of_its_frame(title: str, topic: str) -> None:
    assert topic_of(title) == topic


def test_a_title_without_a_frame_gives_its_first_clause() -> None:
    assert subject_of("茶亭镇208路由两条变一条，赶集日挤不上") == "茶亭镇208路由两条变一条"
    assert subject_of("关于尽快打通学府路东段断头路的提案") == "学府路东段断头路"
    assert subject_of("赤潮预警未打通 养殖户两天后才知情") == "赤潮预警未打通"


def test_a_subject_is_told_in_plain_words_and_without_a_judgement() -> None:
    assert subject_of("“证明你还活着”换了个说法：社区开具证明清而不净") == "社区开具证明清而不净"
    assert subject_of("我市水产养殖保险亟待完善") == "我市水产养殖保险"
    assert subject_of("建议打包引入老旧小区物业") == "打包引入老旧小区物业"


def test_what_is_asked_is_a_clause_of_the_sentence_and_no_slogan() -> None:
    said = "提高服务水平，由市住建局配置小型清淤车、管道机器人，营造良好氛围。"
    assert asked_clause("", said) == "配置小型清淤车、管道机器人"
    assert asked_clause("加强组织领导", "加强组织领导，形成工作合力。") == ""
    assert asked_clause("建设口袋公园十个", said) == "配置小型清淤车、管道机器人"


def test_a_problem_is_named_by_a_clause_that_stands_alone() -> None:
    assert problem_clause("设备老旧，巷弄排水管道养护经费不足，导致积水。") == "巷弄排水管道养护经费不足"
    for leaning in ("导致积水严重。", "很多缺乏专业训练。", "既造成资源浪费，又束缚手脚。", "国家支持政策的缺乏。"):
        assert problem_clause(leaning) == ""


def test_titles_say_the_subject_where_the_words_do_not() -> None:
    titles = for_proposal("老城区排水设施", "配置小型清淤车", "养护经费明显不足")
    assert titles[0] == "老城区排水设施：建议配置小型清淤车"
    assert for_proposal("老城区排水设施", "疏通老城区排水管道", "")[0] == "关于疏通老城区排水管道的建议"
    assert for_proposal("", "配置小型清淤车", "") == ("关于配置小型清淤车的建议",)
    assert len(set(for_follow_up("断头路", "1 年", True))) == 3
