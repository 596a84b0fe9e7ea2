"""Where topics stand on the map, as plain figures for other programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.topics import TopicBoard
from xiansuo.export.topic_files import picture_of
from xiansuo.export.topic_map import Region, regions
from xiansuo.topics.heat import Window


@dataclass(frozen=True, slots=True)
class Spot:
    """A topic's circle: middle and radius in pixels, y growing downwards, with what it shows."""

    id: str
    name: str
    x: float
    y: float
    r: float
    heat: float
    size: int
    voices: int
    standing: str


@dataclass(frozen=True, slots=True)
class Area:
    """A theme's circle with its topics; without `id` it is a topic that stands by itself."""

    id: str
    name: str
    x: float
    y: float
    r: float
    topics: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """The map of a board, `width` × `height` pixels: the circles of the exported drawing."""

    now: dt.date
    window: Window
    width: float
    height: float
    areas: tuple[Area, ...]


def plan(board: TopicBoard, width: float) -> TopicPlan:
    """Lay a board out, no wider than `width` pixels where that can be done legibly."""
    laid = regions(picture_of(board), width)
    left, top, right, bottom = extent(laid)
    areas = tuple(_area(region, left, top) for region in laid)
    return TopicPlan(board.now, board.window, round(right - left, 2), round(bottom - top, 2), areas)


def extent(laid: tuple[Region, ...]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all circles; zeros where there are none."""
    circles = [region.circle for region in laid]
    return (
        min((each.x - each.r for each in circles), default=0.0),
        min((each.y - each.r for each in circles), default=0.0),
        max((each.x + each.r for each in circles), default=0.0),
        max((each.y + each.r for each in circles), default=0.0),
    )


def _area(region: Region, left: float, top: float) -> Area:
    spots = []
    for each in region.topics:
        topic, circle = each.ranked.topic, each.circle
        at = (round(circle.x - left, 2), round(circle.y - top, 2), round(circle.r, 2))
        spots.append(Spot(topic.id, topic.name, *at, topic.heat, topic.size, topic.voices, topic.standing))
    circle, theme = region.circle, region.theme
    at = (round(circle.x - left, 2), round(circle.y - top, 2), round(circle.r, 2))
    return Area(theme.id, theme.name, *at, tuple(spots))
