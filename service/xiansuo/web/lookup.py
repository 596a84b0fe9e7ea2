"""写前查一查: what the archive holds on a matter, as one types."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from xiansuo.desk import looking, sight
from xiansuo.desk.about import about
from xiansuo.desk.office import office
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Filter, Kind
from xiansuo.web.pages import templates

router = APIRouter(include_in_schema=False)

_SHORTEST = 2
_HITS = 20
_KINDS = [("", "全部"), *((each.value, each.label) for each in Kind)]


@router.get("/lookup", response_class=HTMLResponse)
def lookup(
    request: Request,
    desk: OpenDesk,
    who: Asking,
    q: Annotated[str, Query(max_length=2000)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Show what was found on a question."""
    told = {"q": q, "kind": kind, "kinds": _KINDS, "archive": about(desk), "found": None, "error": None}
    # Of a word of one letter nobody knows yet what it will be.
    if len(q.strip()) >= _SHORTEST:
        filters = Filter(kinds=tuple(each for each in Kind if each == kind))
        try:
            found = looking.lookup(desk, q, limit=_HITS, filters=filters if filters.kinds else None)
            told["found"] = sight.answer(who, found, office(desk))
        except XiansuoError as error:
            told["error"] = error
            return templates.TemplateResponse(request, "lookup/page.html", told, status_code=status_of(error))
    return templates.TemplateResponse(request, "lookup/page.html", told)
