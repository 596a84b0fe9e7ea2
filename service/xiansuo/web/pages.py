"""What all pages are drawn with, and the description of the API."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from xiansuo.records import Kind
from xiansuo.web.addresses import check_address, document_address, serves
from xiansuo.web.frame import frame

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
_DESCRIPTION = "/openapi.json"

# Where the registry of an office PC says otherwise, the browser would refuse them.
for _suffix, _kind in ((".js", "text/javascript"), (".css", "text/css"), (".svg", "image/svg+xml")):
    mimetypes.add_type(_kind, _suffix)

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(FOLDER / "templates", context_processors=[frame])
# What is stored with a prompt names kinds by their values only.
templates.env.globals |= {
    "kind_labels": {kind.value: kind.label for kind in Kind},
    "document_address": document_address,
    "check_address": check_address,
    "serves": serves,
}


@router.get("/docs", response_class=HTMLResponse)
def described(request: Request) -> HTMLResponse:
    """Show what the API takes and answers."""
    return templates.TemplateResponse(request, "docs.html", {"described": _DESCRIPTION})


@router.get(_DESCRIPTION)
def description(request: Request) -> dict[str, Any]:
    """Give that description to programs."""
    told: dict[str, Any] = request.app.openapi()
    return told
