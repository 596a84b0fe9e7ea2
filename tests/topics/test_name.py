from __future__ import annotations

import pytest

from xiansuo.text.segment import segmenter
from xiansuo.topics.name import LONGEST, SHORTEST, bare_title, name_topic
from xiansuo.topics.phrases import content_words, key_words
from xiansuo.topics.stock import stock_words

TITLES = ["关于解决老年食堂运营亏损问题的建议", "社区老年食堂运营亏损需引起重视", "老年食堂亏损，三家已停办"]


def _weights(titles: list[str]) -> dict[str, float]:
    words = segmenter().words
    found = {t: frozenset(content_words(words(t), stock_words())) for t in titles}
    return key_words(found, {"t": titles})["t"]


def test_a_name_is_made_of_a_members_own_words() -> None:
    name = name_topic(TITLES, _weights(TITLES), segmenter(), set())
    assert SHORTEST <= len(name) <= LONGEST
    assert any(name in title for title in TITLES)
    assert "老年食堂" in name


def test_no_two_names_are_alike() -> None:
    taken: set[str] = set()
    for _ in range(6):
        taken.add(name_topic(TITLES, _weights(TITLES), segmenter(), taken))
    assert len(taken) == 6


@pytest.mark.parametrize("title", ["？", "建议", "123", "关于的建议", "A" * 60])
def test_odd_titles_still_have_a_name(title: str) -> None:
    assert name_topic([title], _weights([title]), segmenter(), set())


def test_frames_are_taken_off() -> None:
    assert bare_title("关于加强海上风电用海协商的建议") == "海上风电用海协商"


def test_stock_words_and_numbers_are_no_key_words() -> None:
    assert content_words(["12", "的", "食堂", "进一步"], {"进一步"}) == ["食堂"]
