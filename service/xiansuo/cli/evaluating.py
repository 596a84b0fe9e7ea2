"""`xiansuo evaluate`: measure the service on labelled data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from xiansuo.cli import show
from xiansuo.cli.home import at


class What(StrEnum):
    """What can be measured."""

    DUPLICATES = "duplicates"
    PAIRS = "pairs"
    SECTIONS = "sections"
    LOOKUP = "lookup"


def evaluate(
    what: Annotated[What, typer.Argument(help="duplicates 查重，pairs 成对比对，sections 分段，lookup 查一查")],
    data: Annotated[Path, typer.Argument(help="标注数据，JSONL，每行一个案例")],
    archive: Annotated[list[Path] | None, typer.Option("--archive", help="先导入的档案文件，可多次")] = None,
    predictions: Annotated[Path | None, typer.Option("--predictions", help="把每个案例的结果写到这个文件")] = None,
    examples: Annotated[
        Path | None, typer.Option("--examples", help="把标注对的数字（不含文字）写到这个 CSV，供 models calibrate 用")
    ] = None,
    adapt: Annotated[bool, typer.Option("--adapt/--no-adapt", help="先让编码器学一学档案，不见好不启用")] = True,
    now: Annotated[str | None, typer.Option("--now", help="按哪一天处理（默认今天）")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """用自己的标注数据检验：在临时目录里真实运行一遍，不动现有档案。"""
    from xiansuo.evaluate.run import evaluate as run
    from xiansuo.settings import Settings

    with show.progress(hidden=as_json) as progress:
        scores = run(
            what.value,
            data,
            settings=Settings(),
            now=at(now),
            archives=archive or [],
            predictions=predictions,
            examples=examples,
            adapt=adapt,
            progress=progress,
        )
    if as_json:
        show.data(scores)
    else:
        _print(scores)


def _print(scores: dict[str, Any]) -> None:
    from rich.table import Table

    table = Table(show_header=False)
    for name, value in scores.items():
        if isinstance(value, dict):
            for inner, score in value.items():
                table.add_row(f"{name} · {inner}", f"{score}")
        else:
            table.add_row(name, f"{value}")
    show.console().print(table)
