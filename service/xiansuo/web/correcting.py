"""The form in which an editor corrects a document: only what was really changed is kept as changed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, ValidationError

from xiansuo.desk import correcting
from xiansuo.desk.document_list import choices
from xiansuo.desk.document_page import DocumentPage, document_page
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Kind, Team
from xiansuo.records.archive import DocumentChange
from xiansuo.web.archive import Id
from xiansuo.web.documents import back
from xiansuo.web.pages import templates

router = APIRouter(prefix="/archive", include_in_schema=False)

_FIELDS = tuple(DocumentChange.model_fields)
_EMPTY_IS_NONE = ("date", "team")


class Typed(BaseModel):
    """What stands in the form; `tag` is the state that it was filled from."""

    model_config = ConfigDict(extra="ignore", str_max_length=200_000)

    kind: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    unit: str = ""
    team: str = ""
    sector: str = ""
    region: str = ""
    channel: str = ""
    date: str = ""
    category: str = ""
    theme: str = ""
    source: str = ""
    tag: str = ""


@router.get("/{id:path}/correct", response_class=HTMLResponse)
def form(request: Request, desk: OpenDesk, id: Id) -> Response:
    """Show a document in the form."""
    page = document_page(desk, id)
    return _form(request, desk, page, {**_filled(page), "tag": page.tag})


@router.post("/{id:path}/correct", response_class=HTMLResponse)
def correct(
    request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, typed: Annotated[Typed, Form()]
) -> Response:
    """Keep what was changed."""
    page = document_page(desk, id)
    told = {**typed.model_dump(), "text": typed.text.replace("\r\n", "\n")}
    before = _filled(page)
    changed = {name: told[name] or _nothing(name) for name in _FIELDS if told[name] != before[name]}
    try:
        change = DocumentChange.model_validate(changed)
        made = correcting.correct(desk, id, change, by=who.name, now=now, tag=typed.tag)
    except ValidationError as error:
        wrong = {
            str(each["loc"][0]): "不能为空" if not told[str(each["loc"][0])] else "太长或写法不对"
            for each in error.errors()
        }
        return _form(request, desk, page, told, wrong=wrong)
    except XiansuoError as error:
        return _form(request, desk, page, told, error=error)
    if made.version == page.version:
        return back(id, "没有改动。")
    return back(id, f"已更正，现在是第 {made.version} 版。要撤销，在“以前的版本”里恢复上一版。")


def _form(
    request: Request,
    desk: OpenDesk,
    page: DocumentPage,
    typed: Mapping[str, str],
    *,
    wrong: Mapping[str, str] | None = None,
    error: XiansuoError | None = None,
) -> Response:
    told = {
        "page": page,
        "typed": typed,
        "wrong": wrong or {},
        "error": error,
        "kinds": [(each.value, each.label) for each in Kind],
        "teams": [("", "未写明"), *((each.value, each.label) for each in Team)],
        "choices": choices(desk),
    }
    status = status_of(error) if error else 422 if wrong else 200
    return templates.TemplateResponse(request, "archive/correct.html", told, status_code=status)


def _filled(page: DocumentPage) -> dict[str, str]:
    return {name: _written(getattr(page, name)) for name in _FIELDS}


def _written(value: Any) -> str:
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)


def _nothing(name: str) -> str | None:
    return None if name in _EMPTY_IS_NONE else ""
