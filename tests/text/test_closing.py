"""Closing suggestions that nothing announces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import rows
from xiansuo.text.closing import find_closing, weigh
from xiansuo.text.normalise import normalise
from xiansuo.text.sentences import sentences

FACTS = "巷口的路灯坏了三个月。社区报修过两次，都没有回音。去年冬天有2位老人摔伤，家属说“天一黑没人敢走”。\n"


def closing(body: str) -> str | None:
    text = normalise(body).text
    found = find_closing(text, sentences(text), after=0)
    return None if found is None else text[found[1] :]


@pytest.mark.parametrize(
    "said",
    [
        "希望街道年前把灯修好，别等出了事再来。",
        "盼着供电和社区碰个头，灯由谁修、钱由谁出先定下来。",
        "请城管、供电两家一起来看一次；修好前先挂临时灯。",
        "能不能把这条巷子列入年度改造计划，让老人放心出门。",
        "社区不妨每季度查一次灯，坏灯写进公示栏。",
        "灯杆应由街道统一编号。电费可由街道先垫付，年底结清。",
        "一是由街道统一换灯，三天内修好；二是把报修电话贴到灯杆上；三是每季度公布一次结果。",
        "一要尽快修好。二要明确谁来管。",
    ],
)
def test_wishes_requests_and_orders_at_the_end_are_suggestions(said: str) -> None:
    assert closing(FACTS + said) == normalise(said).text


@pytest.mark.parametrize(
    "announcing",
    [
        "我们的意见很简单：",
        "我想提这么几条。",
        "请街道帮三件事：",
        "怎么改，居民有一些主意：\n",
        "对策上，不必先上大工程：\n",
    ],
)
def test_an_announcement_belongs_to_no_part(announcing: str) -> None:
    said = "一、坏灯由街道统一更换；二、新灯写进年度计划；三、报修电话公布到巷口。"
    text = normalise(FACTS + announcing + said).text
    found = find_closing(text, sentences(text), after=0)
    assert found is not None
    start, content = found
    assert text[start:content] == normalise(announcing + "一").text.removesuffix("一")
    assert text[content:] == normalise(said).text


@pytest.mark.parametrize(
    "body",
    [
        FACTS,
        FACTS + "（一）标准不完善，监管缺失。\n（二）灯杆老化，维护跟不上。\n（三）经费不足，人手短缺。",
        FACTS + "店主说：“希望早点修好。”街道已派人去看过，目前还没有结果。",
        FACTS + "请了电工来看，花了200元，仍没有修好。",
        "现将有关事项通知如下。\n一、坏灯由街道统一更换。\n二、各社区应每季度公布一次。\n三、不得拖延。",
        FACTS + "一、坏灯由街道统一更换，不得拖延。\n二、费用由区财政负责。\n本办法自印发之日起施行。",
    ],
)
def test_reports_and_rules_have_none(body: str) -> None:
    assert closing(body) is None


def test_no_run_begins_within_a_sentence_or_a_list() -> None:
    said = "一是灯杆重新布点；二是灯泡三天内换好；三是由街道统一编号，把报修电话公布出来，不得拖延。"
    assert closing(FACTS + said) == normalise(said).text


def test_a_heading_run_into_its_list_is_found_wherever_it_stands() -> None:
    assert closing(FACTS + "出行受影响较大具体建议：1、换灯。2、编号。") == "1、换灯。2、编号。"


def test_a_sentence_weighs_by_its_mood() -> None:
    wish, order, plain, fact = map(
        weigh,
        ("希望街道修好路灯。", "由街道修好路灯。", "路灯在巷口。", "路灯去年坏了。"),
    )
    assert wish > order > plain > fact


@given(st.text(st.sampled_from("希望由把应请了过说没有一二是、：；。，\n路灯几条意见"), max_size=80))
def test_a_run_ends_with_the_text_and_begins_with_a_sentence(body: str) -> None:
    text = normalise(body).text
    spans = sentences(text)
    found = find_closing(text, spans, after=0)
    if found is not None:
        assert found[0] in {start for start, _ in spans[1:]}
        assert found[0] <= found[1] < len(text)


def test_demo_texts_without_their_suggestions_seldom_show_any() -> None:
    bodies = {row["id"]: row["text"] for row in rows("documents.jsonl")}
    rests = [
        _before(bodies[row["id"]], row["suggestions"]) for row in rows("gold/sections.jsonl") if row["suggestions"]
    ]
    wrong = [rest for rest in rests if closing(rest) is not None]
    assert len(wrong) <= 0.05 * len(rests)


def _before(body: str, suggestions: str) -> str:
    """What stands before the suggestions, up to its last full stop: the rest announces them."""
    return body[: body[: body.index(suggestions[:20])].rfind("。") + 1]
