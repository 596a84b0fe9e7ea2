"""Failures over HTTP: `application/problem+json` (RFC 9457) with a stable English code and a Chinese message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeAlias

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from xiansuo import errors

logger = logging.getLogger(__name__)

_MEDIA_TYPE = "application/problem+json"
FOR_PROGRAMS = "请对照接口说明 /docs。"
"""Advice to who writes a program; a page says something else in its place."""

_STATUS: dict[type[errors.XiansuoError], int] = {
    errors.NotSignedIn: 401,
    errors.TooSoon: 429,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.ChangedSince: 412,
    errors.NotNow: 409,
    errors.FileRefused: 413,
    errors.FormatUnsupported: 415,
    errors.TextUnusable: 422,
    errors.InputError: 400,
    errors.NotReady: 503,
    errors.HomeError: 503,
    errors.ProviderError: 503,
    errors.ModelError: 503,
    errors.XiansuoError: 500,
}
_UNSERVED = {
    400: ("malformed", "请求的内容读不出来：JSON 要用 UTF-8 编码，不能层层嵌套；上传的表单要完整。"),
    404: ("not_found", "没有这个地址。"),
}
_WAIT = (errors.TooSoon, errors.NotReady, errors.StillAtIt)
"""Failures that pass: they tell how many seconds to wait."""


class Problem(BaseModel):
    """What went wrong: `code` for programs, `title` and `advice` for people."""

    code: str
    title: str
    advice: str = ""
    status: int


FailurePage: TypeAlias = Callable[[Request, Problem], Response]
"""Shows a failure to somebody at a browser."""


def described(when: str) -> dict[str, Any]:
    """Describe a failure for the interface's own description."""
    return {"description": when, "content": {_MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}


def install(app: FastAPI, page: FailurePage | None = None) -> None:
    """Answer every failure in this form, and to a browser that asks for a page with `page`."""
    app.state.failure_page = page
    app.add_exception_handler(errors.XiansuoError, _reported)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _unserved)
    app.add_exception_handler(Exception, fault)


def status_of(error: errors.XiansuoError) -> int:
    """Return the HTTP status of an error: its class's, or that of the nearest class above."""
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def waiting(error: errors.XiansuoError | None) -> dict[str, str]:
    """Return the header that says after how many seconds to ask again, where that is known."""
    return {"Retry-After": str(error.seconds)} if isinstance(error, _WAIT) else {}


def answer(error: errors.XiansuoError) -> JSONResponse:
    """Tell a failure that we report ourselves."""
    who = {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.NotSignedIn) else {}
    told = _problem(error)
    return JSONResponse(
        told.model_dump(), status_code=told.status, media_type=_MEDIA_TYPE, headers={**waiting(error), **who}
    )


def told(request: Request, error: errors.XiansuoError) -> Response:
    """Tell a failure to whom it concerns: as `answer` to programs, as a page to a browser that asked for one."""
    return _page(request, _problem(error)) or answer(error)


def fault(request: Request, error: Exception) -> Response:
    """Tell a failure that nobody foresaw, with nothing of the inside."""
    logger.error("unexpected %s", type(error).__name__)
    return _answer(
        request, Problem(code="error", title="服务出错了，请重试。", advice="如果反复出现，请联系管理员。", status=500)
    )


def _problem(error: errors.XiansuoError) -> Problem:
    return Problem(code=error.code, title=error.message, advice=error.advice, status=status_of(error))


def _page(request: Request, problem: Problem) -> Response | None:
    page: FailurePage | None = request.app.state.failure_page
    wants = "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers
    return page(request, problem) if page and wants and not request.url.path.startswith("/api/") else None


def _reported(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.XiansuoError)  # noqa: S101 - the handler is registered for this class
    return told(request, error)


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - the handler is registered for this class
    # Names of fields only: what was typed must not travel into logs or other people's screens.
    names = {_field(problem["loc"]) for problem in error.errors() if problem["type"] != "json_invalid"}
    wrong = f"请求里的 {'、'.join(sorted(names))} 不对。" if names else "请求不是正确的 JSON。"
    return _answer(request, Problem(code="malformed", title=wrong, advice=FOR_PROGRAMS, status=422))


def _field(place: tuple[str | int, ...]) -> str:
    # A number tells the place in a list; the name before it is the one that the description has.
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def _unserved(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this class
    if isinstance(error.__cause__, errors.XiansuoError):  # found while the body was read
        return told(request, error.__cause__)
    code, title = _UNSERVED.get(error.status_code, ("malformed", "这个地址不接受这样的请求。"))
    answered = _answer(request, Problem(code=code, title=title, advice=FOR_PROGRAMS, status=error.status_code))
    answered.headers.update(error.headers or {})
    return answered


def _answer(request: Request, problem: Problem) -> Response:
    return _page(request, problem) or JSONResponse(
        problem.model_dump(), status_code=problem.status, media_type=_MEDIA_TYPE
    )
