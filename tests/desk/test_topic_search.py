"""A board is narrowed by words and put in order of its themes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.archives import NOW, fill, rows
from xiansuo.desk.desk import Desk
from xiansuo.desk.names import NamedTheme
from xiansuo.desk.topic_search import by_theme, matching
from xiansuo.desk.topics import TopicBoard, hot_topics


@pytest.fixture
def board(desk: Desk, tmp_path: Path) -> TopicBoard:
    """Two topics and a third that is like the second."""
    made = hot_topics(fill(desk, tmp_path, rows()), now=NOW, window="all")
    first, second = made.topics
    third = replace(second, id="t0", name="渔港清淤", phrases=("航道",), heat=0.1)
    themes = (NamedTheme("m1", "近海生产", (second.id, "t0"), ("渔民",)), NamedTheme("m2", "吃饭", (first.id,)))
    topics = (replace(first, theme="m2"), replace(second, theme="m1"), replace(third, theme="m1"))
    return replace(made, topics=topics, themes=themes)


def test_every_word_must_stand_in_name_theme_or_phrases(board: TopicBoard) -> None:
    assert matching(board, "  ") == board
    assert [topic.id for topic in matching(board, "渔港").topics] == ["t0"]
    assert [topic.id for topic in matching(board, "近海 航道").topics] == ["t0"]
    assert len(matching(board, "近海").topics) == 2
    assert matching(board, "近海 没有").topics == ()


def test_a_theme_of_one_topic_stands_among_those_alone(board: TopicBoard) -> None:
    groups = by_theme(board)
    assert [(group.name, len(group.topics)) for group in groups] == [("近海生产", 2), ("", 1)]
    assert groups[0].phrases == ("渔民",)
    assert sorted(topic.id for group in groups for topic in group.topics) == sorted(each.id for each in board.topics)
