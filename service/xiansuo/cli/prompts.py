"""`xiansuo prompts`: writing prompts from proposal to outcome."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import prompt_edits, prompt_pages, prompt_work, show
from xiansuo.cli.choices import By, Day, Json, Limit, state_named, team_named
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    import datetime as dt

app = typer.Typer(help="选题的一生：提出、审定、发布、认领、查重、报送、结果，以及反馈和清单。", no_args_is_help=True)


@app.command()
def propose(
    by: By,
    wish: Annotated[str, typer.Argument(help="想写什么，可不填")] = "",
    unit: Annotated[str, typer.Option("--unit", help="为哪个报送单位提")] = "",
    author: Annotated[str, typer.Option("--author", help="为哪个信息员提")] = "",
    team: Annotated[str | None, typer.Option("--team", help="队伍：member invited think_tank")] = None,
    region: Annotated[str, typer.Option("--region", help="地区")] = "",
    theme: Annotated[str, typer.Option("--theme", help="只提某项中心工作的（编号或名称）")] = "",
    limit: Limit = 10,
    rest: Annotated[int, typer.Option("--rest", min=0, help="撤回或有了结果的，多少天以内不再提")] = 90,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """提出一批选题待审；已经在列的事不重复提。"""
    from xiansuo.desk.proposing import propose as make

    with open_desk() as desk:
        made = make(
            desk,
            by=by,
            now=at(now, desk),
            wish=wish,
            unit=unit,
            author=author,
            team=team_named(team),
            region=region,
            theme=theme,
            limit=limit,
            rest=rest,
        )
    prompt_pages.proposed(made, as_json=as_json)


@app.command("list")
def list_(
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            help="只看某种状态：proposed approved published claimed drafted submitted closed withdrawn，或中文名称",
        ),
    ] = None,
    informant: Annotated[str, typer.Option("--informant", help="只看某信息员认领的和约他写的")] = "",
    unit: Annotated[str, typer.Option("--unit", help="只看某单位认领的和约它写的")] = "",
    theme: Annotated[str, typer.Option("--theme", help="只看某项中心工作的（编号或名称）")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="只看过了截止日期还没有报送的")] = False,
    limit: Limit = 50,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """列出选题，截止日期近的在前。"""
    from xiansuo.desk.prompt_lists import list_prompts

    states = [found for found in map(state_named, state or ()) if found]
    with open_desk() as desk:
        made = list_prompts(
            desk,
            now=at(now, desk),
            states=states,
            informant=informant,
            unit=unit,
            theme=theme,
            overdue=overdue,
            limit=limit,
        )
    prompt_pages.lines(made, as_json=as_json)


@app.command("show")
def show_one(number: prompt_edits.Number, now: Day = None, as_json: Json = False) -> None:
    """看一条选题：卡片、认领、反馈和经过。"""
    from xiansuo.desk.prompt_lists import show_prompt

    with open_desk() as desk:
        made = show_prompt(desk, number, now=at(now, desk))
    prompt_pages.page(made, as_json=as_json)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="写到哪个文件（.docx）")],
    number: Annotated[
        list[int] | None, typer.Option("--number", min=1, max=prompt_edits.MOST, help="只列这些编号的选题")
    ] = None,
    month: Annotated[str | None, typer.Option("--month", help="只列某月发布的，如 2026-11；默认列现在可写的")] = None,
    office: Annotated[str, typer.Option("--office", help="印在标题和落款的单位名称")] = "",
    contact: Annotated[str, typer.Option("--contact", help="印在每条后面的联系方式")] = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """把选题排成公文格式的清单（Word）。"""
    from xiansuo.desk.prompt_lists import clue_list
    from xiansuo.export.clue_list import check_list_name, write_clue_list

    check_list_name(path)
    with open_desk() as desk:
        made = clue_list(desk, now=at(now, desk), month=_month(month), numbers=number or ())
    write_clue_list(made, path, office=office, contact=contact)
    if as_json:
        show.data({"prompts": [line.number for line in made.lines], "file": str(path)})
    else:
        show.line(f"清单已存为 {path}（{len(made.prompts)} 条）")


@app.command()
def log(
    number: Annotated[int | None, typer.Argument(min=1, max=prompt_edits.MOST, help="只看这一条选题")] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """经过：谁、何时、做了什么，最近的在前。"""
    from xiansuo.desk.prompt_lists import log as done

    with open_desk() as desk:
        made = done(desk, number, limit=limit)
    prompt_pages.events(made, as_json=as_json)


def _month(told: str | None) -> dt.date | None:
    return None if told is None else at(f"{told}-01").date()


prompt_edits.add_to(app)
prompt_work.add_to(app)
