"""`xiansuo gaps`: what the year's work asks for and nobody writes, or nobody adopts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.boards import spark
from xiansuo.cli.choices import Json
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.gap_board import GapBoard


class By(StrEnum):
    """Ways to divide."""

    TIME = "time"
    UNIT = "unit"
    REGION = "region"
    SECTOR = "sector"
    TEAM = "team"


class Step(StrEnum):
    """Lengths of time."""

    MONTH = "month"
    QUARTER = "quarter"


_SHORT = 6
_HUNDREDTH = 0.01


def gaps(
    by: Annotated[By, typer.Option("--by", help="按时间、单位、地区、界别还是队伍分列")] = By.TIME,
    step: Annotated[Step | None, typer.Option("--step", help="时间按月还是按季；默认看长短")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="只列这些单位、地区、时段（可多次），没有写过的也列出")
    ] = None,
    version: Annotated[str | None, typer.Option("--version", help="中心工作的版本；默认当时有效的")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=60, help="最多几列")] = 12,
    draw: Annotated[Path | None, typer.Option("--draw", help="画成图：.html 或 .png")] = None,
    now: Annotated[str | None, typer.Option("--now", help="按哪一天计算（默认今天），如 2026-11-01")] = None,
    as_json: Json = False,
) -> None:
    """空白：中心工作要求的，哪些没有人写、写了没有采用、很久没有再写。"""
    from xiansuo.desk.gap_board import gap_board
    from xiansuo.export.gap_map import check_gap_drawing, write_gap_drawing

    if draw is not None:
        check_gap_drawing(draw)
    with open_desk() as desk, show.progress(hidden=as_json) as tell:
        made = gap_board(
            desk,
            now=at(now, desk).date(),
            by=by.value,
            step=step.value if step else None,
            version=version,
            only=only or (),
            limit=limit,
            progress=tell,
        )
    if draw is not None:
        write_gap_drawing(made, draw)
    if as_json:
        show.data(made)
        return
    told(made)
    if draw is not None:
        show.console().print(f"画好了：{draw}", markup=False, soft_wrap=True)


def told(made: GapBoard) -> None:
    """Print a board as a table; by time with a line of blocks, else with a second table of the columns."""
    from xiansuo.desk.gap_board import BY_LABELS

    out = show.console()
    for note in made.notes:
        out.print(note, style="dim", markup=False)
    if not made.rows:
        return
    _themes(out, made)
    if made.by != "time" and made.columns:
        _columns(out, made, f"按{BY_LABELS[made.by]}：写了几篇，括号里是其中采用的")
    out.print(f"有关材料 {made.documents} 篇；与哪一项都无关的 {made.about_none} 篇。", style="dim")


def _themes(out: Console, made: GapBoard) -> None:
    from rich.table import Table

    table = Table(title=f"中心工作 {made.version} 的空白，到 {made.now}", title_justify="left", expand=True)
    table.add_column("编号", no_wrap=True)
    table.add_column("名称", ratio=3, overflow="fold")
    for name in ("权重", "材料", "采用"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("篇/采/复", "空白"):
        table.add_column(name, no_wrap=True)
    if made.by == "time":
        table.add_column("走势", no_wrap=True)
    table.add_column("最近", no_wrap=True)
    table.add_column("情况", ratio=2, overflow="fold")
    for row in made.rows:
        gap = row.gap
        table.add_row(
            gap.theme.id,
            gap.theme.name,
            _share(gap.asked),
            _share(gap.written),
            "—" if gap.taken is None else _share(gap.taken),
            f"{len(gap.documents)}/{gap.adopted}/{gap.answered}",
            f"{gap.size:.2f}",
            *([spark([cell.written for cell in row.cells])] if made.by == "time" else []),
            f"{gap.last:%y-%m}" if gap.last else "",
            row.standing,
        )
    out.print(table)
    out.print("材料、采用：占全部的比例；篇/采/复：材料、采用、有答复各几篇。", style="dim")
    if made.by == "time" and made.labels:
        out.print(f"走势：{made.labels[0]}至{made.labels[-1]}。", style="dim")


def _share(part: float) -> str:
    """Say a share; of hundreds of tasks each has less than one in a hundred, which is not none."""
    return "<1%" if 0 < part < _HUNDREDTH else f"{part:.0%}"


def _columns(out: Console, made: GapBoard, title: str) -> None:
    from rich.table import Table

    shown = range(min(len(made.columns), _SHORT))
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column("名称", ratio=2, overflow="fold")
    for place in shown:
        table.add_column(made.labels[place], ratio=1, overflow="fold", justify="right")
    for row in made.rows:
        cells = (row.cells[place] for place in shown)
        table.add_row(row.gap.theme.name, *(_told(cell.written, cell.adopted) for cell in cells))
    out.print(table)
    if len(made.columns) > _SHORT:
        out.print(f"另有 {len(made.columns) - _SHORT} 列，请用 --draw 或 --json 看全。", style="dim")


def _told(written: int, adopted: int) -> str:
    """Say how many were written and, in brackets, adopted; nothing where nothing was written."""
    return f"{written}" + (f"（{adopted}）" if adopted else "") if written else "·"
