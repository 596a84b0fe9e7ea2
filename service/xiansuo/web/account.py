"""One's own account: what is known of it, and the password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import signing_in
from xiansuo.errors import InputError, XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.gate.who import COOKIE
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/account", include_in_schema=False)

Typed = Annotated[str, Form(max_length=1000)]


@router.get("", response_class=HTMLResponse)
def account(request: Request) -> HTMLResponse:
    """Show it."""
    return templates.TemplateResponse(request, "account.html", {})


@router.post("/password", response_class=HTMLResponse)
def change_password(
    request: Request, desk: OpenDesk, now: Clock, who: Asking, old: Typed = "", new: Typed = "", again: Typed = ""
) -> Response:
    """Change one's password; other places have to sign in again."""
    try:
        if new != again:
            raise InputError("两次输入的新密码不一样。", advice="请再输入一遍。")
        signing_in.change_own_password(desk, who, old, new, now=now, keep=request.cookies.get(COOKIE, ""))
    except XiansuoError as error:
        return templates.TemplateResponse(request, "account.html", {"error": error}, status_code=status_of(error))
    answer = RedirectResponse("/" if who.changes_password else "/account", 303)
    notices.carry(answer, "good", "密码已改。别处的登录都已退出，这里不用重新登录。")
    return answer
