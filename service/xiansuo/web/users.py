"""Accounts on a page, for administrators; a link to choose a password is shown once, to be handed over."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import accounts
from xiansuo.desk.desk import Desk
from xiansuo.errors import NotFound, XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Team
from xiansuo.records.accounts import Account, Role
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/admin/users", include_in_schema=False)

Id = Annotated[int, Path(ge=1, lt=2**63)]
Line = Annotated[str, Form(max_length=200)]

_ROLES = [(role.value, role.label) for role in Role]
_TEAMS = [("", "未填"), *((team.value, team.label) for team in Team)]


@router.get("", response_class=HTMLResponse)
def listed(request: Request, desk: OpenDesk) -> Response:
    """Show all accounts."""
    return _page(request, desk)


@router.post("", response_class=HTMLResponse)
def add(
    request: Request,
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    login: Line = "",
    name: Line = "",
    role: Line = "",
    unit: Line = "",
    team: Line = "",
    sector: Line = "",
    region: Line = "",
) -> Response:
    """Make an account, and show the link by which its owner chooses a password."""
    typed = {"login": login, "name": name, "role": role, "unit": unit, "team": team, "sector": sector, "region": region}
    told: dict[str, Any] = {"name": name, "unit": unit, "sector": sector, "region": region, "team": _team(team)}
    try:
        made = accounts.add(desk, login, role=_role(role), by=who.name, now=now, **told)
    except XiansuoError as error:
        return _page(request, desk, error, typed)
    return _handed_over(request, made, accounts.door(desk, made.id, by=who.name, now=now), "已新建账号")


@router.get("/{id}", response_class=HTMLResponse)
def one(request: Request, desk: OpenDesk, id: Id) -> Response:
    """Show an account to be changed."""
    return _one(request, _there(desk, id))


@router.post("/{id}", response_class=HTMLResponse)
def change(
    request: Request,
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    id: Id,
    name: Line = "",
    role: Line = "",
    unit: Line = "",
    team: Line = "",
    sector: Line = "",
    region: Line = "",
) -> Response:
    """Change what is known of it."""
    told: dict[str, Any] = {"name": name, "unit": unit, "sector": sector, "region": region, "team": _team(team) or ""}
    try:
        after = accounts.change(desk, id, by=who.name, now=now, role=_role(role), **told)
    except XiansuoError as error:
        typed = _there(desk, id).model_copy(update={**told, "team": _team(team), "role": _role(role)})
        return _one(request, typed, error)
    return _back(f"已改账号“{after.login}”。")


@router.post("/{id}/close")
def close(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Response:
    """Close it: sessions and keys end for good."""
    try:
        after = accounts.close(desk, id, by=who.name, now=now)
    except XiansuoError as error:
        return _back(str(error), "warn")
    return _back(f"已停用“{after.login}”，登录和密钥已作废；做过的事都保留。恢复账号以后，密钥要另建。")


@router.post("/{id}/reopen")
def reopen(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Response:
    """Open it again."""
    after = accounts.reopen(desk, id, by=who.name, now=now)
    return _back(f"已恢复“{after.login}”，用原来的密码登录；以前的密钥不再能用，需要时请另建。")


@router.post("/{id}/door", response_class=HTMLResponse)
def door(request: Request, desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Response:
    """Make a new link."""
    made = accounts.door(desk, id, by=who.name, now=now)
    return _handed_over(request, _there(desk, id), made, "新的链接")


def _page(
    request: Request, desk: Desk, error: XiansuoError | None = None, typed: dict[str, str] | None = None
) -> Response:
    told: dict[str, Any] = {"found": accounts.every(desk), "roles": _ROLES, "teams": _TEAMS, "typed": typed or {}}
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "admin/users.html", {**told, "error": error}, status_code=status)


def _one(request: Request, whose: Account, error: XiansuoError | None = None) -> Response:
    told = {"whose": whose, "roles": _ROLES, "teams": _TEAMS, "error": error}
    status = status_of(error) if error else 200
    return templates.TemplateResponse(request, "admin/user.html", told, status_code=status)


def _handed_over(request: Request, whose: Account, secret: str, title: str) -> Response:
    link = f"{str(request.base_url).rstrip('/')}/first/{secret}"
    told = {"whose": whose, "link": link, "title": title, "days": accounts.DOOR.days}
    return templates.TemplateResponse(request, "admin/link.html", told)


def _there(desk: Desk, id: int) -> Account:
    found = next((each for each in accounts.every(desk) if each.id == id), None)
    if found is None:
        raise NotFound(f"没有第 {id} 号账号。", advice="请到“账号”页查看全部账号。")
    return found


def _back(text: str, tone: notices.Tone = "good") -> Response:
    answer = RedirectResponse("/admin/users", 303)
    notices.carry(answer, tone, text)
    return answer


def _role(value: str) -> Role:
    return next((role for role in Role if role.value == value), Role.INFORMANT)


def _team(value: str) -> Team | None:
    return next((team for team in Team if team.value == value), None)
