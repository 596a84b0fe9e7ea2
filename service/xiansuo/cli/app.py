"""All commands. Heavy modules are imported inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import (
    backing,
    bulletin,
    calls,
    cards,
    checking,
    checks,
    decisions,
    demo,
    doctor,
    documents,
    evaluating,
    gaps,
    jobs,
    merging,
    models,
    prompts,
    show,
    themes,
    topics,
    users,
    writers,
)
from xiansuo.cli.choices import Json, Kinds, Limit, Units, Years, filter_of, kind_named, team_named
from xiansuo.cli.home import at, open_desk
from xiansuo.errors import XiansuoError

app = typer.Typer(
    help="线索：政协反映社情民意信息的查重、热点与选题服务。数据目录由环境变量 XIANSUO_HOME 指定。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(topics.app, name="topics")
app.add_typer(themes.app, name="themes")
app.add_typer(prompts.app, name="prompts")
app.add_typer(decisions.app, name="decisions")
app.add_typer(models.app, name="models")
app.add_typer(users.app, name="users")
app.add_typer(jobs.app, name="jobs")
app.add_typer(documents.app, name="documents")
decisions.app.command("merge")(merging.merge)
decisions.app.command("unmerge")(merging.unmerge)
app.command("demo")(demo.demo)
app.command("check")(checking.check)
app.command("evaluate")(evaluating.evaluate)
app.command("gaps")(gaps.gaps)
app.command("writers")(writers.writers)
app.command("bulletin")(bulletin.bulletin)
app.command("backup")(backing.backup)
app.command("restore")(backing.restore)
app.command("doctor")(doctor.doctor)

_WRONG_CALL = 2
_STOPPED = 130
ROWS_NEED_A_LOOK = 3
"""Exit status of an import that finished, but rejected rows or took some with a remark."""


@app.command("import")
def import_(
    path: Annotated[
        Path, typer.Argument(help="文件或文件夹：docx xlsx csv jsonl txt pdf（doc、wps 需装 LibreOffice）")
    ],
    kind: Annotated[
        str | None, typer.Option("--kind", help="行内没写时按哪一类收：submission proposal report reference")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不入库")] = False,
    now: Annotated[str | None, typer.Option("--now", help="按哪一天处理（默认今天），如 2026-11-01")] = None,
    as_json: Json = False,
) -> None:
    """导入历史材料；同一份材料导入两次不会变多。"""
    from xiansuo.desk.adapting import advice
    from xiansuo.desk.importing import import_path

    with open_desk() as desk, show.progress(hidden=as_json) as progress:
        summary = import_path(desk, path, now=at(now, desk), kind=kind_named(kind), dry_run=dry_run, progress=progress)
        advised = "" if as_json or dry_run else advice(desk)
    show.summary(summary, as_json=as_json)
    if advised:
        show.line(advised)
    if summary.remarks:
        raise typer.Exit(ROWS_NEED_A_LOOK)


@app.command()
def lookup(
    query: Annotated[str, typer.Argument(help="要查的事情，一句话即可，如 电动自行车充电")],
    limit: Limit = 10,
    kind: Kinds = None,
    year: Years = None,
    unit: Units = None,
    as_json: Json = False,
) -> None:
    """查一查：动笔之前，看看这件事报过没有、结果如何。"""
    from xiansuo.desk.looking import lookup as look

    with open_desk() as desk:
        found = look(desk, query, limit=limit, filters=filter_of(kind, year, unit))
    checks.lookup(found, as_json=as_json)


@app.command()
def suggest(
    wish: Annotated[str, typer.Argument(help="想写什么，可不填，如 我想写海上风电")] = "",
    unit: Annotated[str, typer.Option("--unit", help="报送单位")] = "",
    author: Annotated[str, typer.Option("--author", help="信息员")] = "",
    team: Annotated[str | None, typer.Option("--team", help="队伍：member invited think_tank")] = None,
    region: Annotated[str, typer.Option("--region", help="地区")] = "",
    sector: Annotated[str, typer.Option("--sector", help="界别")] = "",
    theme: Annotated[str, typer.Option("--theme", help="只看某项中心工作（编号或名称）")] = "",
    limit: Limit = 5,
    now: Annotated[str | None, typer.Option("--now", help="按哪一天处理（默认今天）")] = None,
    as_json: Json = False,
) -> None:
    """选题：结合中心工作、热点和空白，建议写什么，并说明理由。"""
    from xiansuo.desk.suggesting import suggest as make

    with open_desk() as desk:
        made = make(
            desk,
            now=at(now, desk).date(),
            wish=_text(wish),
            unit=unit,
            author=author,
            team=team_named(team),
            region=region,
            sector=sector,
            theme=theme,
            limit=limit,
        )
    cards.suggestions(made, as_json=as_json)


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", help="监听的地址；给局域网用时写本机的局域网地址或 0.0.0.0")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口；被占用时顺延")] = 8000,
    names: Annotated[
        list[str] | None, typer.Option("--name", help="还可以用哪些名字访问，如 xiansuo.lan；可写多个")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=32, help="几个进程一起服务，共用一个档案")] = 1,
) -> None:
    """打开网页和接口。"""
    from xiansuo.cli.serving import serve_on

    serve_on(host, port, names=names or (), workers=workers)


def _text(word: str) -> str:
    # A terminal in another encoding hands over bytes that are no text.
    return word.encode("utf-8", "replace").decode()


def run() -> None:
    """Run the command line; every failure is told in Chinese, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may be GBK: what it cannot show must not end the work.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except XiansuoError as error:
        show.error(error)
        sys.exit(1)
    except typer.TyperException as error:
        show.error(calls.explained(error))
        sys.exit(_WRONG_CALL)
    except SystemExit as ended:
        if ended.code == _STOPPED:
            show.line("已停止；已经入库的内容不受影响。")
        raise
    except Exception as error:
        if os.environ.get("XIANSUO_DEBUG"):
            raise
        show.line(
            f"程序出错（{type(error).__name__}）。已存入的内容不受影响。"
            "设置环境变量 XIANSUO_DEBUG=1 后重试可看到详细信息，请把它交给维护人员。"
        )
        sys.exit(1)
