"""`xiansuo jobs`: long work that was asked for: list, look at, cancel, and do it."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import Json, Limit
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    from xiansuo.records.jobs import Job

app = typer.Typer(help="任务：导入、聚类等费时的工作；查看、取消，或另开一个程序来做。", invoke_without_command=True)
Id = Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="任务的编号")]


@app.callback()
def list_(
    context: typer.Context,
    limit: Limit = 20,
    before: Annotated[int | None, typer.Option("--before", min=1, help="只看编号小于它的")] = None,
    as_json: Json = False,
) -> None:
    """列出任务，最近的在前。"""
    if context.invoked_subcommand is not None:
        return
    from xiansuo.desk import jobs

    with open_desk() as desk:
        page = jobs.listed(desk, before=before, limit=limit)
    if as_json:
        show.data(page)
        return
    if not page.jobs:
        show.console().print("没有任务。")
        return
    from rich.table import Table

    table = Table()
    for name in ("编号", "任务", "状态", "进度", "谁", "提交时间"):
        table.add_column(name)
    for job in page.jobs:
        when = f"{job.at.astimezone():%Y-%m-%d %H:%M}"
        table.add_row(str(job.id), job.kind.label, _state(job), _where(job), job.by, when)
    show.console().print(table)
    if page.before:
        show.line(f"还有更早的：xiansuo jobs --before {page.before}")


@app.command("show")
def show_(id: Id, as_json: Json = False) -> None:
    """查看一项任务：进度、结果或失败原因。"""
    from xiansuo.desk import jobs

    with open_desk() as desk:
        _said(jobs.one(desk, id), as_json=as_json)


@app.command()
def cancel(id: Id, as_json: Json = False) -> None:
    """取消一项任务；已经入库的内容保留。"""
    from xiansuo.desk import jobs

    with open_desk() as desk:
        _said(jobs.cancel(desk, id, now=at(None)), as_json=as_json)


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="做完排着的就退出，不再等新的")] = False,
) -> None:
    """做任务，直到被停止（Ctrl+C 或 SIGTERM，没做完的放回队列）；可以同时开几个，同一时刻只做一项。"""
    from xiansuo.desk.job_work import Worker
    from xiansuo.settings import Settings

    worker = Worker(Settings(), lambda: at(None))
    before = {each: signal.signal(each, lambda *_: worker.stop()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        show.line("等待任务……按 Ctrl+C 停止。")
        begun = worker.run(once=once)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    show.line(f"已停止，做过 {begun} 项任务。")


def _said(job: Job, *, as_json: bool) -> None:
    from xiansuo.desk import job_results

    if as_json:
        show.data(job)
        return
    out = show.console()
    out.print(f"第 {job.id} 号任务：{job.kind.label}，{_state(job)}，{job.by} 提交。", markup=False, soft_wrap=True)
    if not job.state.ended and job.stage:
        out.print(f"  {_where(job)}", markup=False)
    if job.attempts > 1:
        out.print(f"  中断过 {job.attempts - 1} 次，又接着做。")
    if job.error is not None:
        out.print(f"  {job.error.message} {job.error.advice}".rstrip(), markup=False, soft_wrap=True)
    for label, value in job_results.counts(job):
        out.print(f"  {label}：{value}", markup=False, soft_wrap=True)


def _state(job: Job) -> str:
    return f"{job.state.label}，正在取消" if job.cancel_asked and not job.state.ended else job.state.label


def _where(job: Job) -> str:
    counted = f" {job.done}/{job.total}" if job.total else ""
    return f"{job.stage}{counted}" if job.stage else "—"
