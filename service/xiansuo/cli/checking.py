"""`xiansuo check`: check drafts, open earlier checks again, write reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import batches, checks, show
from xiansuo.cli.choices import Json, Kinds, Limit, Units, Years, filter_of
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from xiansuo.desk.desk import Desk
    from xiansuo.desk.report import DuplicateReport
    from xiansuo.records import Filter

_SHOWN = 10


def check(
    draft: Annotated[str, typer.Argument(help="稿件文件、文件夹或台账；用 - 从标准输入读")] = "-",
    title: Annotated[str, typer.Option("--title", help="标题；从标准输入读时，不给则取第一行")] = "",
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", "-t", min=0, max=1, help="只列出应当过目的可能性达到它的材料，0 到 1，如 0.5"),
    ] = None,
    without_quoted: Annotated[
        bool, typer.Option("--without-quoted", help="《》里的文件名不算相同字，也不算本稿的字")
    ] = False,
    save_as: Annotated[
        Path | None,
        typer.Option("--save-as", help="另存报告，.docx 或 .html，几篇时自动编号；成批查重存成 .xlsx 或 .csv"),
    ] = None,
    run: Annotated[str, typer.Option("--run", help="重新打开以前的一次查重，写它的编号；不重新计算")] = "",
    history: Annotated[bool, typer.Option("--history", help="列出以前的查重")] = False,
    archive: Annotated[bool, typer.Option("--archive", help="不查稿件，在档案里找出全部重复，分组列出")] = False,
    limit: Limit = _SHOWN,
    kind: Kinds = None,
    year: Years = None,
    unit: Units = None,
    now: Annotated[str | None, typer.Option("--now", help="按哪一天处理（默认今天）")] = None,
    as_json: Json = False,
) -> None:
    """查重：稿件以前报过没有，在哪里，新在何处；几篇稿件也互相比。"""
    from xiansuo.desk.cutting import recut
    from xiansuo.export.writing import check_name

    with open_desk() as desk:
        filters, moment = filter_of(kind, year, unit), at(now, desk)
        if archive:
            batches.check_archive(desk, moment, filters, limit, as_json=as_json)
            return
        if not (history or run or title or threshold or without_quoted) and batches.is_batch(draft, save_as, moment):
            batches.check_batch(desk, Path(draft), moment, filters, limit, save_as, as_json=as_json)
            return
        if save_as is not None:
            check_name(save_as)
        if history:
            from xiansuo.desk.reopening import history as past

            checks.history(past(desk, limit=limit), as_json=as_json)
            return
        if run:
            from xiansuo.desk.reopening import reopen

            made = [reopen(desk, run, threshold, limit, without_quoted=without_quoted)]
        else:
            kept = _checked(desk, draft, title, moment, limit, filters)
            made = [recut(report, threshold, limit, without_quoted=without_quoted) for report in kept]
    checks.reports(made, as_json=as_json)
    if save_as is not None:
        _save(made, save_as)


def _checked(
    desk: Desk, draft: str, title: str, now: dt.datetime, limit: int, filters: Filter
) -> list[DuplicateReport]:
    """Check the drafts of a file or of standard input, and keep the reports."""
    from xiansuo.desk.checking import check as check_draft
    from xiansuo.desk.checking import check_file, decode_draft
    from xiansuo.desk.reopening import MOST, save_report

    if draft == "-":
        text = decode_draft(sys.stdin.buffer.read())
        made = [check_draft(desk, title, text, now=now, limit=limit, most=MOST, filters=filters)]
    else:
        made = check_file(desk, Path(draft), now=now, limit=limit, most=MOST, filters=filters, title=title)
    return [save_report(desk, report, now) for report in made]


def _save(made: Sequence[DuplicateReport], path: Path) -> None:
    from xiansuo.export.writing import write_report

    for number, report in enumerate(made, 1):
        name = path if len(made) == 1 else path.with_stem(f"{path.stem}-{number}")
        write_report(report, name)
        show.line(f"报告已存为 {name}")
