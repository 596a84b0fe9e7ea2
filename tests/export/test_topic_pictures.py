"""Pictures of topics: nothing overlaps, nothing is hidden, nothing comes from outside, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given, settings
from PIL import Image

from tests.export.pictures import counted, demo, needs_font, pictures
from xiansuo.export.drawing import Box, Disc, Drawing, Words
from xiansuo.export.lettering import ems
from xiansuo.export.packing import Circle
from xiansuo.export.picture import Picture, Theme, Topic, ranked, span
from xiansuo.export.timeline import ROWS, shown, timeline
from xiansuo.export.topic_map import Placed, regions, topic_map, unnamed
from xiansuo.export.topics import EMPTY, map_png, page, timeline_png

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
EMPTY_PICTURE = Picture("热点", "2026-10-31", "本周", "", ())


class Seen(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, whole: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(whole.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def apart(one: Circle, other: Circle) -> float:
    return math.hypot(one.x - other.x, one.y - other.y) - one.r - other.r


def boxes(placed: Placed) -> list[tuple[float, float, float, float]]:
    """Return the lines of a name as left, top, right, bottom."""
    name = placed.name
    if name is None:
        return []
    (x, middle), size = placed.at, name.size
    return [
        (x - ems(line) * size / 2, y - 0.86 * size, x + ems(line) * size / 2, y + 0.14 * size)
        for line, y in zip(name.lines, name.baselines(middle), strict=True)
    ]


def gap(box: tuple[float, float, float, float], circle: Circle) -> float:
    left, top, right, bottom = box
    return math.hypot(max(left - circle.x, circle.x - right, 0), max(top - circle.y, circle.y - bottom, 0)) - circle.r


def reach(box: tuple[float, float, float, float], circle: Circle) -> float:
    left, top, right, bottom = box
    return max(math.hypot(x - circle.x, y - circle.y) for x in (left, right) for y in (top, bottom)) - circle.r


def check_map(picture: Picture, width: float) -> None:
    laid = regions(picture, width)
    placed = [each for region in laid for each in region.topics]
    assert {each.ranked.topic.id: 1 for each in placed} == counted(picture)
    for one, other in combinations(laid, 2):
        assert apart(one.circle, other.circle) >= 1
    for a, b in combinations(placed, 2):
        assert apart(a.circle, b.circle) >= 1
    for region in laid:
        for each in region.topics:
            assert apart(each.circle, region.circle) <= -2 * each.circle.r + 1e-6, "a topic is inside its theme"
            inside = all(reach(box, each.circle) <= 0 for box in boxes(each))
            for box in boxes(each):
                assert reach(box, region.circle) <= 1e-6
                assert inside or gap(box, each.circle) >= 0, "a name lies in its circle or below, not across"
                assert all(gap(box, other.circle) >= 0 for other in placed if other is not each)


@settings(max_examples=25)
@given(pictures())
def test_nothing_overlaps_on_any_map(picture: Picture) -> None:
    for width in (1180.0, 358.0):
        check_map(picture, width)


@pytest.mark.parametrize("topics", [1, 3, 80, 200])
def test_the_map_of_the_corpus_fits_and_names_its_topics(topics: int) -> None:
    picture = demo(topics)
    check_map(picture, 1180)
    laid = regions(picture, 1180)
    made = topic_map(picture, laid)
    assert made.width <= 1180
    assert unnamed(laid) == [] or topics == 200
    named = [each for region in laid for each in region.topics if each.name]
    assert len(named) + len(unnamed(laid)) == topics
    for each in named:
        assert each.name
        assert "".join(each.name.lines).replace(" ", "") == each.ranked.topic.name.replace(" ", "")


def test_area_is_people_and_what_moves_looks_different() -> None:
    topics = [
        Topic("a", "甲", 3, 9, 16, standing="升温"),
        Topic("b", "乙", 2, 9, 4, standing="新出现"),
        Topic("c", "丙", 1, 9, 4, standing="降温"),
        Topic("d", "丁", 0, 9, 4),
    ]
    picture = replace(EMPTY_PICTURE, themes=(Theme("h", "主题", tuple(topics)),))
    laid = regions(picture, 1180)
    radii = {each.ranked.topic.id: each.circle.r for each in laid[0].topics}
    assert radii["a"] == pytest.approx(2 * radii["b"])
    discs = {
        group.id: next(shape for shape in group.shapes if isinstance(shape, Disc))
        for group in topic_map(picture, laid).groups
        if group.id
    }
    assert len({disc.fill for disc in discs.values()}) == 4
    assert (discs["b"].line, discs["c"].line, discs["d"].line) == ("double", "dashed", "plain")
    assert discs["a"].width > discs["d"].width, "without colours rising is bolder than steady"


def told_by(drawing: Drawing) -> list[Words]:
    return [shape for group in drawing.groups for shape in group.shapes if isinstance(shape, Words)]


@pytest.mark.parametrize("months", [6, 24, 120])
@pytest.mark.parametrize("width", [1180.0, 358.0])
def test_a_timeline_can_be_read_over_months_and_over_years(months: int, width: float) -> None:
    picture = demo(60, months)
    made = timeline(picture, width)
    rows = [group for group in made.groups if group.id]
    assert [group.id for group in rows] == [each.topic.id for each in shown(picture)]
    assert len(rows) == ROWS
    axis = sorted(
        (words for words in told_by(made) if re.fullmatch(r"\d{4}年.*", words.text)), key=lambda w: (w.y, w.x)
    )
    assert len(axis) >= 4
    for one, other in combinations(axis, 2):
        if one.y == other.y:
            begins, ends = (
                (other.x, one.x + ems(one.text) * one.size)
                if one.anchor == "start"
                else (other.x - ems(other.text) * other.size / 2, one.x + ems(one.text) * one.size / 2)
            )
            assert ends <= begins
    for group in rows:
        bars = [shape for shape in group.shapes if isinstance(shape, Box) and shape.told]
        topic = next(each.topic for each in ranked(picture) if each.topic.id == group.id)
        assert sum(int(bar.told.partition("：")[2].split()[0]) for bar in bars) == sum(n for _, n in topic.monthly)
        assert all(bar.width >= 3 and bar.height >= 3 and 0 <= bar.x <= width - bar.width for bar in bars)
        assert not topic.standing or topic.standing in [w.text for w in group.shapes if isinstance(w, Words)]


def test_a_page_says_everything_and_needs_nothing_else() -> None:
    picture = demo(120)
    whole = page(picture)
    assert not re.search(rb"https?:|//|url\(|@import|\bsrc=|<link|<iframe|<img", whole.replace(b"// The card", b""))
    seen = Seen(whole)
    assert dict(seen.tags)["html"]["lang"] == "zh-CN"
    for each in ranked(picture):
        for text in (each.topic.name, *each.topic.representatives, span(each.topic.monthly)):
            assert text in seen.text
    for text in (picture.title, picture.window, picture.day, picture.note, "升温", "新出现", "降温", "平稳"):
        assert text in seen.text


def test_every_topic_can_be_reached_by_keyboard_and_leads_to_its_row() -> None:
    seen = Seen(page(demo(30)))
    ids = [attrs["id"] for _, attrs in seen.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs for tag, attrs in seen.tags if tag == "a" and attrs.get("class") == "topic"]
    assert len(links) == 2 * (30 + ROWS), "map and timeline, wide and narrow"
    assert all(str(link["href"])[1:] in ids and link["aria-label"] for link in links)


def test_the_only_script_is_our_own_and_names_are_never_markup() -> None:
    topic = Topic("t", HOSTILE, 1.0, 3, 3, 1.0, "升温", (("2026-10", 3),), (HOSTILE,), (HOSTILE,))
    whole = page(Picture(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Theme(HOSTILE, HOSTILE, (topic,)),)))
    seen = Seen(whole)
    assert [tag for tag, _ in seen.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in seen.tags}
    assert not [attrs for _, attrs in seen.tags if any(name.startswith("on") for name in attrs)]
    assert HOSTILE in seen.text
    script = whole.decode().partition("<script>")[2].partition("</script>")[0]
    policy = next(attrs["content"] for _, attrs in seen.tags if "http-equiv" in attrs)
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in str(policy)
    assert "default-src 'none'" in str(policy)


def test_the_same_picture_gives_the_same_page_in_every_process() -> None:
    code = (
        "import sys, hashlib; from tests.export.pictures import demo; from xiansuo.export.topics import page;"
        "print(hashlib.sha256(page(demo(40))).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == hashlib.sha256(page(demo(40))).hexdigest()
    numbers = re.findall(r'(?:cx|cy|r|x|y|width|height)="([\d.]+)"', page(demo(40)).decode())
    assert max(len(number.partition(".")[2]) for number in numbers) <= 2


@needs_font
@pytest.mark.parametrize("made", [map_png, timeline_png])
def test_an_image_is_a_png_with_the_picture_in_it(made: object) -> None:
    assert callable(made)
    picture = demo(40)
    data = made(picture)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data == made(picture)
    image = Image.open(BytesIO(data)).convert("RGB")
    assert 1200 < image.width <= 2 * (1180 + 72)
    assert image.height > 1000
    colours = {colour for _, colour in image.getcolors(1 << 24) or ()}
    for colour in ("f6ab82", "fbe38a", "aed0ee"):
        assert tuple(bytes.fromhex(colour)) in colours


@needs_font
def test_an_image_has_a_key_where_names_do_not_fit() -> None:
    few, many = (Image.open(BytesIO(map_png(demo(count)))).size for count in (1, 200))
    assert few[1] < 1200 < many[1]
    assert unnamed(regions(demo(200), 1180))


def test_without_topics_the_page_says_so_and_what_to_do() -> None:
    for picture in (EMPTY_PICTURE, replace(EMPTY_PICTURE, themes=(Theme("h", "主题", ()),))):
        seen = Seen(page(picture))
        assert EMPTY in seen.text
        assert "导入" in seen.text
        assert not {"svg", "script", "table"} & {tag for tag, _ in seen.tags}


@needs_font
def test_without_topics_the_images_say_so() -> None:
    for made in (map_png, timeline_png):
        assert Image.open(BytesIO(made(EMPTY_PICTURE))).height < 600


def test_topics_without_dates_have_a_map_and_no_timeline() -> None:
    picture = demo(5, 0)
    assert timeline(picture, 1180).groups == ()
    text = Seen(page(picture)).text
    assert "没有日期" in text
    assert "日期不详" in text


def test_where_nothing_was_judged_nothing_is_called_steady() -> None:
    text = Seen(page(demo(12, judged=False))).text
    assert "平稳" not in text
    assert "升温" not in text


def test_a_topic_under_two_themes_is_drawn_once() -> None:
    topic = Topic("t", "公交班次", 1.0, 3, 3)
    picture = replace(EMPTY_PICTURE, themes=(Theme("a", "交通", (topic,)), Theme("b", "民生", (topic,))))
    assert [region.theme.name for region in regions(picture, 1180)] == ["交通"]
    assert [each.theme for each in ranked(picture)] == ["交通"]


def test_months_are_said_in_chinese() -> None:
    assert span([("2025-02", 0), ("2025-03", 2), ("2026-11", 1), ("2026-12", 0)]) == "2025年3月至2026年11月"
    assert span([("2025-03", 2)]) == "2025年3月"
    assert span([]) == "日期不详"
