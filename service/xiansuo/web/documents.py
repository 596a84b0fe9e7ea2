"""What editors do to a document on its page: withdraw and restore it, put a version back, keep what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import TypeAdapter, ValidationError

from xiansuo.desk import correcting, document_outcomes, withdrawing
from xiansuo.errors import InputError, XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records.archive import Outcome
from xiansuo.web import notices
from xiansuo.web.archive import Id, shown

router = APIRouter(prefix="/archive", include_in_schema=False)

Line = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=20_000)]

_OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)


@router.post("/{id:path}/withdraw")
def withdraw(desk: OpenDesk, now: Now, who: Asking, id: Id) -> Response:
    """Take a document out of every answer."""
    withdrawing.withdraw(desk, id, by=who.name, now=now)
    return back(id, "已撤下：这份材料留着，不再出现在任何回答里。要撤销，点“恢复”。")


@router.post("/{id:path}/restore")
def restore(desk: OpenDesk, now: Now, who: Asking, id: Id) -> Response:
    """Let a document count again."""
    withdrawing.restore(desk, id, by=who.name, now=now)
    return back(id, "已恢复，重新参与查重、查一查和热点。")


@router.post("/{id:path}/put-back")
def put_back(
    request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, version: Annotated[int, Form(ge=1, lt=2**31)]
) -> Response:
    """Make an earlier version the newest one."""
    try:
        made = correcting.put_back(desk, id, version, by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, who, id, error)
    return back(id, f"已恢复成第 {version} 版的内容，现在是第 {made.version} 版；原来的各版都留着。")


@router.post("/{id:path}/outcomes")
def add_outcome(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    id: Id,
    what: Line = "",
    level: Line = "",
    date: Line = "",
    by: Line = "",
    department: Line = "",
    grade: Line = "",
    text: Text = "",
) -> Response:
    """Put down what became of a document."""
    typed = {"what": what, "level": level, "date": date, "by": by, "department": department, "grade": grade}
    typed["text"] = text
    try:
        document_outcomes.add_outcome(desk, id, _outcome(typed), by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, who, id, error, typed)
    return back(id, "已记下。记错了可以在那一条旁边撤回。")


@router.post("/{id:path}/outcomes/take-back")
def take_back(
    request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, outcome: Annotated[str, Form(max_length=50_000)]
) -> Response:
    """Take back what was put down wrongly."""
    try:
        document_outcomes.take_back_outcome(desk, id, _read(outcome), by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, who, id, error)
    return back(id, "已撤回这一条；以前的版本里还看得到。")


def back(id: str, text: str) -> Response:
    """Lead back to the document with a notice."""
    answer = RedirectResponse(f"/archive/{quote(id, safe='')}", 303)
    notices.carry(answer, "good", text)
    return answer


def _outcome(typed: Mapping[str, str]) -> Outcome:
    fields = {
        "adoption": ("what", "level", "date"),
        "instruction": ("what", "date", "by", "text"),
        "reply": ("what", "date", "department", "grade", "text"),
    }.get(typed["what"], ("what",))
    optional = ("date", "grade")
    try:
        return _OUTCOME.validate_python({name: typed[name] or (None if name in optional else "") for name in fields})
    except ValidationError as error:
        wrong = {"level": "层级", "date": "日期", "by": "批示单位", "department": "答复单位", "text": "内容"}
        names = dict.fromkeys(wrong[str(part)] for each in error.errors() for part in each["loc"] if part in wrong)
        raise InputError(f"没有记下：{'、'.join(names) or '内容'}不对。", advice="请检查后再记。") from error


def _read(outcome: str) -> Outcome:
    try:
        return _OUTCOME.validate_json(outcome)
    except ValidationError as error:
        raise InputError("没有撤回：这一条看不懂。", advice="请刷新后再试。") from error
