"""Draw a board of hot topics into a file: a page with map, timeline and table, or one of the two as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.topics import TopicBoard
from xiansuo.errors import FormatUnsupported
from xiansuo.export.picture import Picture, Theme, Topic
from xiansuo.export.saving import save
from xiansuo.topics.heat import Window

Drawing = Literal["map", "timeline"]

WINDOW_LABELS: dict[Window, str] = {
    "week": "近一周",
    "month": "近一月",
    "quarter": "近三月",
    "year": "近一年",
    "all": "全部时间",
}
"""What each window is called on the screen."""

_NOTE = "圆越大，反映的人或单位越多；同一主题的热点放在一起。热度、趋势按“{window}”计算，只看到 {day} 为止的材料。"


def check_drawing_name(path: Path) -> None:
    """Refuse a file name whose format cannot be drawn, before any work is done.

    :raises FormatUnsupported: it ends in neither `.html` nor `.png`.
    """
    if path.suffix.lower() not in (".html", ".png"):
        raise FormatUnsupported(
            f"热点图不能存成“{path.suffix.removeprefix('.')}”。", advice="可用：热点.html、热点.png。"
        )


def drawn(board: TopicBoard, format: str, drawing: Drawing = "map") -> bytes:
    """Draw a board.

    :param format: `html` for the page, `png` for one picture.
    :param drawing: which picture.
    :raises FormatUnsupported: the format is neither, or no Chinese font is installed for a picture.
    """
    check_drawing_name(Path(f"热点.{format}"))
    from xiansuo.export import topics

    picture = picture_of(board)
    if format.lower() == "html":
        return topics.page(picture)
    return topics.map_png(picture) if drawing == "map" else topics.timeline_png(picture)


def write_drawing(board: TopicBoard, path: Path, drawing: Drawing = "map") -> None:
    """Draw a board into a file whose name says the format.

    :raises FormatUnsupported: as `drawn`.
    :raises HomeError: the file cannot be written.
    """
    data = drawn(board, path.suffix.removeprefix("."), drawing)
    save(data, path, "热点图")


def picture_of(board: TopicBoard) -> Picture:
    """Say what a picture of a board shows: its topics by their themes, the others by themselves."""
    topics = {topic.id: topic for topic in board.topics}
    themes, themed = [], set[str]()
    for theme in board.themes:
        own = tuple(_topic(topics[id]) for id in theme.topics if id in topics)
        # A theme of which one topic is shown says nothing that the topic does not.
        if len(own) > 1:
            themed.update(theme.topics)
            themes.append(Theme(theme.id, theme.name, own))
    alone = tuple(_topic(topic) for topic in board.topics if topic.id not in themed)
    if alone:
        themes.append(Theme("", "", alone))
    window, day = WINDOW_LABELS[board.window], board.now.isoformat()
    return Picture("热点图", day, window, _NOTE.format(window=window, day=day), tuple(themes))


def _topic(topic: HotTopic) -> Topic:
    return Topic(
        topic.id,
        topic.name,
        topic.heat,
        topic.size,
        topic.voices,
        topic.parts.growth,
        topic.standing,
        topic.monthly,
        topic.places,
        tuple(each.title for each in topic.representatives),
    )
