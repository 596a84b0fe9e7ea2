"""`xiansuo topics`: what people write about now."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from xiansuo.cli import boards
from xiansuo.cli.home import at, open_desk


class Window(StrEnum):
    """Windows of time that can be asked for."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


app = typer.Typer(help="热点：现在大家在反映什么。", invoke_without_command=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用")]
Now = Annotated[str | None, typer.Option("--now", help="按哪一天计算（默认今天），如 2026-11-01")]


@app.callback(invoke_without_command=True)
def board(
    context: typer.Context,
    window: Annotated[Window, typer.Option("--window", help="时间窗：周、月、季、年、全部")] = Window.QUARTER,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="最多几个")] = 15,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """列出热点，按热度排列。"""
    if context.invoked_subcommand:
        return
    from xiansuo.desk.topics import hot_topics

    with open_desk() as desk:
        made = hot_topics(desk, now=at(now, desk).date(), window=window.value, limit=limit)
    boards.board(made, as_json=as_json)


@app.command("show")
def show_one(id: Annotated[str, typer.Argument(help="热点编号")], now: Now = None, as_json: Json = False) -> None:
    """看一个热点：关键词、时间线、单位、地区、代表材料。"""
    from xiansuo.desk.topics import show as one_topic

    with open_desk() as desk:
        made = one_topic(desk, id, now=at(now, desk).date())
    boards.topic(made, as_json=as_json)
