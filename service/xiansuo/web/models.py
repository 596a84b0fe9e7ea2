"""Models on a page: what answers rest on, with quality cards; switched, adapted and indexed anew as jobs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import adapting, jobs, model_cards
from xiansuo.desk.models import list_models
from xiansuo.errors import InputError, XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records.jobs import EncoderArguments, JobKind
from xiansuo.web.markdown import shown
from xiansuo.web.pages import templates

router = APIRouter(prefix="/admin/models", include_in_schema=False)


@router.get("", response_class=HTMLResponse)
def listed(request: Request, desk: OpenDesk) -> Response:
    """Show what is in use and what could be."""
    return _page(request, desk)


@router.get("/cards/{name}", response_class=HTMLResponse)
def card(request: Request, desk: OpenDesk, name: Annotated[str, Path(max_length=200)]) -> HTMLResponse:
    """Show a quality card."""
    told = {"name": name, "card": shown(model_cards.card_of(desk, name))}
    return templates.TemplateResponse(request, "admin/card.html", told)


@router.post("/use", response_class=HTMLResponse)
def use(
    request: Request, desk: OpenDesk, now: Clock, who: Asking, name: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Queue a switch of the encoder."""
    try:
        if not name.strip():
            raise InputError("请选一个编码器，或写出文件夹。")
        job = jobs.submit(desk, JobKind.ENCODER, EncoderArguments(name=name.strip()), by=who.name, now=now)
    except XiansuoError as error:
        return _page(request, desk, error)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.post("/adapt")
def adapt(desk: OpenDesk, now: Clock, who: Asking) -> Response:
    """Queue the learning of the archive."""
    return RedirectResponse(f"/jobs/{jobs.submit(desk, JobKind.ADAPT, by=who.name, now=now).id}", 303)


@router.post("/indexes")
def indexes(desk: OpenDesk, now: Clock, who: Asking) -> Response:
    """Queue a rebuild of the indexes."""
    return RedirectResponse(f"/jobs/{jobs.submit(desk, JobKind.INDEXES, by=who.name, now=now).id}", 303)


def _page(request: Request, desk: OpenDesk, error: XiansuoError | None = None) -> Response:
    told = {
        "models": list_models(desk),
        "parts": model_cards.parts(desk),
        "advice": adapting.advice(desk),
        "enough": adapting.ENOUGH,
        "error": error,
    }
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "admin/models.html", told, status_code=status)
