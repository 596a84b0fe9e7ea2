"""`xiansuo themes`: the year's central work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import boards
from xiansuo.cli.home import open_desk

app = typer.Typer(help="中心工作：导入和查看年度重点任务清单。", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用")]


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="清单文件：csv xlsx toml txt")],
    version: Annotated[str | None, typer.Option("--version", help="版本名；默认用文件名")] = None,
    as_json: Json = False,
) -> None:
    """导入一份中心工作清单；新一年的清单是新的版本，旧的保留。"""
    from xiansuo.desk.themes import import_themes

    with open_desk() as desk:
        themes = import_themes(desk, path, version=version)
    boards.themes(themes, as_json=as_json)


@app.command("list")
def list_(
    version: Annotated[str | None, typer.Option("--version", help="版本名；默认最新")] = None,
    as_json: Json = False,
) -> None:
    """列出中心工作。"""
    from xiansuo.desk.themes import list_themes

    with open_desk() as desk:
        themes = list_themes(desk, version)
    boards.themes(themes, as_json=as_json)
