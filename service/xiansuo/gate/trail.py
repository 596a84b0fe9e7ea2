"""Every write leaves a line in the audit trail before its answer leaves the house."""

from __future__ import annotations

from functools import partial

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiansuo.desk import auditing
from xiansuo.gate.who import known

_SAFE = {"GET", "HEAD", "OPTIONS"}
_LONGEST = 200
_SIGN_IN, _PUT_DOWN = "POST /login", (303, 401)


class Trail:
    """Puts down who asked for which address with which ids, and the status of the answer; never a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and put down what came of it."""
        if scope["type"] != "http" or scope["method"] in _SAFE:
            await self._app(scope, receive, send)
            return
        request = Request(scope)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and "route" in scope:
                await run_sync(partial(_note, request, message["status"]))
            await send(message)

        await self._app(scope, receive, told)


def _note(request: Request, status: int) -> None:
    action = f"{request.method} {request.scope['route'].path}"
    # Signing in puts down by itself whom it let in or refused.
    if action == _SIGN_IN and status in _PUT_DOWN:
        return
    who = known(request)
    # The path's own parts may be secrets, as in a link to choose a password.
    ids = [_plain(str(value)) for name, value in request.path_params.items() if name != "secret"]
    auditing.note(
        request.app.state.desk,
        who.viewer if who else None,
        action,
        now=request.state.now,
        target=" ".join(ids),
        outcome=str(status),
    )


def _plain(value: str) -> str:
    # What stands in an address may be anything at all.
    return "".join(char if char.isprintable() else " " for char in value[:_LONGEST])
