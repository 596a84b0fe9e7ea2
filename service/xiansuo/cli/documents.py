"""`xiansuo documents`: the archive by hand: list, read, correct, withdraw, restore, keep what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import By, Day, Json, Kinds, Limit, Units, Years, filter_of
from xiansuo.cli.document_words import change_of, outcome_of, page
from xiansuo.cli.home import at, open_desk

app = typer.Typer(help="档案里的材料：列出、查看、更正、撤下、恢复，记采用、批示和答复。", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="材料的编号")]
Date = Annotated[str | None, typer.Option("--date", help="日期，如 2026-03-01")]


@app.command("list")
def list_(
    words: Annotated[str, typer.Argument(help="标题或正文里的词，空格隔开，都要有；或编号。可不填")] = "",
    kind: Kinds = None,
    year: Years = None,
    unit: Units = None,
    adopted: Annotated[bool | None, typer.Option("--adopted/--not-adopted", help="采用过的，或没有采用过的")] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="只看撤下的")] = False,
    cursor: Annotated[str, typer.Option("--cursor", help="接着上一页：它给的标记")] = "",
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """列出材料，最近的在前。"""
    from xiansuo.desk.document_list import listed, words_of
    from xiansuo.records.archive import ArchiveFilter, Standing

    narrowed = filter_of(kind, year, unit)
    wanted = ArchiveFilter(
        kinds=narrowed.kinds,
        years=narrowed.years,
        units=narrowed.units,
        standing=Standing.WITHDRAWN if withdrawn else None,
        adopted=adopted,
        words=words_of(words),
    )
    with open_desk() as desk:
        found = listed(desk, None, wanted, cursor=cursor, limit=limit)
    if as_json:
        show.data(found)
        return
    if not found.items:
        show.console().print("没有这样的材料。")
        return
    from rich.table import Table

    table = Table()
    for name in ("编号", "题目", "类别", "单位", "日期", "结果"):
        table.add_column(name, overflow="fold")
    for line in found.items:
        told = line.status if line.standing is Standing.ACTIVE else f"{line.status}，{line.standing.label}"
        table.add_row(line.id, line.title, line.kind.label, line.unit, str(line.date or ""), told)
    show.console().print(table)
    if found.next:
        show.line(f"还有更早的：加上 --cursor {found.next}")


@app.command("show")
def show_(id: Id, as_json: Json = False) -> None:
    """查看一份材料，连同结果和以前的版本。"""
    from xiansuo.desk.document_page import document_page

    with open_desk() as desk:
        page(document_page(desk, id), as_json=as_json, whole=True)


@app.command()
def correct(
    id: Id,
    title: Annotated[str | None, typer.Option("--title", help="新的题目")] = None,
    text: Annotated[Path | None, typer.Option("--text", help="新的正文所在的文本文件；用 - 从标准输入读")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="submission proposal report reference，或中文")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="报送单位")] = None,
    author: Annotated[str | None, typer.Option("--author", help="作者")] = None,
    region: Annotated[str | None, typer.Option("--region", help="地区")] = None,
    date: Date = None,
    by: By = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """更正：只写要改的；原来的一版留着。"""
    from xiansuo.desk.correcting import correct as make

    change = change_of(text, date, kind, title=title, unit=unit, author=author, region=region)
    with open_desk() as desk:
        page(make(desk, id, change, by=by, now=at(now, desk)), as_json=as_json)


@app.command("put-back")
def put_back(
    id: Id,
    version: Annotated[int, typer.Argument(min=1, help="第几版")],
    by: By = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """恢复成以前的一版。"""
    from xiansuo.desk.correcting import put_back as make

    with open_desk() as desk:
        page(make(desk, id, version, by=by, now=at(now, desk)), as_json=as_json)


@app.command()
def withdraw(id: Id, by: By = "", now: Day = None, as_json: Json = False) -> None:
    """撤下：留着，不再出现在任何回答里。"""
    from xiansuo.desk import withdrawing

    with open_desk() as desk:
        page(withdrawing.withdraw(desk, id, by=by, now=at(now, desk)), as_json=as_json)


@app.command()
def restore(id: Id, by: By = "", now: Day = None, as_json: Json = False) -> None:
    """恢复撤下的。"""
    from xiansuo.desk import withdrawing

    with open_desk() as desk:
        page(withdrawing.restore(desk, id, by=by, now=at(now, desk)), as_json=as_json)


@app.command()
def outcome(
    id: Id,
    adopted: Annotated[str | None, typer.Option("--adopted", help="哪一级采用：district city province nation")] = None,
    instruction: Annotated[str | None, typer.Option("--instruction", help="批示的内容")] = None,
    reply: Annotated[str | None, typer.Option("--reply", help="答复的内容")] = None,
    office: Annotated[str, typer.Option("--office", help="批示或答复的单位")] = "",
    date: Date = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="撤回这一条，写法同记下时")] = False,
    by: By = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """记一条结果，或用 --take-back 撤回。"""
    from xiansuo.desk import document_outcomes

    told = outcome_of(adopted, instruction, reply, office, date)
    act = document_outcomes.take_back_outcome if take_back else document_outcomes.add_outcome
    with open_desk() as desk:
        page(act(desk, id, told, by=by, now=at(now, desk)), as_json=as_json)
