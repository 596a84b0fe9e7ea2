"""What somebody has done so far (我的): prompts, checks, documents and their outcomes."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from xiansuo.desk.own_work import own_work
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records import Level
from xiansuo.web.pages import templates

router = APIRouter(include_in_schema=False)


@router.get("/mine", response_class=HTMLResponse)
def mine(request: Request, desk: OpenDesk, now: Now, who: Asking) -> HTMLResponse:
    """Show somebody's own work."""
    told = {"work": own_work(desk, who, now=now), "levels": list(Level), "day": now.date()}
    return templates.TemplateResponse(request, "mine/page.html", told)
