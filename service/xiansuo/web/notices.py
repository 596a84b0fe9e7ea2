"""Notices that are carried over a redirect: a short-lived cookie that the next page shows once."""

from __future__ import annotations

import base64
import json
from typing import Literal, get_args

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Tone = Literal["good", "warn", "bad", "info"]

_COOKIE = "xiansuo_notice"
_SECONDS = 60
_LONGEST = 400
_TONES = get_args(Tone)


def carry(response: Response, tone: Tone, text: str) -> None:
    """Let the page that this answer leads to show a notice above itself, once; long ones are cut to 400 characters."""
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    value = base64.urlsafe_b64encode(json.dumps([tone, cut], ensure_ascii=False).encode()).decode()
    response.set_cookie(_COOKIE, value, max_age=_SECONDS, httponly=True, samesite="lax")


def shown(request: Request) -> list[tuple[str, str]]:
    """Return tone and text of what is to be shown on this page; what is put into a page in part shows none."""
    value = request.cookies.get(_COOKIE)
    if not value or "hx-request" in request.headers:
        return []
    request.state.notice_shown = True
    try:
        told = json.loads(base64.urlsafe_b64decode(value))
    except (ValueError, RecursionError):  # the browser may send whatever it likes
        return []
    match told:
        case [str(tone), str(text)] if tone in _TONES:
            return [(tone, text[:_LONGEST])]
    return []


class Once:
    """Takes the cookie back as soon as a page has shown it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and take back what was shown."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def taken_back(message: Message) -> None:
            if message["type"] == "http.response.start" and getattr(Request(scope).state, "notice_shown", False):
                used = Response()
                used.delete_cookie(_COOKIE, httponly=True, samesite="lax")
                MutableHeaders(scope=message).append("set-cookie", used.headers["set-cookie"])
            await send(message)

        await self._app(scope, receive, taken_back)
