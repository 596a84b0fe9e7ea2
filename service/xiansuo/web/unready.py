"""What a page shows while its topics are being found: how far that is, live, and then the page itself."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import finding_jobs
from xiansuo.desk.desk import Desk
from xiansuo.errors import NotReady
from xiansuo.gate import problems
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.who import known
from xiansuo.records.jobs import JobState
from xiansuo.web.pages import templates
from xiansuo.web.signing import inside

router = APIRouter(prefix="/topics/finding", include_in_schema=False)

Address = Annotated[str, Query(max_length=2_000)]


def unready(request: Request, error: Exception) -> Response:
    """Let a job find what an answer rests on, in the name of who asks; show it to a browser, tell it to a program."""
    assert isinstance(error, NotReady)  # noqa: S101 - the handler is registered for this class
    desk: Desk = request.app.state.desk
    found = known(request)
    if found is not None:
        finding_jobs.ask(desk, by=found.viewer.name, now=request.state.now)
    part = "hx-request" in request.headers
    whole = "text/html" in request.headers.get("accept", "") and not part
    if found is None or request.method != "GET" or not (whole or part) or request.url.path.startswith("/api/"):
        return problems.told(request, error)
    then = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    told = {**_told(desk, then, part=part), "error": error}
    page = "topics/finding_part.html" if part else "topics/finding.html"
    return templates.TemplateResponse(request, page, told, status_code=202)


@router.get("", response_class=HTMLResponse)
def finding(request: Request, desk: OpenDesk, then: Address = "/topics", part: bool = False) -> Response:
    """Show how far it is; in the end lead to the page, or put the part in its place."""
    then = inside(then)
    if "hx-request" not in request.headers:
        return RedirectResponse(then, 303)
    told = _told(desk, then, part=part)
    if part or told["job"]:
        return templates.TemplateResponse(request, "topics/finding_part.html", told)
    return Response(headers={"HX-Redirect": then})


@router.post("")
def again(
    desk: OpenDesk, now: Clock, who: Asking, then: Annotated[str, Form(max_length=2_000)] = "/topics"
) -> Response:
    """Try once more."""
    finding_jobs.ask_again(desk, by=who.name, now=now)
    return RedirectResponse(inside(then), 303)


def _told(desk: Desk, then: str, *, part: bool) -> dict[str, Any]:
    """Say where the job is; no job where there is nothing to wait for."""
    awaited = finding_jobs.awaited(desk)
    job = awaited.job if awaited and awaited.job.state is not JobState.DONE else None
    return {
        "job": job,
        "ahead": awaited.ahead if awaited else (),
        "then": then,
        "part": part,
        "back": "/" if part else then,
        "live": f"/topics/finding?{urlencode({'then': then, **({'part': '1'} if part else {})})}",
        "outside": desk.settings.jobs == "outside",
    }
