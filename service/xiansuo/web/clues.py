"""Clues for editors (线索): proposed ones to read, approve, put into other words, publish and give out as a list."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from xiansuo.desk import accounts, jobs, prompt_editing, prompt_lists, prompt_outcomes
from xiansuo.desk.about import about
from xiansuo.desk.clue_board import clue_board
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.themes import themes_in_force
from xiansuo.desk.writers import find_writers
from xiansuo.errors import InputError, XiansuoError
from xiansuo.gate.asked import Clock, Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Level
from xiansuo.records.jobs import JobKind, PromptsArguments
from xiansuo.records.prompts import PromptState
from xiansuo.web import notices
from xiansuo.web.pages import templates

router = APIRouter(prefix="/clues", include_in_schema=False)

Number = Annotated[int, Path(ge=1, lt=2**63)]
Line = Annotated[str, Form(max_length=500)]
Text = Annotated[str, Form(max_length=2000)]


@router.get("", response_class=HTMLResponse)
def listed(
    request: Request,
    desk: OpenDesk,
    now: Now,
    state: PromptState = PromptState.PROPOSED,
    overdue: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show the prompts of a state."""
    told = {
        "board": clue_board(desk, state, now=now, overdue=overdue),
        "themes": [("", "不限"), *((each.id, each.name) for each in themes_in_force(desk, now.date()))],
        "states": list(PromptState),
        "state": state,
        "overdue": overdue,
        "month": now.date().isoformat(),
        "archive": about(desk),
    }
    return templates.TemplateResponse(request, "clues/list.html", told)


@router.post("")
def propose(
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    wish: Line = "",
    theme: Line = "",
    unit: Line = "",
    limit: Annotated[int, Form(ge=1, le=100)] = 10,
) -> Response:
    """Let the service propose a batch, as a job."""
    asked = PromptsArguments(wish=wish, theme=theme[:200], unit=unit[:200], limit=limit)
    job = jobs.submit(desk, JobKind.PROMPTS, asked, by=who.name, now=now)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/log", response_class=HTMLResponse)
def log(request: Request, desk: OpenDesk) -> HTMLResponse:
    """Show what was done to all prompts."""
    return templates.TemplateResponse(request, "clues/log.html", {"events": prompt_lists.log(desk, limit=200)})


@router.post("/approve")
def approve_several(
    desk: OpenDesk,
    now: Now,
    who: Asking,
    number: Annotated[list[int], Form(max_length=200)] = [],  # noqa: B006
) -> Response:
    """Approve those that are ticked."""
    done, refused = 0, ""
    for each in number:
        try:
            prompt_editing.approve(desk, each, by=who.name, now=now)
            done += 1
        except XiansuoError as error:
            refused = f"第 {each} 号没有审定：{error.message}"
    answer = RedirectResponse("/clues", 303)
    if refused:
        notices.carry(answer, "warn", refused)
    elif done:
        notices.carry(answer, "good", f"已审定 {done} 条。")
    else:
        notices.carry(answer, "warn", "请先勾选。")
    return answer


@router.get("/{number}", response_class=HTMLResponse)
def one(request: Request, desk: OpenDesk, now: Now, number: Number) -> HTMLResponse:
    """Show one with what may be done to it."""
    return _shown(request, desk, now, number)


@router.get("/{number}/writers", response_class=HTMLResponse)
def writers(request: Request, desk: OpenDesk, now: Now, number: Number) -> HTMLResponse:
    """Show who could write on it; a part of its page."""
    told = {"found": find_writers(desk, now=now, prompt=number, limit=5)}
    return templates.TemplateResponse(request, "clues/writers.html", told)


@router.post("/{number}/approve")
def approve(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number) -> Response:
    """Approve it."""
    return _done(
        request, desk, now, number, "已审定", lambda: prompt_editing.approve(desk, number, by=who.name, now=now)
    )


@router.post("/{number}/edit")
def edit(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    number: Number,
    title: Line = "",
    angle: Text = "",
    note: Text = "",
) -> Response:
    """Put it into other words."""

    def act() -> PromptLine:
        return prompt_editing.edit(desk, number, by=who.name, now=now, title=title, angle=angle or None, note=note)

    return _done(request, desk, now, number, "已修改", act, {"title": title, "angle": angle, "note": note})


@router.post("/{number}/publish")
def publish(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    number: Number,
    deadline: Line = "",
    commissioned: Text = "",
    several: Annotated[bool, Form()] = False,
) -> Response:
    """Publish it, to all or as a commission."""
    split = re.split(r"[、，,；;\n]", commissioned)
    named = [each.strip() for each in split if each.strip()]

    def act() -> PromptLine:
        return prompt_editing.publish(
            desk, number, by=who.name, now=now, deadline=_day(deadline), commissioned=named, several=several
        )

    typed = {"deadline": deadline, "commissioned": commissioned, "several": several}
    return _done(request, desk, now, number, "已发布", act, typed)


@router.post("/{number}/withdraw")
def withdraw(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number) -> Response:
    """Take it back."""
    return _done(
        request, desk, now, number, "已撤回", lambda: prompt_editing.withdraw(desk, number, by=who.name, now=now)
    )


@router.post("/{number}/undo")
def undo(request: Request, desk: OpenDesk, now: Now, who: Asking, number: Number) -> Response:
    """Undo what an editor did last."""
    return _done(
        request, desk, now, number, "已撤销上一步", lambda: prompt_editing.undo(desk, number, by=who.name, now=now)
    )


@router.post("/{number}/outcome")
def outcome(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    number: Number,
    author: Line = "",
    level: Line = "",
    date: Line = "",
) -> Response:
    """Put down what became of it; without a level it was not adopted."""

    def act() -> PromptLine:
        reached = next((each for each in Level if each.value == level), None)
        return prompt_outcomes.outcome(
            desk,
            number,
            by=who.name,
            now=now,
            author=author,
            adopted=reached is not None,
            level=reached,
            date=_day(date),
        )

    return _done(request, desk, now, number, "已登记结果", act)


def _done(
    request: Request,
    desk: OpenDesk,
    now: dt.datetime,
    number: int,
    said: str,
    act: Callable[[], PromptLine],
    typed: Mapping[str, object] | None = None,
) -> Response:
    try:
        line = act()
    except XiansuoError as error:
        return _shown(request, desk, now, number, error, typed)
    answer = RedirectResponse(f"/clues/{number}", 303)
    notices.carry(answer, "good", f"{said}：《{line.title}》。")
    return answer


def _shown(
    request: Request,
    desk: OpenDesk,
    now: dt.datetime,
    number: int,
    error: XiansuoError | None = None,
    typed: Mapping[str, object] | None = None,
) -> HTMLResponse:
    page = prompt_lists.show_prompt(desk, number, now=now)
    told = {
        "page": page,
        "levels": list(Level),
        "unknown": accounts.without_account(desk, page.line.commissioned),
        "error": error,
        "typed": typed or {},
    }
    return templates.TemplateResponse(request, "clues/one.html", told, status_code=status_of(error) if error else 200)


def _day(typed: str) -> dt.date | None:
    if not typed.strip():
        return None
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError as error:
        raise InputError(f"日期“{typed[:20]}”看不懂。", advice="请写成 2026-11-01 这样。") from error
