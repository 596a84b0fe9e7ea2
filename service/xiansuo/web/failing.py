"""How failures look to somebody at a browser: a page in the frame, or the way to sign in."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from xiansuo.gate.problems import FOR_PROGRAMS, Problem
from xiansuo.web.pages import templates


def failure_page(request: Request, problem: Problem) -> Response:
    """Show a failure as a page; who has not signed in is led there, and back afterwards."""
    if problem.status == 401 and request.method in ("GET", "HEAD"):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'then': asked})}", 303)
    told = {"problem": problem.model_copy(update={"advice": _advice(problem)}), "then": _came_from(request)}
    return templates.TemplateResponse(request, "error.html", told, status_code=problem.status)


def _advice(problem: Problem) -> str:
    """Say what somebody at a browser can do, where the problem speaks to programs."""
    if problem.status == 401:
        return "登录已到期，这一步没有办成。登录以后回到刚才那一页，再做一次。"
    if problem.advice != FOR_PROGRAMS:
        return problem.advice
    return "请核对网址；不知道在哪里时，请从首页找。" if problem.status == 404 else "请回到刚才那一页，刷新后再试。"


def _came_from(request: Request) -> str:
    """Return the page of this service that a form was sent from, else the first page."""
    page = urlsplit(request.headers.get("referer", ""))
    if page.netloc != request.url.netloc:
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")
