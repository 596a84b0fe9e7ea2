"""The trouble that a card of a topic quotes is a sentence of one of its texts, on the matter, and no good news."""

from __future__ import annotations

from tests.recommend.archive import ground, matter, read
from xiansuo.recommend.cards.concerns import Concern, concern_of
from xiansuo.recommend.cards.matters import vector_of
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Kind

_OTHERS = [read(f"o{i}", "村道太窄", f"第{i}条村道会车难，错车道没有修。") for i in range(8)]


def _told(*texts: ReadText) -> Concern | None:
    base = ground([*texts, *_OTHERS])
    return concern_of("老年食堂亏损", texts, vector_of(texts, base.centre), base)


def test_the_sentence_stands_in_the_text_and_its_words_in_the_sentence() -> None:
    body = "老年食堂开了三年。老年食堂送餐人手严重不足，老人吃不上热饭。建议：增加老年食堂的补贴。"
    text = read("a", "老年食堂亏损", body)
    found = _told(text)
    assert found is not None
    assert body[found.quote.start : found.quote.end] == found.quote.text
    assert found.quote.because == ("doc:a",)
    assert found.words == "老年食堂送餐人手严重不足"
    assert found.words in found.quote.text


def test_good_news_what_leans_on_another_sentence_and_references_tell_no_trouble() -> None:
    for body in (
        "老年食堂亏损的情况明显减少，三十家里没有了拖欠。",
        "究其原因，主要是老年食堂宣传不够到位，老人不知道。",
        "老年食堂宣传不够到位，老人不知道怎么去。",
    ):
        assert _told(read("a", "老年食堂亏损", body)) is None
    reply = read("a", "老年食堂亏损", "老年食堂送餐人手严重不足，老人吃不上热饭。", kind=Kind.REFERENCE)
    assert _told(reply) is None


def test_the_same_texts_in_another_order_tell_the_same() -> None:
    texts = [
        read("a", "老年食堂亏损", "老年食堂送餐人手严重不足，老人吃不上热饭。"),
        read("b", "老年食堂亏损", "老年食堂运营补贴标准过低，开一天亏一天。"),
    ]
    assert _told(*texts) == _told(*texts[::-1]) is not None
    assert matter(*texts).texts == tuple(texts)
