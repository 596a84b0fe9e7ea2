"""How much: the size of a request, and how many in a minute."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiansuo.errors import FileRefused, TooSoon, XiansuoError
from xiansuo.gate import problems
from xiansuo.gate.who import client, known

_UNKNOWN = 64 << 10
_DIGITS = 15
_FILES = "multipart/form-data"
_SIGN_IN = ("/login", "/first/")


class SizeLimit:
    """Refuses a body above a size, by what it claims and by what really comes.

    :param most: bytes of a body; `upload` of one that carries files. Who has not signed in sends small forms only:
        bodies are read before it is decided what somebody may do.
    """

    def __init__(self, app: ASGIApp, *, most: int, upload: int) -> None:
        self._app, self._most, self._upload = app, most, upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        most = self._limit(request)
        claimed = request.headers.get("content-length", "0")
        if not (claimed.isascii() and claimed.isdecimal()) or len(claimed) > _DIGITS or int(claimed) > most:
            await _refuse(_too_large(most), scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise _too_large(most)
            return message

        await self._app(scope, counted, send)

    def _limit(self, request: Request) -> int:
        if known(request) is None:
            return min(_UNKNOWN, self._most)
        return self._upload if request.headers.get("content-type", "").lower().startswith(_FILES) else self._most


class RateLimit:
    """Refuses more requests a minute than a person makes: by account, else by address; fewer for signing in.

    Each process counts for itself.
    """

    def __init__(self, app: ASGIApp, *, most: int, sign_ins: int) -> None:
        self._app = app
        self._most, self._sign_ins = RateLimitItemPerMinute(most), RateLimitItemPerMinute(sign_ins)
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is not too much."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        who = known(request)
        signs = request.method == "POST" and scope["path"].startswith(_SIGN_IN)
        item = self._sign_ins if signs else self._most
        key = (f"account {who.viewer.account}" if who else client(request), "sign in" if signs else "")
        if self._counted.hit(item, *key):
            await self._app(scope, receive, send)
            return
        again = self._counted.get_window_stats(item, *key).reset_time
        seconds = max(1, int(again - request.state.now.timestamp()) + 1)
        error = TooSoon("请求太多。", advice=f"请等 {seconds} 秒再试。", seconds=seconds)
        await _refuse(error, scope, receive, send)


def _too_large(most: int) -> FileRefused:
    told = f"{most >> 20} MB" if most >> 20 else f"{most >> 10} KB"
    return FileRefused(f"内容太大，一次最多 {told}。", advice="请分成几次。")


async def _refuse(error: XiansuoError, scope: Scope, receive: Receive, send: Send) -> None:
    await problems.told(Request(scope), error)(scope, receive, send)
