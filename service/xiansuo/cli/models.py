"""`xiansuo models`: list, build, check, switch and train encoders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import calibrated, learned, show
from xiansuo.cli.home import at, open_desk

app = typer.Typer(help="编码器：查看、生成、校验、切换、学习档案。", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """列出编码器，* 表示正在使用。"""
    from xiansuo.desk.models import list_models

    with open_desk() as desk:
        models = list_models(desk)
    if as_json:
        show.data(models)
        return
    from rich.table import Table

    table = Table()
    for name in ("", "名称", "说明", "状态", "维数", "大小", "编号"):
        table.add_column(name)
    for model in models:
        table.add_row(
            "*" if model.used else "",
            model.name,
            model.title,
            "已生成" if model.built else "未生成",
            str(model.dimension or "—"),
            f"{model.size / 1e6:.1f} MB" if model.built else "—",
            model.id or "—",
        )
    show.console().print(table)


@app.command()
def build(
    name: Annotated[str, typer.Argument(help="编码器名称，如 static-zh")],
    into: Annotated[Path | None, typer.Option("--into", help="放到哪里；默认在数据目录的 models 下")] = None,
) -> None:
    """按 models/ 里的配方生成编码器；不需要网络。"""
    from xiansuo.desk.models import build_model
    from xiansuo.settings import Settings

    with show.progress() as progress:
        folder = build_model(Settings(), name, into, progress)
    show.line(f"已生成：{folder}")


@app.command()
def check(name: Annotated[str, typer.Argument(help="编码器名称或文件夹")], as_json: Json = False) -> None:
    """按校验和检查编码器文件是否完好。"""
    from xiansuo.desk.models import check_model
    from xiansuo.settings import Settings

    problems = check_model(Settings(), name)
    if as_json:
        show.data({"name": name, "problems": problems})
    else:
        show.console().print("\n".join(problems) or f"{name}：文件完好。", markup=False)
    if problems:
        raise typer.Exit(1)


@app.command()
def use(
    name: Annotated[str, typer.Argument(help="编码器名称，或任意 sentence-transformers 文件夹")],
    now: Annotated[str | None, typer.Option("--now", hidden=True)] = None,
) -> None:
    """切换编码器：先在旁边重算全部向量，完成后一次换过去。"""
    from xiansuo.desk.models import switch_model

    with open_desk() as desk, show.progress() as progress:
        done = switch_model(desk, name, now=at(now, desk), progress=progress)
    show.line(f"已改用 {done.id}，重算了 {done.documents} 篇。")


@app.command()
def adapt(
    undo: Annotated[bool, typer.Option("--undo", help="退回学习之前的编码器")] = False,
    now: Annotated[str | None, typer.Option("--now", hidden=True)] = None,
    as_json: Json = False,
) -> None:
    """让编码器学习本单位的档案；只有检验见好才启用，随时可以退回。不联网。"""
    from xiansuo.desk.adapting import learn, unlearn

    with open_desk() as desk, show.progress(hidden=as_json) as progress:
        done = (unlearn if undo else learn)(desk, now=at(now, desk), progress=progress)
    learned.told(done, as_json=as_json)


@app.command()
def calibrate(
    pairs: Annotated[
        list[Path] | None, typer.Option("--pairs", help="标注好的材料对，JSONL：a b relation；可多次")
    ] = None,
    examples: Annotated[
        list[Path] | None, typer.Option("--examples", help="evaluate --examples 写出的数字；可多次")
    ] = None,
    queries: Annotated[
        list[Path] | None, typer.Option("--queries", help="标注好的问题，JSONL：query relevant；校准查一查")
    ] = None,
    themes: Annotated[
        list[Path] | None, typer.Option("--themes", help="中心工作清单；与 --labels 一起校准对照；可多次")
    ] = None,
    labels: Annotated[
        list[Path] | None, typer.Option("--labels", help="材料属于哪项中心工作，JSONL：id theme（没有则 null）")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="退回上一次校准之前")] = False,
    into: Annotated[Path | None, typer.Option("--into", help="只用给出的标注拟合，写到这个文件夹，不启用")] = None,
    now: Annotated[str | None, typer.Option("--now", hidden=True)] = None,
    as_json: Json = False,
) -> None:
    """用编辑的判断和自己的标注校准查重；见好才启用，随时可以退回。

    给出 --queries 则校准查一查，给出 --labels 和 --themes 则校准与中心工作的对照。
    """
    from xiansuo.evaluate import calibrating

    with open_desk() as desk, show.progress(hidden=as_json) as progress:
        if undo:
            changed = calibrating.undo(desk)
            show.data(changed) if as_json else calibrated.undone(changed)
            return
        moment = at(now, desk)
        if labels:
            from xiansuo.evaluate.aligning import calibrate_alignment

            done = calibrate_alignment(desk, labels, themes or [], now=moment, into=into, progress=progress)
        elif queries:
            done = calibrating.calibrate_lookup(desk, queries, now=moment, into=into, progress=progress)
        else:
            done = calibrating.calibrate_relations(
                desk, pairs or [], examples or [], now=moment, into=into, progress=progress
            )
    calibrated.told(done, as_json=as_json)


@app.command()
def measure(
    name: Annotated[str, typer.Argument(help="编码器名称或文件夹")],
    pairs: Annotated[Path, typer.Option("--pairs", help="标注句对，JSONL：a b label（a、b 为文本或编号）")],
    texts: Annotated[list[Path] | None, typer.Option("--texts", help="编号所指的材料，JSONL")] = None,
    as_json: Json = False,
) -> None:
    """在标注句对上测量编码器。"""
    from xiansuo.desk.models import measure_model
    from xiansuo.settings import Settings

    measured = measure_model(Settings(), name, pairs, texts or [])
    show.data(measured) if as_json else show.measured(name, measured)
