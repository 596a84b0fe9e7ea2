from __future__ import annotations

import pytest

from tests.recommend.proposed import DRAIN, STOP, proposal
from xiansuo.recommend.cards.suggestion_items import run_together, suggestion_items


def test_each_number_is_an_item_with_the_sentence_that_asks() -> None:
    text = proposal()
    items = suggestion_items(text)
    said = [text.record.text[item.asking[0][0].start : item.asking[0][0].end] for item in items]
    assert [each[: len(start)] for each, start in zip(said, (DRAIN, STOP), strict=True)] == [DRAIN, STOP]
    assert all(score > 0 for item in items for _, score in item.asking)


@pytest.mark.parametrize(
    "asked",
    ["要高度重视，加强组织领导，形成合力，奠定坚实基础。", "家长应当多陪伴孩子读书，每天不少于半个小时。", ""],
)
def test_slogans_and_what_nobody_can_be_made_to_do_are_no_items(asked: str) -> None:
    body = f"一、问题\n菜场下水道堵塞，一下雨就积水，去年12个摊位被淹。\n二、建议\n1.{asked}\n"
    assert suggestion_items(proposal(text=body)) == []


def test_a_heading_that_ran_into_its_text_is_known() -> None:
    assert run_together("加装老楼电梯加快加装老楼电梯,每年不少于三十部")
    assert not run_together("由市住建局牵头更换菜场下水道,汛期前疏通一遍")
