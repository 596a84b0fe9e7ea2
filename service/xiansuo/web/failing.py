"""How failures look to somebody at a browser: a page in the frame, or the way to sign in."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from xiansuo.gate.problems import Problem
from xiansuo.web.pages import templates


def failure_page(request: Request, problem: Problem) -> Response:
    """Show a failure as a page; who has not signed in is led there, and back afterwards."""
    if problem.status == 401 and request.method in ("GET", "HEAD"):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'then': asked})}", 303)
    return templates.TemplateResponse(request, "error.html", {"problem": problem}, status_code=problem.status)
