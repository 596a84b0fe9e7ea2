"""The first page: what waits for whoever has signed in, by role; on an empty archive, how to begin."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from xiansuo.desk.about import about
from xiansuo.desk.own_work import own_work
from xiansuo.desk.topics import hot_topics
from xiansuo.desk.waiting import waiting
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.web.pages import templates

router = APIRouter(include_in_schema=False)

_HOT = 6


@router.get("/", response_class=HTMLResponse)
def home(request: Request, desk: OpenDesk, now: Now, who: Asking) -> HTMLResponse:
    """Show what waits."""
    archive = about(desk)
    told = {"archive": archive, "day": now.date()}
    if not archive.documents:
        return templates.TemplateResponse(request, "home/empty.html", told)
    if who.edits:
        return templates.TemplateResponse(request, "home/editor.html", {**told, "waiting": waiting(desk, now=now)})
    return templates.TemplateResponse(request, "home/informant.html", {**told, "work": own_work(desk, who, now=now)})


@router.get("/home/emerging", response_class=HTMLResponse)
def emerging(request: Request, desk: OpenDesk, now: Now) -> HTMLResponse:
    """Show the hot topics that come up now; a part of a page, since a new archive takes a while."""
    board = hot_topics(desk, now=now.date(), limit=_HOT)
    return templates.TemplateResponse(request, "home/emerging.html", {"board": board})
