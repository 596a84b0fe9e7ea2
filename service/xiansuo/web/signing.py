"""Signing in and out, and the page of a link by which somebody chooses a password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import signing_in
from xiansuo.desk.desk import Desk
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock
from xiansuo.gate.problems import status_of, waiting
from xiansuo.gate.who import COOKIE, known
from xiansuo.web.pages import templates

router = APIRouter(include_in_schema=False)

Typed = Annotated[str, Form(max_length=1000)]


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, then: str = "/") -> Response:
    """Ask for name and password."""
    if known(request):
        return RedirectResponse(inside(then), 303)
    return form(request, then=inside(then))


@router.post("/login", response_class=HTMLResponse)
def login(request: Request, now: Clock, login: Typed = "", password: Typed = "", then: Typed = "/") -> Response:
    """Sign in."""
    desk: Desk = request.app.state.desk
    try:
        made = signing_in.sign_in(desk, login, password, now=now)
    except XiansuoError as error:
        return form(request, then=inside(then), login=login, error=error)
    return signed_in(request, made, inside(then))


@router.post("/logout")
def logout(request: Request) -> Response:
    """Sign out."""
    desk: Desk = request.app.state.desk
    signing_in.sign_out(desk, request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/first/{secret}", response_class=HTMLResponse)
def first_page(request: Request, now: Clock, secret: str) -> Response:
    """Ask for a new password."""
    desk: Desk = request.app.state.desk
    told = {"good": signing_in.door_is_open(desk, secret, now=now), "founds": signing_in.founds(desk, secret)}
    return templates.TemplateResponse(request, "first.html", told, status_code=200 if told["good"] else 403)


@router.post("/first/{secret}", response_class=HTMLResponse)
def first(
    request: Request, now: Clock, secret: str, password: Typed = "", again: Typed = "", login: Typed = ""
) -> Response:
    """Choose the password, and sign in."""
    desk: Desk = request.app.state.desk
    try:
        made = signing_in.choose_password(desk, secret, password, again=again, now=now, login=login)
    except XiansuoError as error:
        told = {"good": True, "founds": signing_in.founds(desk, secret), "login": login, "error": error}
        return templates.TemplateResponse(request, "first.html", told, status_code=status_of(error))
    return signed_in(request, made, "/")


def form(request: Request, *, then: str, login: str = "", error: XiansuoError | None = None) -> Response:
    """Show the ways to sign in.

    :param then: the page to go on to, inside this service.
    :param error: why the last try has failed.
    """
    settings = request.app.state.desk.settings
    told = {"then": then, "login": login, "error": error, "provider": settings.oidc_issuer and settings.oidc_name}
    return templates.TemplateResponse(
        request, "login.html", told, status_code=status_of(error) if error else 200, headers=waiting(error)
    )


def signed_in(request: Request, made: signing_in.SignedIn, then: str) -> Response:
    """Hand over a new session, in place of the one this browser had, and go on to a page."""
    if before := request.cookies.get(COOKIE):
        signing_in.sign_out(request.app.state.desk, before)
    answer = RedirectResponse(then, 303)
    answer.set_cookie(
        COOKIE,
        made.token,
        max_age=int(signing_in.LONGEST.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def inside(then: str) -> str:
    """Keep to pages of this service: a link must not lead elsewhere after signing in."""
    return then if then.startswith("/") and not then.startswith(("//", "/\\")) else "/"
