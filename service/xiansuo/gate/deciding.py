"""The one dependency that decides for every route: signed in, allowed, and really sent by this page."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Request

from xiansuo.access.needs import allowed
from xiansuo.errors import NotAllowed, NotSignedIn
from xiansuo.gate.rules import RULES
from xiansuo.gate.who import known
from xiansuo.records.accounts import Viewer

HEADER = "x-csrf-token"
FIELD = "csrf_token"

_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def decide(request: Request) -> None:
    """Let a request pass, or refuse it.

    :raises NotSignedIn: the address needs somebody who has signed in.
    :raises NotAllowed: it needs another role or scope, is not in the table of rules, or a form did not carry the
        session's own token, as when a foreign page has sent it.
    """
    need = RULES.get(f"{'GET' if request.method == 'HEAD' else request.method} {request.scope['route'].path}")
    found, writes = known(request), request.method not in _SAFE
    if need is None:
        raise NotAllowed("这个地址没有开放。", advice="请联系管理员。")
    if not allowed(found.viewer if found else None, need, writes=writes):
        if found is None:
            raise NotSignedIn(
                "请先登录。", advice="登录已过期时，请重新登录；程序请用密钥（Authorization: Bearer …）。"
            )
        raise NotAllowed("您的账号没有这项权限。", advice="需要时请联系管理员。")
    if not writes:
        return
    if found is None:
        _from_here(request)
    elif found.csrf and not hmac.compare_digest((await _sent(request)).encode(), found.csrf.encode()):
        raise NotAllowed("这个请求不是从本系统的页面发出的。", advice="请刷新页面后再试。")


def viewer(request: Request) -> Viewer:
    """Return who asks, on a route that needs somebody.

    :raises NotSignedIn: nobody has signed in.
    """
    found = known(request)
    if found is None:
        raise NotSignedIn("请先登录。")
    return found.viewer


Asking = Annotated[Viewer, Depends(viewer)]


async def _sent(request: Request) -> str:
    if told := request.headers.get(HEADER):
        return told
    if request.headers.get("content-type", "").lower().startswith(_FORMS):
        field = (await request.form()).get(FIELD)
        return field if isinstance(field, str) else ""
    return ""


def _from_here(request: Request) -> None:
    # Before signing in there is no token yet; browsers tell from where a form was sent.
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    same = origin is None or origin.split("//")[-1] == request.headers.get("host")
    if site not in ("same-origin", "none") or not same:
        raise NotAllowed("这个请求不是从本系统的页面发出的。", advice="请刷新页面后再试。")
