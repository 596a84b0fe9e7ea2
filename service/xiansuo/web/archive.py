"""The archive (档案): a list to search and narrow, and each document with its parts, outcomes and history."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from xiansuo.desk import document_list, sight
from xiansuo.desk.about import about
from xiansuo.desk.document_page import DocumentPage, document_page
from xiansuo.desk.document_places import places
from xiansuo.desk.office import office
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Grade, Kind, Level
from xiansuo.records.archive import ArchiveFilter, Standing
from xiansuo.web.pages import templates

router = APIRouter(prefix="/archive", include_in_schema=False)

Id = Annotated[str, Path(max_length=200)]
Line = Annotated[str, Query(max_length=200)]

_LIMIT = 30
_ADOPTED = {"yes": True, "no": False}


@router.get("", response_class=HTMLResponse)
def listed(
    request: Request,
    desk: OpenDesk,
    who: Asking,
    q: Line = "",
    kind: Line = "",
    year: Line = "",
    unit: Line = "",
    region: Line = "",
    sector: Line = "",
    status: Line = "",
    adopted: Line = "",
    cursor: Line = "",
) -> HTMLResponse:
    """Show some documents."""
    wanted = ArchiveFilter(
        kinds=tuple(each for each in Kind if each.value == kind),
        years=(int(year),) if year.isdecimal() and len(year) == 4 else (),
        units=(unit,) if unit else (),
        region=region,
        sectors=(sector,) if sector else (),
        standing=next((each for each in Standing if each.value == status), None),
        adopted=_ADOPTED.get(adopted),
        words=document_list.words_of(q),
    )
    page = document_list.listed(desk, who, wanted, cursor=cursor, limit=_LIMIT)
    named = ("q", q), ("kind", kind), ("year", year), ("unit", unit), ("region", region), ("sector", sector)
    asked = {key: value for key, value in (*named, ("status", status), ("adopted", adopted)) if value}
    told = {
        "archive": about(desk),
        "page": page,
        "total": document_list.counted(desk, who, wanted),
        "asked": asked,
        "further": bool({"region", "sector", "status"} & asked.keys()),
        "choices": document_list.choices(desk),
        "kinds": list(Kind),
        "standings": list(Standing),
        "after": f"/archive?{urlencode({**asked, 'cursor': page.next})}" if page.next else "",
        "first": f"/archive?{urlencode(asked)}" if cursor else "",
    }
    return templates.TemplateResponse(request, "archive/list.html", told)


@router.get("/{id:path}", response_class=HTMLResponse)
def one(request: Request, desk: OpenDesk, who: Asking, id: Id) -> Response:
    """Show a document."""
    return shown(request, desk, who, id)


def shown(
    request: Request,
    desk: OpenDesk,
    who: Asking,
    id: str,
    error: XiansuoError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    """Show a document, with what went wrong and what was typed into one of its forms."""
    page = sight.document_for(who, document_page(desk, id), office(desk))
    told = {
        "page": page,
        "pieces": pieces(page),
        "places": places(desk, id),
        "levels": [(each.value, each.label) for each in Level],
        "grades": [("", "未评级"), *((each.value, f"{each.value}：{each.label}") for each in Grade)],
        "error": error,
        "typed": typed or {},
    }
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "archive/document.html", told, status_code=status)


def pieces(page: DocumentPage) -> list[dict[str, Any]]:
    """Cut a text into its parts, each with its label; what stands between, such as headings, has none."""
    found, at = [], 0
    for part in page.sections.parts:
        found.append({"label": "", "text": page.text[at : part.start]})
        found.append({"label": part.part.label, "text": page.text[part.start : part.end]})
        at = max(at, part.end)
    found.append({"label": "", "text": page.text[at:]})
    return [{**each, "text": each["text"].strip("\n")} for each in found if each["text"].strip()]
