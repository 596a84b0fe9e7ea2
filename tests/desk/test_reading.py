"""The words of a text as the comparison reads them."""

from __future__ import annotations

from tests.corpus import texts
from xiansuo.desk.desk import Desk
from xiansuo.desk.reading import content_words_in
from xiansuo.topics.phrases import content_words
from xiansuo.topics.stock import stock_words


def test_words_are_content_words_in_lower_case(desk: Desk) -> None:
    for text in ["APP里查不到公交", *texts()[::9]]:
        told = content_words_in(desk, text)
        assert told == [word.lower() for word in content_words(desk.words.words(text), stock_words())]
        assert told == content_words_in(desk, text)
