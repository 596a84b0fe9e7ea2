"""A theme stands on a card only where a reader sees why."""

from __future__ import annotations

import pytest

from tests.recommend.archive import read
from xiansuo.recommend.aligning.alignment import Alignment
from xiansuo.recommend.cards.bearing import bears, shared_words
from xiansuo.records import WorkTheme

CARE = WorkTheme(id="T1", name="加强重度残疾人托养照护", keywords=("重度残疾人", "托养", "风险"), clause="加强托养。")


def _found(passage: str, *keywords: str, clause: str = "加强重度残疾人托养照护服务") -> Alignment:
    return Alignment("a", CARE, 0.95, keywords, passage, clause)


@pytest.mark.parametrize(
    ("title", "found", "told"),
    [
        ("重度残疾人照护无人接手", _found("照护无人接手"), True),
        ("青少年近视防控", _found("校园照明要改造。"), False),
        ("青少年近视防控", _found("频闪有风险。", "风险"), False),
        ("化工园区风险", _found("园区很近。", "风险"), True),
        ("照料之苦", _found("家里有重度残疾人。", "重度残疾人"), True),
        ("法院要有纠错功能", _found("推进项目建设，提高服务水平。", clause="推进项目建设，提高服务水平"), False),
    ],
)
def test_it_is_seen_by_a_keyword_or_by_words_in_common_but_not_by_what_any_text_says(
    title: str, found: Alignment, told: bool
) -> None:
    assert bears(read("a", title, "正文。"), found) is told


def test_words_in_common_are_named_those_of_titles_first() -> None:
    theme = WorkTheme(id="T2", name="滨海文旅融合", keywords=("海岛民宿",), clause="提升海岛民宿、渔家体验品质。")
    texts = [read("a", "民宿证照难办", "渔家体验也难。"), read("b", "渔村民宿消防", "正文。")]
    assert shared_words(theme, texts) == ["民宿"]
    assert shared_words(theme, [read("c", "证照难办", "渔家体验项目办不了证。")]) == ["渔家体验"]
    assert shared_words(theme, [read("d", "路窄", "会车难，推进项目建设。")]) == []
