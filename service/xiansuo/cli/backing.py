"""`xiansuo backup` and `xiansuo restore`: the archive as one file, and back from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import Json
from xiansuo.cli.home import clock, open_desk

_BY = "命令行"


def backup(
    file: Annotated[Path | None, typer.Argument(help="写到哪个文件；默认在数据目录的 backups 下按时间命名")] = None,
    as_json: Json = False,
) -> None:
    """备份档案：数据库、账号、设置和自己训练的模型成一个文件，旁边有校验和；服务可以照常运行。"""
    from xiansuo.desk.backup import make

    with open_desk() as desk, show.progress(hidden=as_json) as progress:
        made = make(desk, by=_BY, now=clock(), into=file, progress=progress)
    if as_json:
        show.data(made)
        return
    out = show.console()
    out.print(f"已备份：{made.path}（{made.backup.size / 1e6:.1f} MB）", markup=False, soft_wrap=True)
    out.print(f"校验和：{made.backup.sha256}", markup=False, soft_wrap=True)
    for each in made.left_out:
        out.print(f"没有放进去：{each}", markup=False, soft_wrap=True)
    out.print("索引不在备份里，恢复后自动重建。请把备份复制到别的机器或移动硬盘。")


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件")],
    force: Annotated[bool, typer.Option("--force", help="数据目录里已有档案时也恢复；原来的移到旁边保留")] = False,
    as_json: Json = False,
) -> None:
    """用备份恢复档案：先校验，要求服务已停止；所有人需重新登录。"""
    from xiansuo.desk.restoring import restore as put_back
    from xiansuo.settings import Settings

    done = put_back(Settings(), file, by=_BY, now=clock(), force=force)
    if as_json:
        show.data(done)
        return
    out = show.console()
    out.print(f"已恢复：{done.documents} 篇材料。所有人需要重新登录。")
    if done.models:
        out.print(f"同时恢复了模型：{'、'.join(done.models)}", markup=False)
    if done.cancelled:
        out.print(f"备份时还没有做完的 {done.cancelled} 项任务已取消，需要时请重新提交。")
    if done.before is not None:
        out.print(f"原来的保留在：{done.before}", markup=False, soft_wrap=True)
