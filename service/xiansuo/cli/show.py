"""What people see of answers: tables and short paragraphs in Chinese, or JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.importing import ImportSummary
    from xiansuo.desk.models import PairQuality
    from xiansuo.desk.progress import Progress
    from xiansuo.errors import XiansuoError

_WIDTH = 100


def console(*, stderr: bool = False) -> Console:
    """Make the console; a pipe gets plain text of a fixed width."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not made.is_terminal:
        made = Console(stderr=stderr, highlight=False, width=_WIDTH, no_color=True)
    return made


def line(text: str) -> None:
    """Print one line to standard error."""
    sys.stderr.write(text + "\n")


def error(problem: XiansuoError) -> None:
    """Say what happened and what to do about it."""
    line(f"✗ {problem.message}")
    if problem.advice:
        line(f"  {problem.advice}")


def as_data(value: Any) -> Any:
    """Turn an answer into plain JSON data."""
    from pydantic import TypeAdapter

    return TypeAdapter(type(value)).dump_python(value, mode="json")


def data(value: Any) -> None:
    """Print an answer as JSON."""
    sys.stdout.write(json.dumps(as_data(value), ensure_ascii=False, indent=1) + "\n")


@contextmanager
def progress(*, hidden: bool = False) -> Iterator[Progress]:
    """Show a progress bar on the screen; lines of text where there is none, nothing for programs."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    out = console(stderr=True)
    if hidden or not out.is_terminal:
        said: set[str] = set()

        def tell(stage: str, _done: int, _total: int) -> None:
            if not hidden and stage not in said:
                said.add(stage)
                line(f"… {stage}")

        yield tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=out) as bar:
        tasks: dict[str, Any] = {}

        def draw(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield draw


def summary(done: ImportSummary, *, as_json: bool) -> None:
    """Say what became of an import."""
    if as_json:
        data(done)
        return
    from rich.table import Table

    out = console()
    if done.dry_run:
        out.print("[bold]试导入：以下只是预告，没有写入。[/]")
    table = Table(show_edge=False, pad_edge=False)
    for name in ("文件", "新增", "更新", "未变", "未收录", "有提醒", "脱敏号码"):
        table.add_column(name, justify="right")
    table.add_row(
        *map(
            str,
            (done.files, done.added, done.updated, done.unchanged, done.rejected, done.noted, done.redacted),
        )
    )
    out.print(table)
    if done.ignored_columns:
        out.print(f"没有用到的列：{'、'.join(done.ignored_columns)}")
    for remark in done.remarks[:5]:
        where = f"{remark.file} 第 {remark.row} 行" if remark.row else remark.file
        out.print(f"  · {where}：{remark.reason}", markup=False)
    if done.remarks_file:
        out.print(f"每一行的原因见：{done.remarks_file}（可用 Excel 打开，改好后重新导入即可）", markup=False)


def measured(name: str, quality: PairQuality) -> None:
    """Print how well an encoder does on labelled pairs."""
    out = console()
    out.print(f"编码器 {name}", style="bold", markup=False)
    for key, value in as_data(quality).items():
        shown = f"{value:.4f}" if isinstance(value, float) else value
        out.print(f"  {key}: {shown}", markup=False)
