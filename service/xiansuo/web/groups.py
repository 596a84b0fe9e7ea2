"""Duplicate groups of the archive, to be merged and taken apart again, and two documents beside each other."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import group_pages, grouping, merging
from xiansuo.desk.beside import beside
from xiansuo.desk.desk import Desk
from xiansuo.desk.merged import merged
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.web import notices
from xiansuo.web.pages import templates
from xiansuo.web.report_parts import cards, painted

router = APIRouter(include_in_schema=False)

Id = Annotated[str, Form(min_length=1, max_length=200)]
Asked = Annotated[str, Query(max_length=200)]

_GROUPS = 50


@router.get("/groups", response_class=HTMLResponse)
def groups(request: Request, desk: OpenDesk) -> HTMLResponse:
    """Show what is merged; the groups follow as a part of their own."""
    return _page(request, desk, None)


@router.get("/groups/found", response_class=HTMLResponse)
def found(request: Request, desk: OpenDesk, now: Now) -> HTMLResponse:
    """Show the groups; a part of a page, since a new archive takes a while."""
    made = group_pages.cut(grouping.duplicate_groups(desk, now=now), _GROUPS)
    return templates.TemplateResponse(request, "check/groups_found.html", {"found": made})


@router.post("/groups/merge")
def merge(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    canonical: Id,
    members: Annotated[list[Id], Form(max_length=1000)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Put the chosen documents under the one that stands for them."""
    try:
        made = merging.merge(desk, canonical, members, by=who.name, now=now)
    except XiansuoError as error:
        return _page(request, desk, error)
    return _back(f"已把 {len(made.members)} 份材料并到“{made.canonical}”之下，材料都还在，可以在“已合并的”里撤销。")


@router.post("/groups/undo/{id}")
def undo(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Annotated[int, Path(ge=1, lt=2**63)]) -> Response:
    """Undo a merging."""
    try:
        made = merging.undo(desk, id, by=who.name, now=now)
    except XiansuoError as error:
        return _page(request, desk, error)
    return _back(f"已撤销并到“{made.canonical}”之下的合并。")


@router.get("/compare", response_class=HTMLResponse)
def compare(request: Request, desk: OpenDesk, now: Now, a: Asked = "", b: Asked = "") -> HTMLResponse:
    """Show two documents beside each other."""
    told: dict[str, Any] = {"a": a, "b": b, "report": None, "error": None}
    if a and b:
        try:
            report = beside(desk, a.strip(), b.strip(), now=now)
            told |= {"report": report, "cards": cards(report), "painted": painted(report)}
        except XiansuoError as error:
            told["error"] = error
            return templates.TemplateResponse(request, "check/compare.html", told, status_code=status_of(error))
    return templates.TemplateResponse(request, "check/compare.html", told)


def _page(request: Request, desk: Desk, error: XiansuoError | None) -> HTMLResponse:
    told = {"merged": merged(desk), "error": error}
    return templates.TemplateResponse(
        request, "check/groups.html", told, status_code=status_of(error) if error else 200
    )


def _back(said: str) -> Response:
    answer = RedirectResponse("/groups", 303)
    notices.carry(answer, "good", said)
    return answer
