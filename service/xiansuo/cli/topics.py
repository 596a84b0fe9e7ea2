"""`xiansuo topics`: what people write about now, how it changed, and pictures of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import boards, show, topic_edits, topic_pages
from xiansuo.cli.home import at, open_desk


class Window(StrEnum):
    """Windows of time that can be asked for."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


class Loose(StrEnum):
    """States of documents that belong to no topic."""

    UNDECIDED = "undecided"
    ISOLATED = "isolated"


app = typer.Typer(help="热点：现在大家在反映什么。", invoke_without_command=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用")]
Now = Annotated[str | None, typer.Option("--now", help="按哪一天计算（默认今天），如 2026-11-01")]
Within = Annotated[Window, typer.Option("--window", help="时间窗：周、月、季、年、全部")]


@app.callback(invoke_without_command=True)
def board(
    context: typer.Context,
    window: Within = Window.QUARTER,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="最多几个")] = 15,
    by_theme: Annotated[bool, typer.Option("--by-theme", help="按主题归在一起")] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """列出热点，按热度排列。"""
    if context.invoked_subcommand:
        return
    from xiansuo.desk.topics import hot_topics

    with open_desk() as desk, show.progress(hidden=as_json) as tell:
        made = hot_topics(desk, now=at(now, desk).date(), window=window.value, limit=limit, progress=tell)
    boards.board(made, as_json=as_json, by_theme=by_theme)


@app.command("show")
def show_one(
    id: Annotated[str, typer.Argument(help="热点编号")],
    window: Within = Window.QUARTER,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """看一个热点：关键词、时间线、单位、地区、代表材料、相符的中心工作、提案与答复、变化。"""
    from xiansuo.desk.topic_page import topic_page

    with open_desk() as desk:
        made = topic_page(desk, id, now=at(now, desk).date(), window=window.value)
    topic_pages.page(made, as_json=as_json)


@app.command("draw")
def draw(
    path: Annotated[Path, typer.Argument(help="写到哪个文件：.html（图、时间线和表）或 .png")],
    timeline: Annotated[bool, typer.Option("--timeline", help="PNG 画时间线，不画图")] = False,
    window: Within = Window.YEAR,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=400, help="最多几个热点")] = 80,
    now: Now = None,
) -> None:
    """画热点图和时间线，存成一个文件，离线可看。"""
    from xiansuo.desk.topics import hot_topics
    from xiansuo.export.topic_files import check_drawing_name, write_drawing

    check_drawing_name(path)
    with open_desk() as desk, show.progress() as tell:
        made = hot_topics(desk, now=at(now, desk).date(), window=window.value, limit=limit, progress=tell)
    write_drawing(made, path, "timeline" if timeline else "map")
    show.console().print(f"画好了：{path}（有热度的热点 {len(made.topics)} 个）", markup=False, soft_wrap=True)


@app.command("loose")
def loose(
    state: Annotated[Loose | None, typer.Option("--state", help="undecided 暂不归类，isolated 单独一事")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1_000, help="最多几篇")] = 30,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """不在任何热点里的材料：暂不归类的列出最近的三个热点或材料，单独一事的也是。"""
    from xiansuo.desk.loose_texts import loose_texts

    with open_desk() as desk, show.progress(hidden=as_json) as tell:
        day = at(now, desk).date()
        made = loose_texts(desk, now=day, state=state.value if state else None, limit=limit, progress=tell)
    topic_pages.loose(made, limit, as_json=as_json)


@app.command("diff")
def diff(
    first: Annotated[str, typer.Argument(help="前一次计算的编号，见 topics log")],
    second: Annotated[str, typer.Argument(help="后一次计算的编号")],
    as_json: Json = False,
) -> None:
    """比较两次计算：哪些热点新出现、增加、并入、拆出、降温。"""
    from xiansuo.desk.topic_changes import diff as compare

    with open_desk() as desk:
        made = compare(desk, first, second)
    topic_pages.diff(made, as_json=as_json)


@app.command("log")
def log(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=500, help="最多几次")] = 12,
    as_json: Json = False,
) -> None:
    """变化记录：每次计算有多少热点，比上一次变了什么。"""
    from xiansuo.desk.topic_changes import log as runs_of

    with open_desk() as desk:
        made = runs_of(desk, limit, window="quarter")
    topic_pages.log(made, as_json=as_json)


@app.command("anew")
def anew(now: Now = None, as_json: Json = False) -> None:
    """全部重新聚类；编号、名称和编辑的修改都保留。"""
    from xiansuo.desk.finding import draw_all_anew
    from xiansuo.desk.topic_changes import diff as compare

    with open_desk() as desk, show.progress(hidden=as_json) as tell:
        found = draw_all_anew(desk, now=at(now, desk).date(), progress=tell)
        made = compare(desk, found.base or found.run, found.run)
    topic_pages.diff(made, as_json=as_json)


topic_edits.add_to(app)
