"""The map: themes as large soft circles, their topics inside, as large as the people behind them are many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.export.cell import Cell, cell
from xiansuo.export.drawing import Disc, Drawing, Group, Shape, Words, moved
from xiansuo.export.lettering import LEADING, Lines, ems, in_width, shortened
from xiansuo.export.packing import Circle, around, pack
from xiansuo.export.palette import INK, THEME_EDGE, THEME_FILL, THEME_INK, Look, edge_width, looks
from xiansuo.export.picture import Picture, Ranked, Theme, ranked

_NUMBER, _TITLE = 11.0, 15.0
_GAP, _RIM, _APART, _MARGIN = 3.0, 7.0, 10.0, 6.0
_LARGEST, _SMALLEST = 96.0, 10.0
_AREA_EACH, _LEAST_AREA, _COVERED = 13_000.0, 240_000.0, 0.33
_NAMED_BELOW = 100
_STRETCH, _PHONE = 2.4, 640.0
_SHAPES, _FEW = (1.0, 1.3, 1.7, 0.75), 24
_SHRINK, _TRIES = 0.97, 6


@dataclass(frozen=True, slots=True)
class Placed:
    """A topic's circle, and its name in lines where there is room for it, around a middle: in the circle or below."""

    ranked: Ranked
    circle: Circle
    name: Lines | None
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """A theme's circle with its topics; one without a name is a topic that stands by itself.

    `name` stands around `name_at`, its middle.
    """

    theme: Theme
    circle: Circle
    topics: tuple[Placed, ...]
    name: Lines | None
    name_at: tuple[float, float]


def regions(picture: Picture, width: float) -> tuple[Region, ...]:
    """Lay the map out around the origin, no wider than `width` pixels where that can be done legibly.

    :return: the themes in the picture's order, then the topics that stand by themselves.
    """
    places = {each.topic.id: each for each in ranked(picture)}
    groups = [(theme, members) for theme, members in _groups(picture, places) if members]
    voices = [max(each.topic.voices, 1) for _, members in groups for each in members]
    if not voices:
        return ()
    area = max(_LEAST_AREA, _AREA_EACH * len(voices)) * _COVERED
    scale = min(math.sqrt(area / (math.pi * sum(voices))), _LARGEST / math.sqrt(max(voices)))
    for _ in range(_TRIES):
        made = [_region(theme, members, scale, below=len(voices) <= _NAMED_BELOW) for theme, members in groups]
        wide = 2 * max(each.circle.r for each in made)
        if wide <= width - 2 * _MARGIN:
            break
        scale *= _SHRINK * (width - 2 * _MARGIN) / wide
    spots = pack(
        [each.circle.r for each in made],
        gap=_APART,
        stretch=_STRETCH if width >= _PHONE else 0.0,
        width=width - 2 * _MARGIN,
    )
    return tuple(_moved(region, spot.x, spot.y) for region, spot in zip(made, spots, strict=True))


def topic_map(picture: Picture, laid: Sequence[Region]) -> Drawing:
    """Draw a map that was laid out, as wide and high as it is."""
    if not laid:
        return Drawing(0.0, 0.0, ())
    look = looks(picture)
    left = min(each.circle.x - each.circle.r for each in laid) - _MARGIN
    right = max(each.circle.x + each.circle.r for each in laid) + _MARGIN
    top = min(each.circle.y - each.circle.r for each in laid) - _MARGIN
    bottom = max(each.circle.y + each.circle.r for each in laid) + _MARGIN
    groups = [group for region in laid for group in _drawn(region, look)]
    return Drawing(round(right - left, 2), round(bottom - top, 2), moved(groups, -left, -top))


def unnamed(laid: Sequence[Region]) -> list[Ranked]:
    """List the topics that bear a number on the map since their names do not fit, hottest first."""
    found = [each.ranked for region in laid for each in region.topics if each.name is None]
    return sorted(found, key=lambda each: each.place)


def _groups(picture: Picture, places: dict[str, Ranked]) -> list[tuple[Theme, list[Ranked]]]:
    named: list[tuple[Theme, list[Ranked]]] = []
    alone: list[tuple[Theme, list[Ranked]]] = []
    left = dict(places)
    for theme in picture.themes:
        members = [left.pop(topic.id) for topic in theme.topics if topic.id in left]
        if theme.name.strip():
            named.append((theme, members))
        else:
            alone += [(theme, [each]) for each in members]
    return named + alone


