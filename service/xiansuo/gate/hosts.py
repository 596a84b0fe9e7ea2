"""Under which names the service may be asked: a foreign page must not reach it through a name of its own."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from xiansuo.errors import InputError
from xiansuo.gate import problems

_HERE = ("127.0.0.1", "localhost", "[::1]")


class Hosts:
    """Refuses a request for another name than this machine's own addresses and those given."""

    def __init__(self, app: ASGIApp, *, names: Iterable[str] = ()) -> None:
        self._app = app
        self._known = {name.casefold() for name in (*_HERE, *names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked under a known name."""
        if scope["type"] == "http" and _name(Request(scope).headers.get("host", "")) not in self._known:
            error = InputError(
                "这个主机名没有登记。", advice="请用本机地址，或请管理员在 XIANSUO_NAMES 里登记这个主机名。"
            )
            await problems.answer(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _name(host: str) -> str:
    # A port follows the last colon; the colons within brackets belong to the address.
    name, colon, port = host.casefold().rpartition(":")
    return name if colon and port.isdecimal() else host.casefold()
