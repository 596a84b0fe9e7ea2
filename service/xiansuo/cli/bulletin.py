"""`xiansuo bulletin`: the month by unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import Json
from xiansuo.cli.home import at, open_desk
from xiansuo.errors import FormatUnsupported

if TYPE_CHECKING:
    from xiansuo.desk.bulletin import Bulletin


def bulletin(
    month: Annotated[str | None, typer.Option("--month", help="哪个月，如 2026-10；默认本月")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="存成 .xlsx")] = None,
    as_json: Json = False,
) -> None:
    """月度通报：各单位报送、采用、批示和得分。"""
    from xiansuo.desk.bulletin import bulletin as count
    from xiansuo.export.bulletin import bulletin_xlsx
    from xiansuo.export.saving import save

    if output is not None and output.suffix.lower() != ".xlsx":
        raise FormatUnsupported(f"通报只能存成 .xlsx，不能存成“{output.name}”。", advice="请改用 .xlsx 结尾的文件名。")
    with open_desk() as desk:
        day = at(f"{month[:7]}-01" if month else None, desk).date()
        made = count(desk, day)
    if output is not None:
        save(bulletin_xlsx(made, day=day), output, "通报")
        show.line(f"已存为 {output}")
    elif as_json:
        show.data(made)
    else:
        _print(made)


def _print(made: Bulletin) -> None:
    from rich.table import Table

    out = show.console()
    out.print(f"{made.office} {made.month:%Y 年 %m 月}通报".strip(), style="bold", markup=False)
    if not made.rows:
        out.print("这一年还没有报送。")
        return
    table = Table("名次", "单位", box=None, pad_edge=False)
    for name in ("本月报送", "采用", "批示", "全年报送", "采用", "批示", "得分", "任务"):
        table.add_column(name, justify="right")
    for row in made.rows:
        month, year = row.month, row.year
        told = (month.reported, month.adoptions, month.instructed, year.reported, year.adoptions, year.instructed)
        table.add_row(
            str(row.rank), row.unit, *map(str, told), f"{year.points:g}", "" if not row.target else str(row.target)
        )
    out.print(table)
    if made.undated:
        out.print(f"另有 {made.undated} 篇没有日期，不计入任何月份。")