def _region(theme: Theme, members: Sequence[Ranked], scale: float, *, below: bool) -> Region:
    cells = [
        cell(each.topic.name, max(scale * math.sqrt(max(each.topic.voices, 1)), _SMALLEST), below=below)
        for each in members
    ]
    radii = [each.radius for each in cells]
    if not theme.name.strip():
        alone = Circle(0.0, 0.0, radii[0])
        return Region(theme, alone, _filled(members, cells, [alone]), None, (0.0, 0.0))
    # Flat or upright, the name in one line or two: what needs the least room.
    tries = [
        (spots, *_titled(spots, title))
        for spots in (pack(radii, gap=_GAP, stretch=stretch) for stretch in _SHAPES[: 1 if len(radii) > _FEW else None])
        for title in (_title(theme.name, count) for count in (1, 2))
    ]
    spots, circle, title, at = min(tries, key=lambda made: round(made[1].r, 3))
    region = Region(theme, circle, _filled(members, cells, spots), title, at)
    return _moved(region, -circle.x, -circle.y)


def _filled(members: Sequence[Ranked], cells: Sequence[Cell], spots: Sequence[Circle]) -> tuple[Placed, ...]:
    return tuple(
        Placed(each, made.disc.moved(spot.x, spot.y), made.name, (made.at[0] + spot.x, made.at[1] + spot.y))
        for each, made, spot in zip(members, cells, spots, strict=True)
    )


def _title(name: str, count: int) -> Lines:
    name = shortened(name, 20)
    return in_width(name, (ems(name) / count + (2 if count > 1 else 0)) * _TITLE, _TITLE, count)


def _titled(circles: Sequence[Circle], name: Lines) -> tuple[Circle, Lines, tuple[float, float]]:
    """Put a theme's name above its topics, as low as it goes, and a circle around all."""
    middle = around(circles).x
    half = name.width / 2
    bottom = min(_height_over(each, middle, half) for each in circles) - _GAP
    top = bottom - LEADING * name.size * len(name.lines)
    corners = [Circle(middle + side, y, 0.0) for side in (-half, half) for y in (top, bottom)]
    circle = around([*circles, *corners])
    return Circle(circle.x, circle.y, circle.r + _RIM), name, (middle, (top + bottom) / 2)


def _height_over(circle: Circle, middle: float, half: float) -> float:
    """Return the highest point that a circle reaches under a box of half a width around a middle."""
    aside = max(abs(circle.x - middle) - half - _GAP, 0.0)
    return circle.y - math.sqrt(circle.r**2 - aside**2) if aside < circle.r else math.inf


def _moved(region: Region, x: float, y: float) -> Region:
    topics = tuple(
        Placed(each.ranked, each.circle.moved(x, y), each.name, (each.at[0] + x, each.at[1] + y))
        for each in region.topics
    )
    at = (region.name_at[0] + x, region.name_at[1] + y)
    return Region(region.theme, region.circle.moved(x, y), topics, region.name, at)


def _drawn(region: Region, look: dict[str, Look]) -> list[Group]:
    groups = []
    if region.name:
        circle = region.circle
        x, y = region.name_at
        shapes: list[Shape] = [Disc(circle.x, circle.y, round(circle.r, 2), THEME_FILL, THEME_EDGE)]
        shapes += _lines(region.name, x, y, THEME_INK, bold=True)
        groups.append(Group(tuple(shapes)))
    for each in region.topics:
        topic, circle = each.ranked.topic, each.circle
        how = look.get(topic.standing, look[""])
        # The outline lies inside the circle, so that bold ones do not meet either.
        width = edge_width(topic.standing)
        disc = Disc(circle.x, circle.y, round(circle.r - width / 2, 2), how.fill, how.edge, width, how.line)
        name = each.name or Lines((str(each.ranked.place),), _NUMBER)
        told = f"{topic.name}：{topic.size} 篇，{topic.voices} 人" + (f"，{topic.standing}" if topic.standing else "")
        groups.append(Group((disc, *_lines(name, *each.at, INK)), topic.id, told))
    return groups


def _lines(name: Lines, x: float, middle: float, colour: str, *, bold: bool = False) -> list[Words]:
    baselines = name.baselines(middle)
    return [Words(x, y, line, name.size, colour, "middle", bold) for line, y in zip(name.lines, baselines, strict=True)]
