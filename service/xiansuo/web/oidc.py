"""Signing in through the office's own identity provider, where one is set: there, and back."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import astuple, dataclass
from types import ModuleType

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.access import tokens
from xiansuo.desk.vouched import sign_in_vouched
from xiansuo.errors import NotAllowed, NotFound, ProviderError, XiansuoError
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.who import known
from xiansuo.settings import Settings
from xiansuo.web import signing

router = APIRouter(include_in_schema=False)

_COOKIE = "xiansuo_oidc"
_PATH = "/oidc"
_SECONDS = 600
_LONGEST_THEN = 1000


@dataclass(frozen=True, slots=True)
class _Errand:
    """What this browser has to come back with, and the page it asked for; it stays in the browser.

    `state` binds the answer to the browser, `nonce` the ID token, `verifier` the code.
    """

    state: str
    nonce: str
    verifier: str
    then: str


@router.get(_PATH, response_class=HTMLResponse)
def leave(request: Request, desk: OpenDesk, then: str = "/") -> Response:
    """Send somebody to the provider."""
    settings = _set(desk.settings)
    page = signing.inside(then) if len(then) <= _LONGEST_THEN else "/"
    if known(request):
        return RedirectResponse(page, 303)
    errand = _Errand(tokens.token(), tokens.token(), tokens.token(), page)
    try:
        there = _provider().way_there(
            settings, _back(request), state=errand.state, nonce=errand.nonce, verifier=errand.verifier
        )
    except XiansuoError as error:
        return signing.form(request, then=page, error=error)
    answer = RedirectResponse(there, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        _COOKIE, _packed(errand), max_age=_SECONDS, path=_PATH, httponly=True, samesite="lax", secure=secure
    )
    return answer


@router.get(f"{_PATH}/back", response_class=HTMLResponse)
def come_back(
    request: Request, desk: OpenDesk, now: Clock, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Sign in whom the provider vouches for."""
    settings = _set(desk.settings)
    errand = _unpacked(request.cookies.get(_COOKIE, ""))
    try:
        if errand is None or not hmac.compare_digest(errand.state.encode(), state.encode()):
            raise NotAllowed("这次登录不是从这个浏览器开始的，或隔得太久了。", advice="请重新登录。")
        if error or not code:
            raise NotAllowed("没有在统一认证登录成功。", advice="请重新登录，或用登录名和密码登录。")
        login = _provider().login_of(
            settings, _back(request), code=code, nonce=errand.nonce, verifier=errand.verifier, now=now, issuer=iss
        )
        answer = signing.signed_in(request, sign_in_vouched(desk, login, now=now), signing.inside(errand.then))
    except XiansuoError as failed:
        answer = signing.form(request, then=signing.inside(errand.then) if errand else "/", error=failed)
    # Good for one return, whatever came of it.
    answer.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="lax")
    return answer


def _set(settings: Settings) -> Settings:
    if not settings.oidc_issuer:
        raise NotFound("没有设统一认证。", advice="请用登录名和密码登录。")
    return settings


def _provider() -> ModuleType:
    try:
        from xiansuo.gate import provider
    except ModuleNotFoundError as error:
        raise ProviderError(
            "没有装统一认证要用的软件包。", advice='请管理员运行 pip install "xiansuo[oidc]"。'
        ) from error
    return provider


def _back(request: Request) -> str:
    return f"{request.base_url}{_PATH[1:]}/back"


def _packed(errand: _Errand) -> str:
    return base64.urlsafe_b64encode(json.dumps(astuple(errand)).encode()).decode()


def _unpacked(value: str) -> _Errand | None:
    try:
        told = json.loads(base64.urlsafe_b64decode(value))
    except (ValueError, RecursionError):  # the browser may send whatever it likes
        return None
    match told:
        case [str(state), str(nonce), str(verifier), str(then)] if state and nonce and verifier:
            return _Errand(state, nonce, verifier, then)
    return None
