"""Jobs on a page: what is under way and what came of it, live; cancelled, and asked for again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import job_results, job_sight
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records.accounts import Viewer
from xiansuo.records.jobs import Job, JobKind
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/jobs", include_in_schema=False)

Id = Annotated[int, Path(ge=1, lt=2**63)]

_LIMIT = 30
_NEXT = {
    JobKind.IMPORT: ("/archive", "看档案"),
    JobKind.TOPICS: ("/topics", "看热点"),
    JobKind.FIND: ("/topics", "看热点"),
    JobKind.PROMPTS: ("/clues", "看线索"),
    JobKind.ENCODER: ("/admin/models", "看模型"),
    JobKind.INDEXES: ("/admin/models", "看模型"),
    JobKind.ADAPT: ("/admin/models", "看模型"),
    JobKind.DEMO: ("/", "到首页"),
    JobKind.BACKUP: ("/admin/backup", "看备份"),
}


@router.get("", response_class=HTMLResponse)
def listed(
    request: Request, desk: OpenDesk, who: Asking, before: Annotated[int | None, Query(ge=1, lt=2**63)] = None
) -> HTMLResponse:
    """Show some jobs."""
    page = job_sight.listed(desk, who, before=before, limit=_LIMIT)
    told = {"page": page, "later": before is not None, "outside": desk.settings.jobs == "outside"}
    return templates.TemplateResponse(request, "jobs/list.html", told)


@router.get("/{id}", response_class=HTMLResponse)
def one(request: Request, desk: OpenDesk, who: Asking, id: Id) -> HTMLResponse:
    """Show a job, live."""
    return templates.TemplateResponse(request, "jobs/one.html", _told(who, job_sight.one(desk, who, id)))


@router.get("/{id}/progress", response_class=HTMLResponse)
def progress(request: Request, desk: OpenDesk, who: Asking, id: Id) -> HTMLResponse:
    """Show how far a job is; a part of its page."""
    return templates.TemplateResponse(request, "jobs/progress.html", _told(who, job_sight.one(desk, who, id)))


@router.post("/{id}/cancel")
def cancel(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Response:
    """Cancel a job; what is stored stays."""
    answer = RedirectResponse(f"/jobs/{id}", 303)
    try:
        job_sight.cancel(desk, who, id, now=now)
    except XiansuoError as error:
        notices.carry(answer, "warn", str(error))
    return answer


@router.post("/{id}/again")
def again(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Response:
    """Ask once more for what a job was to do."""
    try:
        made = job_sight.again(desk, who, id, now=now)
    except XiansuoError as error:
        answer = RedirectResponse(f"/jobs/{id}", 303)
        notices.carry(answer, "warn", str(error))
        return answer
    return RedirectResponse(f"/jobs/{made.id}", 303)


def _told(who: Viewer, job: Job) -> dict[str, Any]:
    return {
        "job": job,
        "result": job.result or {},
        "counts": job_results.counts(job),
        "leads": job_sight.leads(who, job),
        "repeats": job_sight.repeats(who, job),
        "onward": _NEXT[job.kind],
    }
