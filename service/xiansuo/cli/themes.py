"""`xiansuo themes`: the year's central work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import boards, show, theme_edits
from xiansuo.cli.choices import Json
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    from xiansuo.desk.themes import TakenThemes

app = typer.Typer(help="中心工作：从清单或工作报告导入，查看，修改。", no_args_is_help=True)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="清单（csv xlsx toml txt）或工作报告（docx txt pdf）")],
    version: Annotated[str | None, typer.Option("--version", help="版本名；默认用文件名")] = None,
    most: Annotated[int | None, typer.Option("--most", min=1, help="只留权重最大的几项")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="同一版本里对不上的修改撤销，照样导入")] = False,
    as_json: Json = False,
) -> None:
    """导入中心工作：清单一行一项，工作报告逐条拆出今年的任务；新一年是新的版本，旧的保留。"""
    from xiansuo.desk.themes import take_themes

    with open_desk() as desk:
        moment = at(None, desk) if replace else None
        taken = take_themes(desk, path, version=version, most=most, replace_at=moment)
    boards.themes(taken.themes, as_json=as_json)
    if not as_json:
        _told(taken)


@app.command("list")
def list_(
    version: Annotated[str | None, typer.Option("--version", help="版本名；默认最新")] = None,
    all: Annotated[bool, typer.Option("--all", help="停用的、并入别项的也列出")] = False,
    as_json: Json = False,
) -> None:
    """列出中心工作。"""
    from xiansuo.desk.themes import list_themes

    with open_desk() as desk:
        themes = list_themes(desk, version, retired=all)
    boards.themes(themes, as_json=as_json)


@app.command("versions")
def versions(as_json: Json = False) -> None:
    """列出各个版本，最新的在前。"""
    from xiansuo.desk.themes import list_versions

    with open_desk() as desk:
        made = list_versions(desk)
    if as_json:
        show.data(made)
        return
    out = show.console()
    if not made:
        out.print("还没有中心工作清单。可用 xiansuo themes import 清单文件 导入。", style="bold")
    for each in made:
        gone = f"，停用或并入 {each.retired} 项" if each.retired else ""
        edits = f"，修改 {each.edits} 次" if each.edits else ""
        days = f"，{each.since or ''}~{each.until or ''}" if each.since or each.until else ""
        source = f"，出自 {each.source}" if each.source else ""
        out.print(f"{each.version}：{each.themes} 项{gone}{edits}{days}{source}", markup=False, soft_wrap=True)


theme_edits.add_to(app)


def _told(taken: TakenThemes) -> None:
    """Say what else there is to know of an import."""
    out = show.console()
    if taken.kind == "report":
        repeated = f"；{taken.repeated} 项在报告里说了不止一次，只列一次" if taken.repeated else ""
        left = f"；权重较小的 {taken.left_out} 项没有留下" if taken.left_out else ""
        out.print(f"从工作报告里拆出 {len(taken.themes) + taken.left_out} 项任务{repeated}{left}。", markup=False)
        out.print("请过一遍：用 xiansuo themes merge、edit、weigh、retire 合并、修改、定权重、停用。", style="dim")
    if taken.edits:
        out.print(f"以前对这个版本的 {taken.edits} 次修改仍然有效。", markup=False)
    if taken.undone:
        out.print(f"{taken.undone} 次修改在新清单里对不上，已撤销，记录还在。", markup=False)
