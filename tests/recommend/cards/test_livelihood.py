from __future__ import annotations

import pytest

from xiansuo.recommend.cards.livelihood import is_livelihood
from xiansuo.records import Document


@pytest.mark.parametrize(
    ("title", "text", "category", "told"),
    [
        ("关于社区养老的提案", "请增设驿站。", "", True),
        ("关于更新渡轮的提案", "岛上供水、送药全靠一天一班的渡轮。", "交通出行", True),
        ("关于更新渡轮的提案", "岛上供水、送药全靠一天一班的渡轮。", "经济发展", False),
        ("关于知识产权质押的提案", "专利评估没有统一口径。", "社会事业", False),
    ],
)
def test_a_title_tells_it_else_words_of_the_text_fewer_within_such_a_category(
    title: str, text: str, category: str, told: bool
) -> None:
    record = Document.model_validate({"id": "a", "title": title, "text": text, "category": category})
    assert is_livelihood(record) is told
