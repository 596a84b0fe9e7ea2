"""The map and the timeline of topics as charts to point at: options for ECharts, from what the drawings are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from xiansuo.export.lettering import LEADING, Lines
from xiansuo.export.months import summed
from xiansuo.export.palette import GREY, INK, THEME_EDGE, THEME_FILL, THEME_INK, Look, edge_width, looks
from xiansuo.export.picture import Picture, ranked
from xiansuo.export.timeline import columns, shown
from xiansuo.export.topic_map import Placed, Region, regions
from xiansuo.export.topic_plan import extent

Option: TypeAlias = dict[str, Any]
"""What ECharts is told; without functions, so that it can be sent as JSON. `empty` alone says why there is no chart."""

Address: TypeAlias = Callable[[str], str]
"""From a topic's id to where it is shown."""

EMPTY = "还没有可以画的热点。请先导入材料，或把时间放宽。"

# Layouts by the width that the chart has: from so many pixels on, laid out so wide, so many topics.
_LAYOUTS = ((1100, 1080.0, 80), (660, 640.0, 45), (0, 296.0, 12))
_HEIGHT = 860.0
_DOUBLE = 2.6
_SHADES = ["#fbeee9", "#f0c0ae", "#dd8a72", "#c0504a", "#9e2a2b"]


def map_chart(picture: Picture, address: Address) -> Option:
    """Draw the map: circles of topics in those of their themes; a narrow chart shows fewer topics, the hottest."""
    if not ranked(picture):
        return {"empty": EMPTY}
    media = []
    for place, (least, width, most) in enumerate(_LAYOUTS):
        wider = _LAYOUTS[place - 1][0] - 1 if place else None
        query = {"minWidth": least, **({"maxWidth": wider} if wider else {})}
        media.append({"query": query, "option": {"series": [_layout(_hottest(picture, most), width, address)]}})
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "series": [{"id": "map", "type": "graph"}],
        "media": media,
    }


def timeline_chart(picture: Picture, address: Address) -> Option:
    """Draw the timeline: the hottest topics as rows, time as columns, darker where there are more documents."""
    rows, axis = shown(picture), columns(picture)
    if not rows:
        return {"empty": "这些热点的材料都没有日期，画不出时间线。"}
    data: list[Option] = []
    for y, each in enumerate(rows):
        for x, count in enumerate(summed(each.topic.monthly, axis)):
            if count:
                told = f"{each.topic.name}\n{axis[x].name}：{count} 篇"
                value = [x, y, count, round(math.sqrt(count), 3)]
                data.append({"value": value, "name": told, "link": address(each.topic.id)})
    return {
        "tooltip": {"formatter": "{b}"},
        "grid": {"left": 190, "right": 12, "top": 8, "bottom": 56},
        "xAxis": {"type": "category", "data": [period.name for period in axis], "axisLabel": {"hideOverlap": True}},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [f"{each.place}　{each.topic.name}" for each in rows],
            "axisLabel": {"width": 174, "overflow": "truncate", "interval": 0},
            "splitArea": {"show": True},
        },
        # By the square root, as in the drawing: beside one great wave the many small ones would be pale.
        "visualMap": {
            "show": False,
            "dimension": 3,
            "min": 0,
            "max": max(each["value"][3] for each in data),
            "inRange": {"color": _SHADES},
        },
        "series": [
            {
                "type": "heatmap",
                "data": data,
                "label": {"show": len(axis) <= 30, "formatter": "{@[2]}"},
                "itemStyle": {"borderColor": "#ffffff", "borderWidth": 2, "borderRadius": 3},
            }
        ],
    }


def months_chart(monthly: Sequence[tuple[str, int]]) -> Option:
    """Draw one topic's months as bars."""
    if not any(count for _, count in monthly):
        return {"empty": "这个热点的材料都没有日期。"}
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "grid": {"left": 36, "right": 12, "top": 16, "bottom": 28},
        "xAxis": {"type": "category", "data": [month for month, _ in monthly]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [{"name": "篇数", "type": "bar", "barMaxWidth": 28, "data": [count for _, count in monthly]}],
    }


