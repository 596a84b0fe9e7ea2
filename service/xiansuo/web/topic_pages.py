"""One hot topic with all there is to say of it, and for editors the forms that change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from xiansuo.desk import sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.lines_by_id import lines_by_id
from xiansuo.desk.office import office
from xiansuo.desk.topic_choices import topic_choices
from xiansuo.desk.topic_page import topic_page
from xiansuo.desk.topics import show
from xiansuo.errors import XiansuoError
from xiansuo.export.topic_charts import Option, months_chart
from xiansuo.export.topic_files import WINDOW_LABELS
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records.accounts import Viewer
from xiansuo.web.pages import templates
from xiansuo.web.topics import Window

router = APIRouter(prefix="/topics", include_in_schema=False)

Id = Annotated[str, Path(max_length=40)]

_DOCUMENTS = 300


@router.get("/{id}", response_class=HTMLResponse)
def one(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, window: Window = "quarter") -> HTMLResponse:
    """Show a topic."""
    return shown(request, desk, now, who, id, window)


@router.get("/{id}/months.json")
def months(desk: OpenDesk, now: Now, who: Asking, id: Id) -> Option:
    """Answer how many documents each month had, as a chart."""
    return months_chart(sight.topic(who, show(desk, id, now=now.date())).monthly)


def shown(
    request: Request,
    desk: Desk,
    now: Now,
    who: Viewer,
    id: str,
    window: Window = "quarter",
    error: XiansuoError | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    """Show a topic, with what went wrong and what was typed into one of its forms."""
    settled = office(desk)
    page = sight.topic_page(who, topic_page(desk, id, now=now.date(), window=window), settled)
    lines = lines_by_id(desk, page.topic.members, now=now.date(), limit=_DOCUMENTS)
    known = topic_choices(desk, now=now.date())
    near = {sibling for sibling, _ in page.siblings}
    others = sorted((each for each in known if each.id != id), key=lambda each: each.id not in near)
    told = {
        "page": page,
        "topic": page.topic,
        "parts_of_heat": _parts(page.topic),
        "lines": [sight.document_line(who, line, settled) for line in lines],
        "standing": any(each.id == id for each in known),
        "others": [(each.id, f"{each.name}（{each.size} 篇）") for each in others],
        "names": {id: page.topic.name, **{each.id: each.name for each in known}},
        "window": window,
        "windows": [(f"/topics/{id}?window={key}", label, key == window) for key, label in WINDOW_LABELS.items()],
        "window_label": WINDOW_LABELS[window],
        "error": error,
        "typed": typed or {},
    }
    return templates.TemplateResponse(
        request, "topics/topic.html", told, status_code=status_of(error) if error else 200
    )


def _parts(topic: HotTopic) -> list[tuple[str, float, str]]:
    """Say what a topic's heat is made of: label, factor, and where that comes from."""
    parts = topic.parts
    usual = (
        f"最近一期有 {parts.recent} 人或单位反映，此前 {parts.earlier} 期平均 {parts.past:.1f}"
        if parts.earlier
        else f"最近有 {parts.recent} 人或单位反映，档案里没有更早的同样长短的时段可比"
    )
    return [
        ("人数", parts.voices, f"先后有 {topic.voices} 人或单位反映，离现在越久，算得越少；一人写几篇只算一人"),
        ("增长", parts.growth, usual),
        ("地区", parts.breadth, f"涉及 {len(topic.places)} 个地区，地区每多一倍就高一截"),
        ("结果", parts.outcome, "有批示、获市级以上采用、提案没有落实的加，已经解决的减"),
        ("专一", parts.unity, "材料说的越是同一件事，越高"),
    ]
