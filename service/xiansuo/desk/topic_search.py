"""Narrow a board of hot topics by words, and put it in order of its themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.topics import TopicBoard


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """A theme with those of its topics that a board shows, hottest first; without `id`: topics that stand alone."""

    id: str
    name: str
    phrases: tuple[str, ...]
    topics: tuple[HotTopic, ...]


def matching(board: TopicBoard, words: str) -> TopicBoard:
    """Keep the topics in whose name, theme or key phrases every word stands; no words keep all."""
    wanted = words.casefold().split()
    if not wanted:
        return board
    themes = {theme.id: theme.name for theme in board.themes}

    def kept(topics: Sequence[HotTopic]) -> tuple[HotTopic, ...]:
        told = [(each, " ".join((each.name, themes.get(each.theme, ""), *each.phrases)).casefold()) for each in topics]
        return tuple(each for each, text in told if all(word in text for word in wanted))

    return replace(board, topics=kept(board.topics), emerging=kept(board.emerging), fading=kept(board.fading))


def by_theme(board: TopicBoard) -> tuple[ThemeGroup, ...]:
    """Group a board's topics, the theme with the hottest first; those of which a theme has no other come last."""
    theme_of = {topic: theme for theme in board.themes for topic in theme.topics}
    grouped: dict[str, list[HotTopic]] = {}
    for topic in board.topics:
        if topic.id in theme_of:
            grouped.setdefault(theme_of[topic.id].id, []).append(topic)
    themes = {theme.id: theme for theme in board.themes}
    made = [
        ThemeGroup(id, themes[id].name, themes[id].phrases, tuple(topics))
        for id, topics in grouped.items()
        if len(topics) > 1
    ]
    themed = {topic.id for group in made for topic in group.topics}
    alone = tuple(topic for topic in board.topics if topic.id not in themed)
    return (*made, *([ThemeGroup("", "", (), alone)] if alone else []))
