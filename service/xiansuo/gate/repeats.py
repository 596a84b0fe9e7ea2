"""A write that names itself (`Idempotency-Key`) is done once, however often it is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from anyio import CancelScope
from anyio.to_thread import run_sync
from fastapi import Depends, Header
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiansuo.desk import repeats
from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError, NotNow, XiansuoError
from xiansuo.gate import problems
from xiansuo.gate.who import known
from xiansuo.records.accounts import Viewer

HEADER = "idempotency-key"
_LONGEST = 100
_KEPT = ("application/json", "application/problem+json")
_LARGEST = 1 << 20
_BOUNDARY = re.compile(rb"boundary=\"?([^\";,\s]+)")
# What these answer is a secret that is shown once and kept nowhere.
_ONCE = ("POST /api/v1/keys", "POST /api/v1/users/{id}/door")

KEY = Annotated[
    str,
    Header(alias="Idempotency-Key", max_length=_LONGEST, description="任意唯一的名字：同一个请求重发，只办一次"),
]


class Named(APIRoute):
    """Routes of which those that write say that they can be named."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **told: Any) -> None:
        dependencies = list(told.get("dependencies") or ())
        writes = not {"GET"} & set(told.get("methods") or {"GET"})
        if writes and _named not in [each.dependency for each in dependencies]:
            dependencies.append(Depends(_named))
        super().__init__(path, endpoint, **{**told, "dependencies": dependencies})


class Repeats:
    """Keeps the answer to such a write for a day and gives it again; JSON answers up to 1 MB.

    Uploads pass by: sent again, their bytes differ, and an import knows a file that it has.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass on and keep."""
        request = Request(scope) if scope["type"] == "http" else None
        key = (
            request.headers.get(HEADER, "") if request and scope["method"] in ("POST", "PUT", "PATCH", "DELETE") else ""
        )
        uploads = request is not None and request.headers.get("content-type", "").startswith("multipart/form-data")
        who = known(request) if request and key and not uploads else None
        if request is None or who is None:
            await self._app(scope, receive, send)
            return
        if len(key) > _LONGEST:
            error = InputError(f"Idempotency-Key 太长，最多 {_LONGEST} 个字符。")
            await problems.answer(error)(scope, receive, send)
            return
        desk: Desk = request.app.state.desk
        body = await _whole(receive)
        asked = _digest(request, body, who.viewer)
        work = repeats.Work(desk, who.viewer.account, key)
        try:
            kept = await run_sync(partial(work.begin, asked, now=request.state.now))
        except XiansuoError as error:
            await problems.answer(error)(scope, receive, send)
            return
        if kept is not None:
            again = Response(kept.body, kept.status, {"Idempotency-Replayed": "true"}, kept.media_type)
            await again(scope, receive, send)
            return
        await self._work(scope, body, receive, send, work)

    async def _work(self, scope: Scope, body: bytes, receive: Receive, send: Send, work: repeats.Work) -> None:
        status, media_type, answer, given = 500, "", bytearray(), False

        async def once() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def seen(message: Message) -> None:
            nonlocal status, media_type
            if message["type"] == "http.response.start":
                status = message["status"]
                media_type = dict(message["headers"]).get(b"content-type", b"").decode()
            elif len(answer) <= _LARGEST:
                answer.extend(message.get("body", b""))
                if not message.get("more_body"):
                    # Kept before the last piece leaves: who has seen the answer will get it again.
                    route = f"{scope['method']} {getattr(scope.get('route'), 'path', '')}"
                    kept = _told_once() if route in _ONCE and status < 300 else (status, media_type, bytes(answer))
                    await run_sync(partial(_keep, work, *kept))
            await send(message)

        try:
            await self._app(scope, once, seen)
        except BaseException:
            with CancelScope(shield=True):
                await run_sync(work.give_up)
            raise


def _named(key: KEY = "") -> None:
    """Describe the header; `Repeats` looks at it."""


def _keep(work: repeats.Work, status: int, media_type: str, body: bytes) -> None:
    # Refusals for who asks or how often are not what became of the work.
    final = status < 500 and status not in (401, 403, 429)
    if final and (status == 204 or media_type.split(";")[0] in _KEPT) and len(body) <= _LARGEST:
        work.finish(status, media_type, body.decode())
    else:
        work.give_up()


def _told_once() -> tuple[int, str, bytes]:
    answer = problems.answer(
        NotNow(
            "这个请求已经办过，里面的密钥或链接只显示一次。", advice="没有记下时，请停用后另换 Idempotency-Key 再办。"
        )
    )
    return answer.status_code, answer.media_type or "", bytes(answer.body)


def _digest(request: Request, body: bytes, who: Viewer) -> str:
    # The same files sent again come between other boundaries.
    boundary = _BOUNDARY.search(request.headers.get("content-type", "").encode("latin-1"))
    if boundary:
        body = body.replace(boundary[1], b"")
    scopes = ",".join(who.scopes) if who.scopes is not None else "session"
    told = f"{request.method} {request.url.path}?{request.url.query} {scopes}\n"
    return hashlib.sha256(told.encode() + body).hexdigest()


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body.extend(message.get("body", b""))
        if not message.get("more_body"):
            return bytes(body)
