from __future__ import annotations

from tests.recommend.archive import read
from xiansuo.recommend.cards.quotes import Role, quote, whole_sentences

_BODY = "调研情况： 1.菜场积水，\n没人管；老人摔倒。\n二、建议：一是疏通下水道，换 箅子。\n此外，增设公交站\n"


def test_sentences_lose_labels_and_numbers_and_keep_their_place() -> None:
    text = read("a", "题", _BODY)
    said = [quote(Role.PROBLEM, text, each) for each in whole_sentences(text)]
    assert [each.text for each in said][-2:] == ["疏通下水道，换 箅子。", "增设公交站"]
    assert all(_BODY[each.start : each.end] == each.text for each in said)
    assert all(each.because == ("doc:a",) for each in said)


def test_a_sentence_cut_at_a_pause_is_whole_again_and_one_without_an_end_is_not_whole() -> None:
    long = "菜场积水，" * 60 + "没人管。"
    (only,) = whole_sentences(read("a", "题", long))
    assert (only.start, only.end, only.whole) == (0, len(long), True)
    assert len(only.passages) > 1
    assert [each.whole for each in whole_sentences(read("b", "题", _BODY))][-1] is False


def test_a_decimal_number_is_no_label() -> None:
    (only,) = whole_sentences(read("a", "题", "1.5公里内没有车站。"))
    assert only.start == 0
