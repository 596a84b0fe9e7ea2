"""Administration at a glance, the office's settings, and the audit trail."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo import __version__
from xiansuo.desk import accounts, auditing
from xiansuo.desk.office import office, settle
from xiansuo.desk.overview import overview
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.web import notices
from xiansuo.web.act_words import act_words
from xiansuo.web.pages import templates
from xiansuo.web.trail_words import ACTIONS, particulars

router = APIRouter(prefix="/admin", include_in_schema=False)

Line = Annotated[str, Form(max_length=1000)]

_ROWS = 50
_GROUPS = (
    ("", "全部"),
    ("sign_in", "登录"),
    ("accounts.", "账号"),
    ("keys.", "密钥"),
    ("office.", "设置"),
    ("backup.", "备份与恢复"),
    ("document.", "更正、撤下和结果"),
    ("POST /archive", "档案（网页）"),
    ("POST /prompts", "选题（网页）"),
    ("POST /api/", "接口"),
)


@router.get("", response_class=HTMLResponse)
def glance(request: Request, desk: OpenDesk, now: Clock) -> HTMLResponse:
    """Show how everything is."""
    told = {"seen": overview(desk, now=now), "version": __version__}
    return templates.TemplateResponse(request, "admin/overview.html", told)


@router.get("/settings", response_class=HTMLResponse)
def settings(request: Request, desk: OpenDesk) -> HTMLResponse:
    """Show what the office has settled."""
    return templates.TemplateResponse(request, "admin/settings.html", {"office": office(desk).model_dump()})


@router.post("/settings", response_class=HTMLResponse)
def change_settings(
    request: Request,
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    name: Line = "",
    contact: Line = "",
    instructions: Annotated[bool, Form()] = False,
    texts: Annotated[bool, Form()] = False,
) -> Response:
    """Settle it anew; what is not ticked is off."""
    typed = {"name": name.strip(), "contact": contact.strip(), "instructions": instructions, "texts": texts}
    try:
        settle(desk, by=who.name, now=now, **typed)
    except XiansuoError as error:
        told = {"office": typed, "error": error}
        return templates.TemplateResponse(request, "admin/settings.html", told, status_code=status_of(error))
    answer = RedirectResponse("/admin/settings", 303)
    notices.carry(answer, "good", "设置已保存，马上起作用。")
    return answer


@router.get("/audit", response_class=HTMLResponse)
def audit(
    request: Request,
    desk: OpenDesk,
    account: Annotated[str, Query(max_length=20)] = "",
    action: Annotated[str, Query(max_length=100)] = "",
    before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
) -> HTMLResponse:
    """Show some of the trail, newest first."""
    whose = int(account) if account.isdecimal() else None
    rows = auditing.trail(desk, before=before, account=whose, action=action, limit=_ROWS + 1)
    asked = {key: value for key, value in (("account", account), ("action", action)) if value}
    shown = rows[:_ROWS]
    told = {
        "rows": shown,
        "people": [("", "所有人"), *((str(each.id), f"{each.name}（{each.login}）") for each in accounts.every(desk))],
        "groups": _GROUPS if action in dict(_GROUPS) else (*_GROUPS, (action, action)),
        "asked": asked,
        "actions": ACTIONS,
        "act_words": act_words,
        "particulars": particulars,
        "after": f"/admin/audit?{urlencode({**asked, 'before': shown[-1].seq})}" if len(rows) > _ROWS else "",
        "first": f"/admin/audit?{urlencode(asked)}" if before else "",
    }
    return templates.TemplateResponse(request, "admin/audit.html", told)


@router.get("/audit/soundness", response_class=HTMLResponse)
def soundness(request: Request, desk: OpenDesk) -> HTMLResponse:
    """Follow the chain from its first row; a part of a page."""
    return templates.TemplateResponse(request, "admin/soundness.html", {"found": auditing.soundness(desk)})
