"""Backups on a page: made now, listed, downloaded; how to go back to one is told, and done with the service stopped."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from xiansuo.desk import backup
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/admin/backup", include_in_schema=False)


@router.get("", response_class=HTMLResponse)
def listed(request: Request, desk: OpenDesk) -> HTMLResponse:
    """Show the backups that are here."""
    here = backup.on_sqlite(desk.settings)
    told = {
        "here": here,
        "found": backup.listed(desk.settings) if here else [],
        "folder": desk.settings.home / backup.FOLDER,
    }
    return templates.TemplateResponse(request, "admin/backup.html", told)


@router.post("")
def make(desk: OpenDesk, now: Clock, who: Asking) -> Response:
    """Back up now."""
    answer = RedirectResponse("/admin/backup", 303)
    try:
        made = backup.make(desk, by=who.name, now=now)
    except XiansuoError as error:
        notices.carry(answer, "bad", str(error))
        return answer
    left = "".join(f"没有放进去：{each}。" for each in made.left_out)
    notices.carry(answer, "good", f"已备份：{made.backup.name}。请下载一份，放到别的机器或移动硬盘。{left}")
    return answer


@router.get("/{name}")
def download(desk: OpenDesk, name: Annotated[str, Path(max_length=100)]) -> FileResponse:
    """Give a backup out."""
    path = backup.place(desk.settings, name)
    return FileResponse(path, media_type="application/vnd.sqlite3", filename=name)
