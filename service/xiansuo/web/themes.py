"""The year's central work (中心工作): versions, import of a list or a work report, and each theme with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from xiansuo.desk import theme_editing, theme_uploads, themes
from xiansuo.desk.desk import Desk
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/themes", include_in_schema=False)

Version = Annotated[str, Query(max_length=100)]
WAYS = (("/themes", "清单"), ("/gaps", "空白"))


@router.get("")
def listed(request: Request, desk: OpenDesk, now: Now, version: Version = "", retired: bool = False) -> Response:
    """Show a version's themes."""
    return _listed(request, desk, now, version=version, retired=retired)


@router.post("/import")
def take_in(
    request: Request,
    desk: OpenDesk,
    now: Now,
    file: Annotated[UploadFile, File()],
    version: Annotated[str, Form(max_length=100)] = "",
    most: Annotated[str, Form(max_length=6)] = "",
    replace: bool = Form(default=False),
) -> Response:
    """Take in a file's themes."""
    count = int(most) if most.isdecimal() and int(most) else None
    try:
        taken = theme_uploads.take_sent(
            desk,
            file.filename or "",
            file.file,
            version=version,
            most=count,
            replace_at=now if replace else None,
        )
    except XiansuoError as error:
        typed = {"version": version, "most": most, "replace": replace, "file": file.filename or ""}
        return _listed(request, desk, now, error=error, typed=typed)
    answer = RedirectResponse(address(taken.version), 303)
    notices.carry(answer, "good", _said(taken))
    return answer


@router.get("/log")
def log(request: Request, desk: OpenDesk, version: Version = "") -> Response:
    """Show what editors did to themes."""
    told = {"edits": theme_editing.edits(desk, version or None), "version": version}
    return templates.TemplateResponse(request, "themes/log.html", told)


@router.post("/log/{number}/undo")
def undo(desk: OpenDesk, now: Now, who: Asking, number: Annotated[int, Path(ge=1, lt=2**63)]) -> Response:
    """Undo an edit."""
    edit = theme_editing.undo(desk, number, by=who.name, now=now)
    answer = RedirectResponse(address(edit.version), 303)
    notices.carry(answer, "good", f"已撤销第 {edit.id} 号修改（{edit.action.label} {edit.names[0]}），记录还在。")
    return answer


def address(version: str) -> str:
    """Return where a version is shown."""
    return f"/themes?{urlencode({'version': version})}"


def _listed(
    request: Request,
    desk: Desk,
    now: dt.datetime,
    *,
    version: str = "",
    retired: bool = False,
    error: XiansuoError | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Response:
    versions = themes.list_versions(desk)
    held = themes.list_themes(desk, version or None, retired=retired)
    chosen = version or (versions[0].version if versions else "")
    holding = next((each.version for each in themes.themes_in_force(desk, now.date())), "")
    told = {
        "themes": held,
        "holding": holding,
        "versions": [(address(each.version), each.version, each.version == chosen) for each in versions],
        "version": next((each for each in versions if each.version == chosen), None),
        "retired": retired,
        "most": max((theme.weight for theme in held), default=1),
        "names": {theme.id: theme.name for theme in held},
        "error": error,
        "typed": typed or {},
        "ways": [(href, label, href == "/themes") for href, label in WAYS],
    }
    return templates.TemplateResponse(request, "themes/list.html", told, status_code=status_of(error) if error else 200)


def _said(taken: themes.TakenThemes) -> str:
    """Say what an import brought."""
    said = [f"“{taken.version}”现有 {len(taken.themes)} 项中心工作。"]
    if taken.kind == "report":
        said = [f"从工作报告里拆出 {len(taken.themes) + taken.left_out} 项任务，请过一遍，合并、改名、定权重或停用。"]
    if taken.left_out:
        said.append(f"权重较小的 {taken.left_out} 项没有留下。")
    if taken.repeated:
        said.append(f"{taken.repeated} 项在报告里说了不止一次，只列一次。")
    if taken.edits:
        said.append(f"以前对这个版本的 {taken.edits} 次修改仍然有效。")
    if taken.undone:
        said.append(f"{taken.undone} 次修改在新清单里对不上，已撤销，记录还在。")
    return "".join(said)
