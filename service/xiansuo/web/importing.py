"""Import on a page: files dragged in become a job, which is followed live to its account of every row."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Request, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from xiansuo.desk import jobs, uploads
from xiansuo.desk.job_remarks import remarks_file
from xiansuo.errors import NotFound, XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Kind
from xiansuo.records.jobs import Job, JobKind
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/archive/import", include_in_schema=False)

Number = Annotated[int, Path(ge=1, lt=2**63)]

_MOST_FILES = 200
_EARLIER = 10
_COUNTS = (("files", "文件"), ("added", "新增"), ("updated", "更新"), ("unchanged", "没有变化"))


@router.get("", response_class=HTMLResponse)
def page(request: Request, desk: OpenDesk) -> Response:
    """Show where files are dragged to, and the imports before."""
    return _page(request, desk)


@router.post("", response_class=HTMLResponse)
def take_in(
    request: Request,
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    files: Annotated[list[UploadFile], File(max_length=_MOST_FILES)],
    kind: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Keep the files and queue their import."""
    try:
        with uploads.receiving() as received:
            for file in files:
                received.append(uploads.receive(desk.settings.home, file.filename or "", file.file))
            chosen = next((each for each in Kind if each.value == kind), None)
            job = jobs.submit_import(desk, received, by=who.name, now=now, kind=chosen)
    except XiansuoError as error:
        return _page(request, desk, error, kind)
    return RedirectResponse(f"/archive/import/{job.id}", 303)


@router.get("/{number}", response_class=HTMLResponse)
def followed(request: Request, desk: OpenDesk, number: Number) -> Response:
    """Show an import, live."""
    return templates.TemplateResponse(request, "archive/job.html", _told(_import(desk, number)))


@router.get("/{number}/progress", response_class=HTMLResponse)
def progress(request: Request, desk: OpenDesk, number: Number) -> Response:
    """Show how far an import is; a part of its page."""
    return templates.TemplateResponse(request, "archive/progress.html", _told(_import(desk, number)))


@router.get("/{number}/remarks.csv")
def remarks(desk: OpenDesk, number: Number) -> Response:
    """Give out the account of rows as a table."""
    path = remarks_file(desk, _import(desk, number))
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=f"导入{number}-行错误.csv")


@router.post("/{number}/cancel")
def cancel(desk: OpenDesk, now: Clock, number: Number) -> Response:
    """Cancel an import; what is stored stays."""
    answer = RedirectResponse(f"/archive/import/{number}", 303)
    try:
        jobs.cancel(desk, _import(desk, number).id, now=now)
    except XiansuoError as error:
        notices.carry(answer, "warn", str(error))
    return answer


def _page(request: Request, desk: OpenDesk, error: XiansuoError | None = None, kind: str = "") -> Response:
    earlier = [each for each in jobs.listed(desk, limit=100).jobs if each.kind is JobKind.IMPORT]
    told = {
        "kinds": [("", "按文件里写的，没写的算来稿"), *((each.value, each.label) for each in Kind)],
        "kind": kind,
        "earlier": earlier[:_EARLIER],
        "error": error,
    }
    return templates.TemplateResponse(
        request, "archive/import.html", told, status_code=status_of(error) if error else 200
    )


def _import(desk: OpenDesk, number: int) -> Job:
    job = jobs.one(desk, number)
    if job.kind is not JobKind.IMPORT:
        raise NotFound(f"第 {number} 号任务不是导入。", advice="导入的任务见“导入材料”页。")
    return job


def _told(job: Job) -> dict[str, Any]:
    files = [each["name"] for each in job.arguments.get("files", ())]
    return {"job": job, "files": files, "result": job.result or {}, "counts": _COUNTS}
