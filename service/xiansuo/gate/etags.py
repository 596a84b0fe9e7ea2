"""Answers that name their state (ETag): who has that state already is told so (304), and nothing is sent again.

The state is named after the bytes of the answer, so it is another one whenever the answer is. Where all that an answer
comes from has a name that is sooner found, `known_by` takes that, and the answer need not be made to be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

from xiansuo.gate.repeats import Named

KNOWN = Annotated[str, Header(alias="If-None-Match", max_length=2000, description="已有的是哪个状态：以前的 ETag")]
Seen = Annotated[str, Header(alias="If-Match", max_length=200, description="看到的是哪个状态：读取时的 ETag")]
"""For changes: only if it is still in the state that somebody has seen."""

_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "与 If-None-Match 的状态相同，不再发送"}}


class Unchanged(Exception):
    """The asker knows the answer already."""


class Tagged(Named):
    """Routes of which those that read name the state of their answers."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **told: Any) -> None:
        if "GET" in (told.get("methods") or {"GET"}):
            dependencies = list(told.get("dependencies") or ())
            if _known not in [each.dependency for each in dependencies]:
                dependencies.append(Depends(_known))
            told |= {"dependencies": dependencies, "responses": {**_UNCHANGED, **(told.get("responses") or {})}}
        super().__init__(path, endpoint, **told)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer as before, with the state's name."""
        given = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            try:
                response = await given(request)
            except Unchanged:
                return _unchanged(request.state.tag)
            if request.method != "GET" or response.status_code != 200:
                return response
            if "etag" not in response.headers:
                response.headers["ETag"] = f'"{_tag(request, response)}"'
            own = tag(response.headers["etag"])
            return _unchanged(own) if _has(request, own) else response

        return tagged


def known_by(request: Request, mark: str) -> None:
    """Name the state of the answer to come after all that it comes from.

    :raises Unchanged: the asker has that state already.
    """
    request.state.tag = _digest(f"{request.url.path}?{request.url.query} {mark}".encode())
    if _has(request, request.state.tag):
        raise Unchanged


def begins_with(request: Request, state: str) -> None:
    """Let the name of the answer's state begin with that of what may be changed, for `state_seen`."""
    request.state.begins = f"{state}-"


def state_seen(seen: str) -> str:
    """Take the state of what is to be changed from an If-Match header; empty where any will do."""
    return tag(seen).partition("-")[0]


def tag(header: str) -> str:
    """Take the name of a state out of a header; empty where what exists is all that is asked for."""
    return "" if header.strip() == "*" else header.strip().removeprefix("W/").strip('"')


def _known(known: KNOWN = "") -> None:
    """Describe the header; `Tagged` looks at it."""


def _tag(request: Request, response: Response) -> str:
    named: str = getattr(request.state, "tag", "")
    return named or getattr(request.state, "begins", "") + _digest(bytes(response.body))


def _has(request: Request, own: str) -> bool:
    told = ",".join(request.headers.getlist("if-none-match"))
    return bool({tag(each) for each in told.split(",")} & {own}) or told.strip() == "*"


def _unchanged(own: str) -> Response:
    return Response(status_code=304, headers={"ETag": f'"{own}"'})


def _digest(told: bytes) -> str:
    return hashlib.blake2b(told, digest_size=16).hexdigest()
