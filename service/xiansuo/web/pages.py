"""One plain page with the four answers; it asks the same API as everybody else."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from xiansuo.desk.about import about

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

router = APIRouter(include_in_schema=False)
_templates = Jinja2Templates(FOLDER / "templates")


@router.get("/", response_class=HTMLResponse)
def index(request: Request) -> HTMLResponse:
    """Show the page."""
    return _templates.TemplateResponse(request, "index.html", {"archive": about(request.app.state.desk)})
