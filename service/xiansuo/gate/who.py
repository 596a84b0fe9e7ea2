"""Who asks: found out once for every request, before anything else looks at it."""

from __future__ import annotations

import datetime as dt

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from xiansuo.desk import signing_in
from xiansuo.desk.desk import Desk
from xiansuo.desk.signing_in import Known
from xiansuo.errors import XiansuoError
from xiansuo.gate import problems
from xiansuo.gate.clock import clock

COOKIE = "xiansuo_session"
_BEARER = "bearer "


class Who:
    """Puts who asks into `request.state.known`: a person's session, a system's key, or None.

    Sessions and keys end by the clock, which is read here once, into `request.state.now`; the archive's own day plays
    no part.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out, and pass on."""
        if scope["type"] == "http":
            request = Request(scope)
            now = clock()
            request.state.now = now
            request.state.known = None
            if not scope["path"].startswith("/static/"):
                try:
                    request.state.known = await run_sync(_known, request, now)
                except XiansuoError as error:
                    await problems.told(request, error)(scope, receive, send)
                    return
        await self._app(scope, receive, send)


def known(request: Request) -> Known | None:
    """Return who asks."""
    # What is refused before anybody was asked, such as a body that is too large, is refused to nobody.
    found: Known | None = getattr(request.state, "known", None)
    return found


def client(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else ""


def _known(request: Request, now: dt.datetime) -> Known | None:
    desk: Desk = request.app.state.desk
    told = request.headers.get("authorization", "")
    if told:
        key = told[len(_BEARER) :].strip() if told.lower().startswith(_BEARER) else ""
        return signing_in.of_key(desk, key, now=now) if key else None
    cookie = request.cookies.get(COOKIE)
    return signing_in.of_session(desk, cookie, now=now) if cookie else None
