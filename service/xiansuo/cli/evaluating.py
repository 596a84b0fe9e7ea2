"""`xiansuo evaluate`: measure the service on labelled data."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from xiansuo.cli import show
from xiansuo.cli.home import at
from xiansuo.errors import InputError

if TYPE_CHECKING:
    from xiansuo.evaluate.run import What as Cases


class What(StrEnum):
    """What can be measured."""

    DUPLICATES = "duplicates"
    PAIRS = "pairs"
    SECTIONS = "sections"
    LOOKUP = "lookup"
    TOPICS = "topics"
    RECOMMEND = "recommend"


def evaluate(
    what: Annotated[
        What,
        typer.Argument(
            help="duplicates 查重，pairs 成对比对，sections 分段，lookup 查一查，topics 热点，recommend 选题（回测）"
        ),
    ],
    data: Annotated[
        Path, typer.Argument(help="标注数据，JSONL，每行一个案例；topics 是要聚类的材料，recommend 是带日期的材料")
    ],
    archive: Annotated[list[Path] | None, typer.Option("--archive", help="先导入的档案文件，可多次")] = None,
    predictions: Annotated[Path | None, typer.Option("--predictions", help="把每个案例的结果写到这个文件")] = None,
    examples: Annotated[
        Path | None, typer.Option("--examples", help="把标注对的数字（不含文字）写到这个 CSV，供 models calibrate 用")
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option("--labels", help="topics、recommend 的标注，JSONL：topic_id ids，可加 n_users；或 id matter"),
    ] = None,
    themes: Annotated[
        list[Path] | None, typer.Option("--themes", help="recommend：中心工作清单或工作报告，可多次")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="recommend：只看这一天以前的材料，拿以后的来检验")
    ] = None,
    top: Annotated[
        list[int] | None, typer.Option("--top", min=1, max=1_000, help="recommend：每张清单几条，默认 20；可多次")
    ] = None,
    adapt: Annotated[bool, typer.Option("--adapt/--no-adapt", help="先让编码器学一学档案，不见好不启用")] = True,
    now: Annotated[str | None, typer.Option("--now", help="按哪一天处理（默认今天）")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """用自己的标注数据检验：在临时目录里真实运行一遍，不动现有档案。"""
    from xiansuo.evaluate.run import evaluate as run
    from xiansuo.evaluate.run import evaluate_recommend, evaluate_topics
    from xiansuo.settings import Settings

    with show.progress(hidden=as_json) as progress:
        common: dict[str, Any] = {
            "settings": Settings(),
            "now": at(now),
            "predictions": predictions,
            "adapt": adapt,
            "progress": progress,
        }
        if what is What.TOPICS:
            scores = evaluate_topics(data, labels=labels, **common)
        elif what is What.RECOMMEND:
            if until is None:
                raise InputError("请用 --until 写明回测的日期，例如 --until 2026-05-01。")
            day = at(until).date()
            scores = evaluate_recommend(data, labels=labels, themes=themes or [], until=day, tops=top or [20], **common)
        else:
            scores = run(cast("Cases", what.value), data, archives=archive or [], examples=examples, **common)
    if as_json:
        show.data(scores)
    else:
        _print(scores)


def _print(scores: dict[str, Any]) -> None:
    from rich.table import Table

    table = Table(show_header=False)
    for name, value in _flat(scores):
        table.add_row(name, value)
    show.console().print(table)


def _flat(scores: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in scores.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name} · ")
        else:
            yield f"{before}{name}", f"{value}"
