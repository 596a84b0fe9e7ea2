"""`xiansuo prompts approve`, `edit`, `publish`, `withdraw`, `outcome`, `undo`: what an editor does to prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import prompt_pages
from xiansuo.cli.choices import By, Day, Json, level_named
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    import datetime as dt

MOST = 2**63 - 1
"""The greatest number that the store can hold."""

Number = Annotated[int, typer.Argument(min=1, max=MOST, help="选题的编号，见 prompts list")]
Deadline = Annotated[str | None, typer.Option("--deadline", help="截止日期，如 2026-11-20")]
Author = Annotated[str, typer.Option("--author", help="谁认领的；只有一个人认领时可不写")]


def approve(number: Number, by: By, now: Day = None, as_json: Json = False) -> None:
    """审定：按原样通过。"""
    from xiansuo.desk import prompt_editing

    with open_desk() as desk:
        prompt_pages.done(prompt_editing.approve(desk, number, by=by, now=at(now, desk)), as_json=as_json)


def edit(
    number: Number,
    by: By,
    title: Annotated[str | None, typer.Option("--title", help="新的题目")] = None,
    angle: Annotated[str | None, typer.Option("--angle", help="新的角度")] = None,
    note: Annotated[str | None, typer.Option("--note", help="给信息员的说明")] = None,
    deadline: Deadline = None,
    to: Annotated[list[str] | None, typer.Option("--to", help="改约哪些信息员或单位")] = None,
    to_all: Annotated[bool, typer.Option("--to-all", help="改为面向全部")] = False,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """修改题目、角度、说明、截止日期或约稿对象；机器的原卡片保留。"""
    from xiansuo.desk import prompt_editing

    with open_desk() as desk:
        made = prompt_editing.edit(
            desk,
            number,
            by=by,
            now=at(now, desk),
            title=title,
            angle=angle,
            note=note,
            deadline=_day(deadline),
            commissioned=[] if to_all else to,
        )
    prompt_pages.done(made, as_json=as_json)


def publish(
    number: Number,
    by: By,
    deadline: Deadline = None,
    to: Annotated[list[str] | None, typer.Option("--to", help="约稿：只给这些信息员或单位")] = None,
    several: Annotated[bool, typer.Option("--several", help="可以几个人同时认领")] = False,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """发布：面向全部，或者约稿。"""
    from xiansuo.desk import prompt_editing

    with open_desk() as desk:
        made = prompt_editing.publish(
            desk,
            number,
            by=by,
            now=at(now, desk),
            deadline=_day(deadline),
            commissioned=to or (),
            several=several,
        )
    prompt_pages.done(made, as_json=as_json)


def withdraw(number: Number, by: By, now: Day = None, as_json: Json = False) -> None:
    """撤回：还没有人报送的才行。"""
    from xiansuo.desk import prompt_editing

    with open_desk() as desk:
        prompt_pages.done(prompt_editing.withdraw(desk, number, by=by, now=at(now, desk)), as_json=as_json)


def outcome(
    by: By,
    number: Annotated[int | None, typer.Argument(min=1, max=MOST, help="选题的编号；不写则按档案登记全部")] = None,
    level: Annotated[str | None, typer.Option("--level", help="哪一级采用：district city province nation")] = None,
    date: Annotated[str | None, typer.Option("--date", help="采用日期")] = None,
    not_adopted: Annotated[bool, typer.Option("--not-adopted", help="没有采用")] = False,
    author: Author = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """登记结果；不写级别时，取档案里那篇材料的采用情况。"""
    from xiansuo.desk import prompt_outcomes

    with open_desk() as desk:
        if number is None:
            if level or date or not_adopted or author:
                raise typer.BadParameter("登记某一条的结果要写选题的编号。")
            prompt_pages.collected(prompt_outcomes.collect(desk, by=by, now=at(now, desk)), as_json=as_json)
            return
        made = prompt_outcomes.outcome(
            desk,
            number,
            by=by,
            now=at(now, desk),
            author=author,
            adopted=False if not_adopted else None,
            level=level_named(level),
            date=_day(date),
        )
    prompt_pages.done(made, as_json=as_json)


def undo(number: Number, by: By, now: Day = None, as_json: Json = False) -> None:
    """撤销编辑对这条选题做的最后一步，可以接着撤。"""
    from xiansuo.desk import prompt_editing

    with open_desk() as desk:
        prompt_pages.done(prompt_editing.undo(desk, number, by=by, now=at(now, desk)), as_json=as_json)


def add_to(app: typer.Typer) -> None:
    """Offer these commands."""
    for command in (approve, edit, publish, withdraw, outcome, undo):
        app.command(command.__name__)(command)


def _day(told: str | None) -> dt.date | None:
    return None if told is None else at(told).date()