def _hottest(picture: Picture, most: int) -> Picture:
    kept = {each.topic.id for each in ranked(picture)[:most]}
    themes = [
        replace(theme, topics=tuple(topic for topic in theme.topics if topic.id in kept)) for theme in picture.themes
    ]
    return replace(picture, themes=tuple(theme for theme in themes if theme.topics))


def _layout(picture: Picture, width: float, address: Address) -> Option:
    laid = regions(picture, width)
    left, top, right, bottom = extent(laid)
    wide, high = right - left, bottom - top
    scale = min(1.0, width / wide, _HEIGHT / high)
    look = looks(picture)
    # Two corners that nobody sees: the chart fits the middles of what it is given into its frame, not the circles.
    corners = [
        {"id": f"corner-{x}-{y}", "x": x, "y": y, "symbolSize": 0, "label": {"show": False}, "tooltip": {"show": False}}
        for x, y in ((left, top), (right, bottom))
    ]
    themes = [_theme(region, scale) for region in laid if region.name]
    topics = [_topic(each, look, scale, address) for region in laid for each in region.topics]
    return {
        "id": "map",
        "type": "graph",
        "layout": "none",
        "left": "center",
        "top": "middle",
        "width": round(wide * scale, 1),
        "height": round(high * scale, 1),
        # On a phone a finger on the map still moves the page.
        "roam": width > _LAYOUTS[-1][1],
        "nodeScaleRatio": 1,
        "scaleLimit": {"min": 0.7, "max": 6},
        "data": [*corners, *themes, *topics],
        "links": [],
    }


def _theme(region: Region, scale: float) -> Option:
    circle, name = region.circle, region.name
    assert name is not None  # noqa: S101 - asked only of regions that bear one
    above = region.name_at[1] - LEADING * name.size * len(name.lines) / 2 - (circle.y - circle.r)
    return {
        "id": f"theme-{region.theme.id}",
        "name": f"主题：{region.theme.name}\n{len(region.topics)} 个热点",
        "x": round(circle.x, 2),
        "y": round(circle.y, 2),
        "symbolSize": round(2 * circle.r * scale, 1),
        "itemStyle": {"color": THEME_FILL, "borderColor": THEME_EDGE, "borderWidth": 1},
        "emphasis": {"disabled": True},
        "cursor": "default",
        "label": {
            **_label(name, scale, THEME_INK),
            "position": "insideTop",
            "distance": round(above * scale, 1),
            "offset": [round((region.name_at[0] - circle.x) * scale, 1), 0],
            "fontWeight": "bold",
        },
    }


def _topic(each: Placed, look: dict[str, Look], scale: float, address: Address) -> Option:
    topic, circle = each.ranked.topic, each.circle
    how, width = look.get(topic.standing, look[""]), edge_width(topic.standing)
    name = each.name or Lines((str(each.ranked.place),), 11.0)
    below = each.at[1] - LEADING * name.size * len(name.lines) / 2 - (circle.y + circle.r)
    place = {"position": "bottom", "distance": round(below * scale, 1)} if below >= 0 else {"position": "inside"}
    standing = f"　{topic.standing}" if topic.standing else ""
    return {
        "id": topic.id,
        "name": f"{topic.name}{standing}\n热度 {topic.heat:.1f}　{topic.size} 篇　{topic.voices} 人或单位",
        "x": round(circle.x, 2),
        "y": round(circle.y, 2),
        "symbolSize": round((2 * circle.r - width) * scale, 1),
        "itemStyle": {
            "color": how.fill,
            "borderColor": how.edge,
            "borderWidth": _DOUBLE if how.line == "double" else width,
            "borderType": "dashed" if how.line == "dashed" else "solid",
        },
        "label": {**_label(name, scale, INK if each.name else GREY), **place},
        "link": address(topic.id),
    }


def _label(name: Lines, scale: float, colour: str) -> Option:
    size = max(9.0, round(name.size * scale, 1))
    return {
        "show": True,
        "formatter": "\n".join(name.lines),
        "fontSize": size,
        "lineHeight": round(LEADING * size, 1),
        "color": colour,
    }
