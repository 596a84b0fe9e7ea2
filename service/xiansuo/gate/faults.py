"""What goes wrong at the gate itself is told like everything else that goes wrong."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiansuo.errors import XiansuoError
from xiansuo.gate import problems


class Faults:
    """Turns what nobody caught into an answer, so that the headers around it are on that answer too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and answer for what comes to grief before its answer has begun."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def seen(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, seen)
        except Exception as error:
            if begun:
                raise
            request = Request(scope)
            told = problems.told(request, error) if isinstance(error, XiansuoError) else problems.fault(request, error)
            await told(scope, receive, send)
