"""A draft with advice beside it (边写边查): nothing is kept unless its writer asks for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from xiansuo.desk import checking, claiming, reopening, sight
from xiansuo.desk.office import office
from xiansuo.desk.open_prompts import prompt_seen
from xiansuo.desk.own_work import own_claim
from xiansuo.desk.writing import LONGEST, WritingAdvice, while_writing
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records.prompts import PromptAction
from xiansuo.web.pages import templates

router = APIRouter(prefix="/write", include_in_schema=False)

Title = Annotated[str, Form(max_length=500)]
Body = Annotated[str, Form(max_length=200_000)]


@router.get("", response_class=HTMLResponse)
def write(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    prompt: Annotated[int | None, Query(ge=1, lt=2**63, description="为哪条选题写")] = None,
    title: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Show the draft that the browser keeps, and a place for advice."""
    page = prompt_seen(desk, who, prompt, now=now) if prompt else None
    own = own_claim(who, page.line) if page else None
    told = {
        "page": page,
        "works": bool(page and own and PromptAction.CHECK in page.line.actions),
        "title": title or (page.line.title if page else ""),
        "longest": LONGEST,
    }
    return templates.TemplateResponse(request, "write/page.html", told)


@router.post("/advice", response_class=HTMLResponse)
def advice(request: Request, desk: OpenDesk, now: Now, who: Asking, title: Title = "", text: Body = "") -> HTMLResponse:
    """Say what may be said of the draft so far."""
    try:
        made = while_writing(desk, title, text, now=now, author=who.name, unit=who.unit)
    except XiansuoError as error:
        return _told(request, None, error)
    report = made.report and sight.answer(who, made.report, office(desk))
    return _told(request, WritingAdvice(made.letters, made.warnings, made.new, report), None)


@router.post("/keep")
def keep(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    title: Title = "",
    text: Body = "",
    prompt: Annotated[int | None, Form(ge=1, lt=2**63)] = None,
) -> Response:
    """Check the draft and keep the report, for a prompt if one is named."""
    try:
        if prompt:
            author = sight.works_on(who, prompt_seen(desk, who, prompt, now=now).line, who.name)
            report, _ = claiming.check_draft(
                desk, prompt, title, text, by=who.name, now=now, author=author, maker=who.account
            )
        else:
            made = checking.check(
                desk, title, text, now=now, most=reopening.MOST, author=who.name, unit=who.unit, date=now.date()
            )
            report = reopening.save_report(desk, made, now, who.account)
    except XiansuoError as error:
        return _told(request, None, error)
    told = {"report": sight.answer(who, report, office(desk)), "prompt": prompt}
    return templates.TemplateResponse(request, "write/kept.html", told)


def _told(request: Request, made: WritingAdvice | None, error: XiansuoError | None) -> HTMLResponse:
    told = {"advice": made, "error": error, "longest": LONGEST}
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "write/advice.html", told, status_code=status)
