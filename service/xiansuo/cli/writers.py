"""`xiansuo writers`: who could write on something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import Day, Json, Limit
from xiansuo.cli.home import at, open_desk
from xiansuo.cli.prompt_edits import MOST

if TYPE_CHECKING:
    from xiansuo.desk.writers import Writer, Writers


def writers(
    text: Annotated[str, typer.Argument(help="要写的事情，一句话，如 海上风电渔民补偿")] = "",
    theme: Annotated[str, typer.Option("--theme", help="或者：中心工作的编号或名称")] = "",
    topic: Annotated[str, typer.Option("--topic", help="或者：热点的编号，见 topics")] = "",
    prompt: Annotated[
        int | None, typer.Option("--prompt", min=1, max=MOST, help="或者：选题的编号，见 prompts list")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="一定要看的信息员或单位，没有写过的也说明；可写几次")
    ] = None,
    limit: Limit = 10,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """谁能写：按以往写过的、采用的、手上的件数，列出信息员和单位，供约稿参考。"""
    from xiansuo.desk.writers import find_writers

    with open_desk() as desk:
        made = find_writers(
            desk,
            now=at(now, desk),
            # A terminal in another encoding hands over bytes that are no text.
            text=text.encode("utf-8", "replace").decode(),
            theme=theme,
            topic=topic,
            prompt=prompt,
            names=name or (),
            limit=limit,
        )
    if as_json:
        show.data(made)
    else:
        _print(made, prompt)


def _print(made: Writers, prompt: int | None) -> None:
    out = show.console()
    out.print(f"{made.asked}，谁能写（{made.now}）：", style="bold", markup=False)
    for note in made.notes:
        out.print(note, markup=False)
    _table("信息员", made.informants, made.more_informants)
    _table("单位", made.units, made.more_units)
    _table("另列：手上件数已满或已认领的", made.busy, made.more_busy)
    for each in made.named:
        out.print(f"{each.name}：{each.told}", markup=False, soft_wrap=True)
    if prompt is not None and made.commission:
        to = " ".join(f"--to {name}" for name in made.commission)
        out.print(f"约稿可用：xiansuo prompts publish {prompt} {to} --by 编辑", markup=False, soft_wrap=True)


def _table(title: str, writers: Sequence[Writer], more: int) -> None:
    if not writers:
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title, title_justify="left", expand=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("谁", ratio=3, overflow="fold")
    table.add_column("得分", justify="right", no_wrap=True)
    table.add_column("有关/采用", justify="right", no_wrap=True)
    table.add_column("理由", ratio=7, overflow="fold")
    table.add_column("写过", ratio=5, overflow="fold")
    for each in writers:
        about = each.name if each.sort == "unit" else "\n".join(filter(None, (each.name, each.unit)))
        table.add_row(
            str(each.rank),
            escape(f"{about}\n{each.team}".strip()),
            f"{each.score:.2f}",
            f"{each.texts}/{each.adopted}",
            escape("\n".join(each.reasons)),
            escape("\n".join(f"{text.title}（{text.id}）" for text in each.evidence)),
        )
    out = show.console()
    out.print(table)
    if more:
        out.print(f"另有 {more} 个没有列出，可用 --limit 多列。", style="dim")
