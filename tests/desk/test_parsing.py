"""A text falls into its title and its parts, each as the author wrote it."""

from __future__ import annotations

import pytest

from tests import corpus, matters
from xiansuo.desk.parsing import parse
from xiansuo.records import Part

FIELDS = ["title", "situation", "causes", "suggestions"]


def test_parts_are_found_and_quoted() -> None:
    body = "一、存在问题\n巷口路灯坏了３个月。\n二、原因分析\n没人管。\n三、对策建议\n修好它。"
    assert parse(f" 修路灯 \n{body}\n") == {
        "title": "修路灯",
        "situation": "巷口路灯坏了３个月。",
        "causes": "没人管。",
        "suggestions": "修好它。",
    }


@pytest.mark.parametrize("text", ["", "\n", "题目", "题目\n", "\x00题目\r\n"])
def test_a_text_without_a_body_has_no_parts(text: str) -> None:
    found = parse(text)
    assert list(found) == FIELDS
    assert found["title"] == ("题目" if "题目" in text else "")
    assert not any(found[part.value] for part in Part)


@pytest.mark.parametrize("row", matters.ALL, ids=lambda row: row["id"])
def test_every_part_stands_in_the_text_in_its_order(row: dict[str, str]) -> None:
    found = parse(f"{row['title']}\n{row['text']}")
    assert found["title"] == row["title"]
    places = [row["text"].index(found[part.value]) for part in Part if found[part.value]]
    assert places == sorted(places)
    assert "一是" in found["suggestions"]
    assert "一是" not in found["situation"]


def test_nothing_of_the_demo_corpus_is_told_twice_or_made_up() -> None:
    for text in corpus.texts()[::6]:
        found = parse(f"题目\n{text}")
        assert sum(len(found[part.value]) for part in Part) <= len(text) + len(Part)
        for part in Part:
            for line in found[part.value].split("\n"):
                assert line in text
