"""Keys of other office systems on a page, for administrators; a new one is shown once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import accounts, api_keys
from xiansuo.desk.desk import Desk
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records.accounts import Scope
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/admin/keys", include_in_schema=False)

_SAID = {
    Scope.READ: "查档案、查重、看热点和选题，不能改",
    Scope.WRITE: "再加导入、登记结果、办理选题",
    Scope.MANAGE: "账号、密钥、模型、审计；账号须是管理员",
}
_LIVES = [("90", "90 天"), ("365", "一年"), ("1095", "三年"), ("0", "长期有效")]


@router.get("", response_class=HTMLResponse)
def listed(request: Request, desk: OpenDesk, now: Clock) -> Response:
    """Show all keys."""
    return _page(request, desk, now)


@router.post("", response_class=HTMLResponse)
def make(
    request: Request,
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    name: Annotated[str, Form(max_length=200)] = "",
    account: Annotated[int, Form(ge=0, lt=2**63)] = 0,
    scopes: Annotated[list[Scope] | None, Form()] = None,
    days: Annotated[int, Form(ge=0, le=3650)] = 365,
) -> Response:
    """Make a key, and show it."""
    ends_at = now + dt.timedelta(days=days) if days else None
    try:
        made = api_keys.make(desk, account, name, scopes or (), by=who.name, now=now, ends_at=ends_at)
    except XiansuoError as error:
        typed = {"name": name, "account": account, "scopes": scopes or (), "days": str(days)}
        return _page(request, desk, now, error, typed)
    return templates.TemplateResponse(request, "admin/key.html", {"made": made})


@router.post("/{id}/revoke")
def revoke(desk: OpenDesk, now: Clock, who: Asking, id: Annotated[int, Path(ge=1, lt=2**63)]) -> Response:
    """End a key at once."""
    ended = api_keys.revoke(desk, id, by=who.name, now=now)
    answer = RedirectResponse("/admin/keys", 303)
    notices.carry(answer, "good", f"已停用密钥“{ended.name}”（{ended.prefix}…），用它的系统从现在起连不上。")
    return answer


def _page(
    request: Request,
    desk: Desk,
    now: dt.datetime,
    error: XiansuoError | None = None,
    typed: dict[str, object] | None = None,
) -> Response:
    every = accounts.every(desk)
    told = {
        "keys": api_keys.every(desk),
        "now": now,
        "names": {each.id: f"{each.name}（{each.role.label}）" for each in every},
        "people": [(each.id, f"{each.name}（{each.role.label}）") for each in every if not each.disabled_at],
        "scopes": [(scope, scope.label, _SAID[scope]) for scope in Scope],
        "lives": _LIVES,
        "typed": typed or {"scopes": (Scope.READ,), "days": "365"},
        "error": error,
    }
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "admin/keys.html", told, status_code=status)
