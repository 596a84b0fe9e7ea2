"""Failures over HTTP: `application/problem+json` (RFC 9457) with a stable English code and a Chinese message."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from xiansuo import errors

logger = logging.getLogger(__name__)

_MEDIA_TYPE = "application/problem+json"

_STATUS: dict[type[errors.XiansuoError], int] = {
    errors.NotFound: 404,
    errors.NotNow: 409,
    errors.FileRefused: 413,
    errors.FormatUnsupported: 415,
    errors.TextUnusable: 422,
    errors.InputError: 400,
    errors.HomeError: 503,
    errors.ModelError: 503,
    errors.XiansuoError: 500,
}


class Problem(BaseModel):
    """What went wrong: `code` for programs, `title` and `advice` for people."""

    code: str
    title: str
    advice: str = ""
    status: int


def described(when: str) -> dict[str, Any]:
    """Describe a failure for the interface's own description."""
    return {"description": when, "content": {_MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}


def install(app: FastAPI) -> None:
    """Answer every failure in this form."""
    app.add_exception_handler(errors.XiansuoError, _reported)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _unserved)
    app.add_exception_handler(Exception, _unexpected)


def status_of(error: errors.XiansuoError) -> int:
    """Return the HTTP status of an error: its class's, or that of the nearest class above."""
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def _reported(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.XiansuoError)  # noqa: S101 - the handler is registered for this class
    return _answer(Problem(code=error.code, title=error.message, advice=error.advice, status=status_of(error)))


def _malformed(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - the handler is registered for this class
    # Names of fields only: what was typed must not travel into logs or other people's screens.
    names = {str(problem["loc"][-1]) for problem in error.errors() if problem["type"] != "json_invalid"}
    wrong = f"请求里的 {'、'.join(sorted(names))} 不对。" if names else "请求不是正确的 JSON。"
    return _answer(Problem(code="malformed", title=wrong, advice="请对照接口说明 /docs。", status=422))


def _unserved(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this class
    missing = error.status_code == 404
    code, title = ("not_found", "没有这个地址。") if missing else ("malformed", "这个地址不接受这样的请求。")
    return _answer(Problem(code=code, title=title, advice="请对照接口说明 /docs。", status=error.status_code))


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    logger.error("unexpected %s", type(error).__name__)
    return _answer(
        Problem(code="error", title="服务出错了，请重试。", advice="如果反复出现，请联系管理员。", status=500)
    )


def _answer(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.model_dump(), status_code=problem.status, media_type=_MEDIA_TYPE)
