"""The monthly bulletin (月度通报), and what the office lets count in it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import bulletin_terms
from xiansuo.desk.bulletin import Bulletin, bulletin
from xiansuo.errors import InputError
from xiansuo.gate.asked import Clock, Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records import Level
from xiansuo.web.notices import carry
from xiansuo.web.pages import templates

router = APIRouter(include_in_schema=False)

Month = Annotated[str, Query(max_length=10)]
Line = Annotated[str, Form(max_length=20)]


@router.get("/bulletin", response_class=HTMLResponse)
def page(request: Request, desk: OpenDesk, now: Now, month: Month = "") -> HTMLResponse:
    """Show a month; where none is asked for and nothing has come in yet, the one that has just ended."""
    this = now.date().replace(day=1)
    first = _month(month) or this
    made = bulletin(desk, first)
    stepped = not month and _nothing(made) and not _nothing(last := bulletin(desk, _before(first)))
    if stepped:
        made, first = last, last.month
    later = (first + dt.timedelta(days=31)).replace(day=1)
    told = {
        "made": made,
        "levels": list(Level),
        "earlier": f"{_before(first):%Y-%m}",
        "later": f"{later:%Y-%m}" if later <= this else "",
        "this": this if stepped else None,
        "instead": _before(first) if first == this and _nothing(made) else None,
    }
    return templates.TemplateResponse(request, "bulletin/page.html", told)


@router.get("/bulletin/terms", response_class=HTMLResponse)
def terms(request: Request, desk: OpenDesk) -> HTMLResponse:
    """Show points and targets."""
    told = {"points": bulletin_terms.points(desk), "targets": bulletin_terms.target_lines(desk), "levels": list(Level)}
    return templates.TemplateResponse(request, "bulletin/terms.html", told)


@router.post("/bulletin/terms", response_class=HTMLResponse)
def settle(
    request: Request,
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    reported: Line,
    district: Line,
    city: Line,
    province: Line,
    nation: Line,
    instructed: Line,
    counted: Line = "highest",
    targets: Annotated[str, Form(max_length=200_000)] = "",
) -> Response:
    """Let other points and targets hold."""
    typed = {
        "reported": reported,
        "adopted": {"district": district, "city": city, "province": province, "nation": nation},
        "instructed": instructed,
        "counted": counted,
    }
    try:
        bulletin_terms.settle(desk, typed, targets, by=who.name, now=now)
    except InputError as error:
        told = {"points": typed, "targets": targets, "levels": list(Level), "error": error}
        return templates.TemplateResponse(request, "bulletin/terms.html", told, status_code=400)
    answer = RedirectResponse("/bulletin", 303)
    carry(answer, "good", "分值和任务已保存，以前的月份也按新的算。")
    return answer


def _month(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{typed[:7]}-01")
    except ValueError:
        return None


def _before(first: dt.date) -> dt.date:
    return (first - dt.timedelta(days=1)).replace(day=1)


def _nothing(made: Bulletin) -> bool:
    month = made.all_month
    return not (month.reported or month.adoptions or month.instructed)
