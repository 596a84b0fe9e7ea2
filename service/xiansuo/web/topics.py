"""Hot topics (热点): the board, the map and the timeline, and the documents of no topic."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from xiansuo.desk import loose_texts
from xiansuo.desk.topic_search import by_theme, matching
from xiansuo.desk.topics import TopicBoard, hot_topics
from xiansuo.export.palette import legend
from xiansuo.export.picture import ranked, span
from xiansuo.export.topic_charts import Option, map_chart, timeline_chart
from xiansuo.export.topic_files import WINDOW_LABELS, picture_of
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.web.pages import templates

router = APIRouter(prefix="/topics", include_in_schema=False)

Window = Annotated[Literal["week", "month", "quarter", "year", "all"], Query()]
Words = Annotated[str, Query(max_length=100)]

_EVERY = 100_000
_SHOWN = 30
_SIDE = 8
_GROUPS = 15
_DRAWN = 80
_LOOSE = 200


@router.get("", response_class=HTMLResponse)
def board(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    window: Window = "quarter",
    view: Annotated[Literal["heat", "theme"], Query()] = "heat",
    q: Words = "",
    every: bool = False,
) -> HTMLResponse:
    """Show the board."""
    asked = {"window": window, "view": view, "q": q}
    found = matching(hot_topics(desk, now=now.date(), window=window, limit=_EVERY), q)
    groups = by_theme(found) if view == "theme" else ()
    told = {
        "board": found,
        "ranks": {topic.id: place for place, topic in enumerate(found.topics, 1)},
        "most": max((topic.heat for topic in found.topics), default=0),
        "shown": found.topics if every else found.topics[:_SHOWN],
        "theme_names": {theme.id: theme.name for theme in found.themes},
        "groups": groups if every else groups[:_GROUPS],
        "further": 0 if every else len(groups[_GROUPS:]),
        "side": _SIDE,
        "asked": asked,
        "windows": [(_address(asked, window=key), label, key == window) for key, label in WINDOW_LABELS.items()],
        "views": [
            (_address(asked, view=key), label, key == view) for key, label in (("heat", "按热度"), ("theme", "按主题"))
        ],
        "all": _address(asked, every="1"),
        "ways": ways(who.edits, "/topics"),
    }
    return templates.TemplateResponse(request, "topics/board.html", told)


@router.get("/map", response_class=HTMLResponse)
def drawn(request: Request, desk: OpenDesk, now: Now, who: Asking, window: Window = "year") -> HTMLResponse:
    """Show map and timeline."""
    picture = picture_of(_drawn(desk, now, window))
    told = {
        "picture": picture,
        "topics": ranked(picture),
        "span": span,
        "legend": legend(picture),
        "window": window,
        "windows": [
            (f"/topics/map?{urlencode({'window': key})}", label, key == window) for key, label in WINDOW_LABELS.items()
        ],
        "ways": ways(who.edits, "/topics/map"),
    }
    return templates.TemplateResponse(request, "topics/map.html", told)


@router.get("/map.json")
def map_option(desk: OpenDesk, now: Now, window: Window = "year") -> Option:
    """Answer the map as a chart."""
    return map_chart(picture_of(_drawn(desk, now, window)), lambda id: _topic(id, window))


@router.get("/timeline.json")
def timeline_option(desk: OpenDesk, now: Now, window: Window = "year") -> Option:
    """Answer the timeline as a chart."""
    return timeline_chart(picture_of(_drawn(desk, now, window)), lambda id: _topic(id, window))


@router.get("/loose", response_class=HTMLResponse)
def loose(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    state: Annotated[Literal["undecided", "isolated", ""], Query()] = "",
) -> HTMLResponse:
    """Show the documents of no topic."""
    choices = [("", "全部"), *((each.value, label) for each, label in loose_texts.LABELS.items())]
    told = {
        "texts": loose_texts.loose_texts(desk, now=now.date(), state=state or None, limit=_LOOSE),
        "labels": loose_texts.LABELS,
        "most": _LOOSE,
        "states": [(f"/topics/loose?{urlencode({'state': key})}", label, key == state) for key, label in choices],
        "ways": ways(who.edits, "/topics/loose"),
    }
    return templates.TemplateResponse(request, "topics/loose.html", told)


def ways(edits: bool, here: str) -> list[tuple[str, str, bool]]:
    """Return address, label and whether one is there now, of the pages about topics; some are for editors."""
    open_to_all = [("/topics", "榜单"), ("/topics/map", "热点图")]
    more = [("/topics/log", "变化记录"), ("/topics/loose", "不在热点里的")] if edits else []
    return [(href, label, href == here) for href, label in (*open_to_all, *more)]


def _drawn(desk: OpenDesk, now: Now, window: Window) -> TopicBoard:
    return hot_topics(desk, now=now.date(), window=window, limit=_DRAWN)


def _topic(id: str, window: str) -> str:
    return f"/topics/{id}?{urlencode({'window': window})}"


def _address(asked: dict[str, str], **other: Any) -> str:
    return f"/topics?{urlencode({key: value for key, value in {**asked, **other}.items() if value})}"
