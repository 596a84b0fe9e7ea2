"""A board as a file: all of its topics, by their themes, in a format that the name says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.export.pictures import needs_font
from xiansuo.desk.demo import DAY
from xiansuo.desk.desk import Desk
from xiansuo.desk.topics import TopicBoard, hot_topics
from xiansuo.errors import FormatUnsupported, HomeError
from xiansuo.export import fonts
from xiansuo.export.topic_files import check_drawing_name, drawn, picture_of, write_drawing
from xiansuo.settings import Settings


@pytest.fixture(scope="module")
def board(demo_home: Path) -> Iterator[TopicBoard]:
    with Desk(Settings(home=demo_home)) as desk:
        yield hot_topics(desk, now=DAY, window="year", limit=40)


def test_a_picture_shows_every_topic_of_the_board_once(board: TopicBoard) -> None:
    picture = picture_of(board)
    shown = [topic for theme in picture.themes for topic in theme.topics]
    assert sorted(topic.id for topic in shown) == sorted(topic.id for topic in board.topics)
    by_id = {topic.id: topic for topic in board.topics}
    for topic in shown:
        of = by_id[topic.id]
        assert (topic.name, topic.heat, topic.size, topic.voices) == (of.name, of.heat, of.size, of.voices)
        assert topic.monthly == of.monthly
        assert topic.representatives == tuple(each.title for each in of.representatives)
    assert "近一年" in picture.note
    assert DAY.isoformat() in picture.note


def test_topics_stand_by_their_themes_where_two_of_one_are_shown(board: TopicBoard) -> None:
    picture = picture_of(board)
    named = [theme for theme in picture.themes if theme.name]
    assert named
    members = {theme.id: set(theme.topics) for theme in board.themes}
    for theme in named:
        assert len(theme.topics) > 1
        assert {topic.id for topic in theme.topics} <= members[theme.id]
    assert sum(not theme.name for theme in picture.themes) <= 1
    first = picture_of(replace(board, topics=board.topics[:1]))
    assert [theme.name for theme in first.themes] == [""]


def test_the_page_holds_the_names_and_is_the_same_every_time(board: TopicBoard) -> None:
    page = drawn(board, "html")
    assert page == drawn(board, "HTML")
    assert all(topic.name in page.decode() for topic in board.topics)


@needs_font
def test_map_and_timeline_are_two_images(board: TopicBoard) -> None:
    images = [drawn(board, "png", "map"), drawn(board, "png", "timeline")]
    assert images[0] != images[1]
    for data in images:
        with Image.open(BytesIO(data)) as image:
            assert image.format == "PNG"
            assert min(image.size) > 600


def test_a_board_without_topics_is_drawn(board: TopicBoard, tmp_path: Path) -> None:
    empty = replace(board, topics=(), themes=())
    assert picture_of(empty).themes == ()
    write_drawing(empty, tmp_path / "空.html")
    assert "还没有可以画的热点" in (tmp_path / "空.html").read_text("utf-8")


@needs_font
def test_the_name_says_the_format_and_folders_are_made(board: TopicBoard, tmp_path: Path) -> None:
    for name, drawing in (("热点.html", "map"), ("热点.PNG", "map"), ("时间线.png", "timeline")):
        path = tmp_path / "图" / name
        check_drawing_name(path)
        write_drawing(board, path, drawing)  # type: ignore[arg-type]
        assert path.read_bytes() == drawn(board, path.suffix[1:], drawing)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["热点.pdf", "热点", "热点.svg"])
def test_other_formats_are_refused_by_name(name: str, board: TopicBoard, tmp_path: Path) -> None:
    with pytest.raises(FormatUnsupported, match="热点图不能存成") as caught:
        check_drawing_name(Path(name))
    assert ".html" in str(caught.value.advice)
    with pytest.raises(FormatUnsupported):
        write_drawing(board, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(board: TopicBoard, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    with pytest.raises(HomeError, match="写不到"):
        write_drawing(board, tmp_path / "文件" / "热点.html")


def test_without_a_font_there_is_still_the_page(
    board: TopicBoard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path])
    with pytest.raises(FormatUnsupported, match="没有找到中文字体"):
        drawn(board, "png")
    assert drawn(board, "html").startswith(b"<!")
