"""Who was given a password by somebody else chooses another before anything else."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from xiansuo.errors import NotAllowed
from xiansuo.gate import problems
from xiansuo.gate.who import known

_ACCOUNT = "/account"
_OPEN = (_ACCOUNT, f"{_ACCOUNT}/password", "/logout", "/api/v1/me", "/api/v1/me/password")


class FirstPassword:
    """Leads every page to one's account for as long as the password is another's; programs are told."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or lead there."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            request = Request(scope)
            found = known(request)
            if found and found.csrf and found.viewer.changes_password and scope["path"] not in _OPEN:
                await _led(request)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _led(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        return problems.answer(NotAllowed("请先改密码。", advice="现在的密码是别人给的；请在“账号与密码”页改。"))
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": _ACCOUNT})
    return RedirectResponse(_ACCOUNT, 303)
