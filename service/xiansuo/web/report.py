"""A kept check's report: cut again as the threshold moves, decided on match by match."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import deciding, reopening, sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.office import office
from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import NotFound
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records import Relation, Verdict
from xiansuo.web.pages import templates
from xiansuo.web.report_parts import card, cards, painted

router = APIRouter(prefix="/checks", include_in_schema=False)

Run = Annotated[str, Path(max_length=40)]
Earlier = Annotated[str, Form(max_length=200)]
Place = Annotated[int, Form(ge=1, le=1000)]

_LIMIT = 10


@router.get("/{run}", response_class=HTMLResponse)
def report(
    request: Request,
    desk: OpenDesk,
    who: Asking,
    run: Run,
    threshold: Annotated[float, Query(ge=0, le=1)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = _LIMIT,
    without_quoted: bool = False,
) -> HTMLResponse:
    """Show a report, or the part of it that follows the threshold."""
    found = _opened(desk, who, run, threshold, limit, without_quoted)
    in_part = "hx-request" in request.headers
    told = {**_told(found), "limit": limit, "threshold": threshold}
    return templates.TemplateResponse(request, "check/cut.html" if in_part else "check/report.html", told)


@router.post("/{run}/decisions")
def decide(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    run: Run,
    earlier: Earlier,
    place: Place = 1,
    verdict: Annotated[Verdict | None, Form()] = None,
    relation: Annotated[Relation | None, Form()] = None,
    threshold: Annotated[float, Form(ge=0, le=1)] = 0,
    limit: Annotated[int, Form(ge=1, le=100)] = _LIMIT,
    without_quoted: Annotated[bool, Form()] = False,
) -> Response:
    """Keep what an editor says to a match; a relation alone relabels it."""
    _listed(desk, run, earlier)
    draft = deciding.draft_of_check(desk, run)
    said = verdict or Verdict.RELABELLED
    deciding.decide(desk, draft, earlier, said, by=who.name, now=now, relation=relation, run=run)
    return _card(request, desk, who, run, earlier, place, _opened(desk, who, run, threshold, limit, without_quoted))


@router.post("/{run}/undo")
def undo(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    run: Run,
    earlier: Earlier,
    place: Place = 1,
    threshold: Annotated[float, Form(ge=0, le=1)] = 0,
    limit: Annotated[int, Form(ge=1, le=100)] = _LIMIT,
    without_quoted: Annotated[bool, Form()] = False,
) -> Response:
    """Undo what an editor said to a match."""
    _listed(desk, run, earlier)
    deciding.undo_pair(desk, deciding.draft_of_check(desk, run), earlier, by=who.name, now=now)
    return _card(request, desk, who, run, earlier, place, _opened(desk, who, run, threshold, limit, without_quoted))


def _opened(
    desk: Desk, who: Asking, run: str, threshold: float, limit: int | None, without_quoted: bool
) -> DuplicateReport:
    maker = sight.maker(who)
    found = reopening.reopen(desk, run, threshold or None, limit, without_quoted=without_quoted, maker=maker)
    return sight.answer(who, found, office(desk))


def _listed(desk: Desk, run: str, earlier: str) -> None:
    """Refuse a document that is not in the report: its card could not be shown."""
    if all(match.facts.id != earlier for match in reopening.reopen(desk, run).matches):
        raise NotFound(f"这次查重里没有编号为“{earlier}”的材料。", advice="请刷新报告后再判。")


def _told(found: DuplicateReport) -> dict[str, Any]:
    return {"report": found, "cards": cards(found), "painted": painted(found), "relations": list(Relation)}


def _card(
    request: Request, desk: Desk, who: Asking, run: str, earlier: str, place: int, cut: DuplicateReport
) -> Response:
    """Answer with the one card that changed and the advice that follows; without a script, with the way back."""
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/checks/{run}#match-{place}", 303)
    # What an editor said can take a match below the threshold; its card stays until the report is cut again.
    whole = _opened(desk, who, run, 0, None, False)
    match = next(each for each in whole.matches if each.facts.id == earlier)
    told = {"report": cut, "card": card(whole, match, place), "relations": list(Relation), "changed": True}
    return templates.TemplateResponse(request, "check/decided.html", told)
