"""Backups on a page: asked for and followed live, listed, downloaded; going back to one is done with no service."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from xiansuo.desk import backup, job_sight, jobs
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records.jobs import JobKind
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/admin/backup", include_in_schema=False)


@router.get("", response_class=HTMLResponse)
def listed(request: Request, desk: OpenDesk, made: Annotated[int, Query(ge=0, lt=2**63)] = 0) -> HTMLResponse:
    """Show the backups that are here, and what became of the one just asked for."""
    here = backup.on_sqlite(desk.settings)
    last = jobs.latest(desk, JobKind.BACKUP)
    told = {
        "here": here,
        "found": backup.listed(desk.settings) if here else [],
        "folder": desk.settings.home / backup.FOLDER,
        "job": last if last and not last.state.ended else None,
        "ended": last if last and last.state.ended and last.id == made else None,
        "outside": desk.settings.jobs == "outside",
    }
    return templates.TemplateResponse(request, "admin/backup.html", told)


@router.post("")
def make(desk: OpenDesk, now: Clock, who: Asking) -> Response:
    """Queue a backup, one at a time."""
    answer = RedirectResponse("/admin/backup", 303)
    try:
        backup.source(desk.settings)
        job_sight.once(desk, JobKind.BACKUP, by=who.name, now=now)
    except XiansuoError as error:
        notices.carry(answer, "bad", str(error))
    return answer


@router.get("/progress", response_class=HTMLResponse)
def progress(request: Request, desk: OpenDesk) -> Response:
    """Show how far the backup is; once it has ended, lead to the list."""
    if "hx-request" not in request.headers:
        return RedirectResponse("/admin/backup", 303)
    last = jobs.latest(desk, JobKind.BACKUP)
    if last is None or last.state.ended:
        return Response(headers={"HX-Redirect": f"/admin/backup?made={last.id if last else 0}"})
    told = {"job": last, "outside": desk.settings.jobs == "outside"}
    return templates.TemplateResponse(request, "admin/backup_progress.html", told)


@router.get("/{name}")
def download(desk: OpenDesk, name: Annotated[str, Path(max_length=100)]) -> FileResponse:
    """Give a backup out."""
    path = backup.place(desk.settings, name)
    return FileResponse(path, media_type="application/vnd.sqlite3", filename=name)
