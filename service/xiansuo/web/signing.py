"""Signing in and out, and the page of a link by which somebody chooses a password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import signing_in
from xiansuo.desk.desk import Desk
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock
from xiansuo.gate.problems import status_of
from xiansuo.gate.who import COOKIE, known
from xiansuo.web.pages import templates

router = APIRouter(include_in_schema=False)

Typed = Annotated[str, Form(max_length=1000)]


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, then: str = "/") -> Response:
    """Ask for name and password."""
    if known(request):
        return RedirectResponse(_inside(then), 303)
    return templates.TemplateResponse(request, "login.html", {"then": _inside(then)})


@router.post("/login", response_class=HTMLResponse)
def login(request: Request, now: Clock, login: Typed = "", password: Typed = "", then: Typed = "/") -> Response:
    """Sign in."""
    desk: Desk = request.app.state.desk
    try:
        made = signing_in.sign_in(desk, login, password, now=now)
    except XiansuoError as error:
        told = {"then": _inside(then), "login": login, "error": error}
        return templates.TemplateResponse(request, "login.html", told, status_code=status_of(error))
    return _signed_in(request, made, _inside(then))


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
    return _signed_in(request, made, "/")


def _signed_in(request: Request, made: signing_in.SignedIn, then: str) -> Response:
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


def _inside(then: str) -> str:
    """Keep to pages of this service: a link must not lead elsewhere after signing in."""
    return then if then.startswith("/") and not then.startswith(("//", "/\\")) else "/"
