"""Gaps of the central work (空白): a heat map to point at, its table, and the documents behind a cell."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from xiansuo.desk import sight
from xiansuo.desk.gap_board import BY_LABELS, By, gap_board
from xiansuo.desk.gap_documents import gap_documents
from xiansuo.desk.office import office
from xiansuo.desk.themes import list_versions
from xiansuo.export.gap_charts import ROWS, gap_chart
from xiansuo.export.gap_map import shade, title_of
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.web.pages import templates
from xiansuo.web.themes import WAYS

router = APIRouter(prefix="/gaps", include_in_schema=False)

Way = Annotated[By, Query()]
StepOf = Annotated[Literal["month", "quarter", ""], Query()]
Name = Annotated[str, Query(max_length=200)]


@router.get("", response_class=HTMLResponse)
def board(
    request: Request, desk: OpenDesk, now: Now, by: Way = "time", step: StepOf = "", version: Name = ""
) -> HTMLResponse:
    """Show the gaps."""
    found = gap_board(desk, now=now.date(), by=by, step=step or None, version=version or None)
    asked = {key: value for key, value in (("by", by), ("step", step), ("version", version)) if value}
    versions = [("", "现在有效的"), *((each.version, each.version) for each in list_versions(desk))]
    told = {
        "board": found,
        "title": title_of(found),
        "shade": shade,
        "rows": min(len(found.rows), ROWS),
        "asked": asked,
        "query": urlencode(asked),
        "query_of": lambda **other: urlencode({**asked, **other}),
        "versions": versions,
        "bys": [
            (f"/gaps?{urlencode({**asked, 'by': key})}", f"按{label}", key == by) for key, label in BY_LABELS.items()
        ],
        "ways": [(href, label, href == "/gaps") for href, label in WAYS],
    }
    return templates.TemplateResponse(request, "gaps/board.html", told)


@router.get("/map.json")
def chart(desk: OpenDesk, now: Now, by: Way = "time", step: StepOf = "", version: Name = "") -> dict[str, Any]:
    """Answer the gaps as a chart."""
    found = gap_board(desk, now=now.date(), by=by, step=step or None, version=version or None)

    def address(theme: str, column: str) -> str:
        asked = {"by": by, "column": column, **({"version": version} if version else {})}
        return f"/gaps/{quote(theme, safe='')}?{urlencode(asked)}"

    return gap_chart(found, address)


@router.get("/{theme}", response_class=HTMLResponse)
def one(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    theme: Annotated[str, Path(max_length=100)],
    by: Way = "time",
    column: Name = "",
    version: Name = "",
) -> HTMLResponse:
    """Show the documents on a theme, in all or in one column."""
    found = gap_documents(desk, theme, now=now.date(), by=by, column=column, version=version or None)
    settled = office(desk)
    told = {
        "found": found,
        "theme": found.row.gap.theme,
        "gap": found.row.gap,
        "lines": [sight.document_line(who, line, settled) for line in found.documents],
        "back": f"/gaps?{urlencode({'by': by, **({'version': version} if version else {})})}",
        "all": f"/gaps/{quote(theme, safe='')}?{urlencode({'by': by, 'version': version})}" if column else "",
        "in_force": not version,
    }
    return templates.TemplateResponse(request, "gaps/theme.html", told)
