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


def answer(error: errors.XiansuoError) -> JSONResponse:
    """Tell a failure that we report ourselves."""
    wait = {"Retry-After": str(error.seconds)} if isinstance(error, errors.TooSoon | errors.NotReady) else {}
    who = {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.NotSignedIn) else {}
    told = _problem(error)
    return JSONResponse(told.model_dump(), status_code=told.status, media_type=_MEDIA_TYPE, headers={**wait, **who})


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
    names = {str(problem["loc"][-1]) for problem in error.errors() if problem["type"] != "json_invalid"}
    wrong = f"请求里的 {'、'.join(sorted(names))} 不对。" if names else "请求不是正确的 JSON。"
    return _answer(request, Problem(code="malformed", title=wrong, advice="请对照接口说明 /docs。", status=422))


def _unserved(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this class
    if isinstance(error.__cause__, errors.XiansuoError):  # found while the body was read
        return told(request, error.__cause__)
    missing = error.status_code == 404
    code, title = ("not_found", "没有这个地址。") if missing else ("malformed", "这个地址不接受这样的请求。")
    answered = _answer(
        request, Problem(code=code, title=title, advice="请对照接口说明 /docs。", status=error.status_code)
    )
    answered.headers.update(error.headers or {})
    return answered


def _answer(request: Request, problem: Problem) -> Response:
    return _page(request, problem) or JSONResponse(
        problem.model_dump(), status_code=problem.status, media_type=_MEDIA_TYPE
    )
