"""Writing prompts for informants (选题): what is published, what is suggested today, and one with all its acts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import claiming, sight
from xiansuo.desk import feedback as informants
from xiansuo.desk.office import office
from xiansuo.desk.open_prompts import open_prompts, prompt_seen
from xiansuo.desk.own_work import is_free, own_claim
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import themes_in_force
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Focus
from xiansuo.records.prompts import FeedbackVerdict
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/prompts", include_in_schema=False)

Number = Annotated[int, Path(ge=1, lt=2**63)]
Wish = Annotated[str, Query(max_length=500)]
Theme = Annotated[str, Query(max_length=200)]
Chosen = Annotated[str, Query(max_length=40)]
Line = Annotated[str, Form(max_length=500)]

_SUGGESTED = 30
_VERDICTS = list(FeedbackVerdict)


@router.get("", response_class=HTMLResponse)
def listed(
    request: Request, desk: OpenDesk, now: Now, who: Asking, wish: Wish = "", theme: Theme = "", focus: Chosen = ""
) -> HTMLResponse:
    """Show published prompts; suggestions follow as a part of their own."""
    found = open_prompts(desk, who, now=now, wish=wish, theme=theme)
    told = {
        "pages": [page for page in found if not focus or page.prompt.focus == focus],
        "themes": [("", "全部"), *((each.id, each.name) for each in themes_in_force(desk, now.date()))],
        "verdicts": _VERDICTS,
        **_narrowed(wish, theme, focus, [page.prompt.focus.value for page in found]),
    }
    return templates.TemplateResponse(request, "prompts/list.html", told)


@router.get("/suggested", response_class=HTMLResponse)
def suggested(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    wish: Wish = "",
    theme: Theme = "",
    focus: Chosen = "",
    first: Annotated[int, Query(ge=0, le=10, description="只要前几条的题目")] = 0,
) -> HTMLResponse:
    """Show today's suggestions; a part of a page, since the first of a day takes a while."""
    made = suggest(
        desk,
        now=now.date(),
        wish=wish,
        theme=theme,
        limit=first or _SUGGESTED,
        **({} if who.edits else _fitted(who)),  # type: ignore[arg-type]
    )
    made = sight.answer(who, made, office(desk))
    published = open_prompts(desk, who, now=now, wish=wish, theme=theme)
    known = {page.prompt.clue for page in published}
    every = [each for each in made.prompts if each.id not in known]
    foci = [each.focus for each in every] + [page.prompt.focus.value for page in published]
    told = {
        "prompts": [each for each in every if not focus or each.focus == focus],
        "notes": made.notes,
        **_narrowed(wish, theme, focus, foci),
    }
    return templates.TemplateResponse(request, "prompts/first.html" if first else "prompts/suggested.html", told)


@router.get("/{number}", response_class=HTMLResponse)
def one(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number) -> HTMLResponse:
    """Show one prompt."""
    return _shown(request, desk, now, who, number)


@router.post("/{number}/claim")
def claim(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number) -> Response:
    """Claim a prompt."""
    prompt_seen(desk, who, number, now=now)
    try:
        line = claiming.claim(desk, number, by=who.name, now=now, author=who.name, unit=who.unit)
    except XiansuoError as error:
        return _shown(request, desk, now, who, number, error)
    due = f"，请在 {line.deadline} 前报送" if line.deadline else ""
    return _back(number, f"已认领《{line.title}》{due}。")


@router.post("/{number}/release")
def release(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number) -> Response:
    """Give a claim up."""
    author = sight.works_on(who, prompt_seen(desk, who, number, now=now).line, who.name)
    try:
        line = claiming.release(desk, number, by=who.name, now=now, author=author)
    except XiansuoError as error:
        return _shown(request, desk, now, who, number, error)
    return _back(number, f"已放弃《{line.title}》，别人可以认领；还想写可以再认领。")


@router.post("/{number}/submit")
def submit(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number, document: Line = "") -> Response:
    """Put down that it was reported."""
    author = sight.works_on(who, prompt_seen(desk, who, number, now=now).line, who.name)
    try:
        line = claiming.submit(desk, number, by=who.name, now=now, author=author, document=document)
    except XiansuoError as error:
        return _shown(request, desk, now, who, number, error, document=document)
    return _back(number, f"已登记报送《{line.title}》，采用以后这里会显示结果。")


@router.post("/{number}/feedback")
def feedback(
    request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number, verdict: Annotated[FeedbackVerdict, Form()]
) -> Response:
    """Keep what somebody says; their last word counts."""
    prompt_seen(desk, who, number, now=now)
    said = informants.give_feedback(desk, number, verdict, by=who.name, now=now, unit=who.unit)
    if "hx-request" in request.headers:
        told = {"number": number, "said": said, "verdicts": _VERDICTS}
        return templates.TemplateResponse(request, "prompts/feedback.html", told)
    return _back(number, f"已记下：{said.verdict.label}。")


def _shown(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    number: int,
    error: XiansuoError | None = None,
    document: str = "",
) -> HTMLResponse:
    page = prompt_seen(desk, who, number, now=now)
    told = {
        "page": page,
        "own": own_claim(who, page.line),
        "free": is_free(who, page.line),
        "said": next((each for each in page.feedback if (each.author, each.unit) == (who.name, who.unit)), None),
        "verdicts": _VERDICTS,
        "error": error,
        "document": document,
    }
    return templates.TemplateResponse(request, "prompts/one.html", told, status_code=status_of(error) if error else 200)


def _back(number: int, said: str) -> Response:
    answer = RedirectResponse(f"/prompts/{number}", 303)
    notices.carry(answer, "good", said)
    return answer


def _fitted(who: Asking) -> dict[str, object]:
    return {"author": who.name, "unit": who.unit, "team": who.team, "sector": who.sector, "region": who.region}


def _narrowed(wish: str, theme: str, focus: str, found: list[str]) -> dict[str, object]:
    foci = [("", "全部", len(found)), *((each.value, each.label, found.count(each.value)) for each in Focus)]
    return {"wish": wish, "theme": theme, "focus": focus, "foci": foci}
