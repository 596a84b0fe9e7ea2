"""`xiansuo decisions merge` and `unmerge`: put documents under a canonical one, and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import By, Day, Json
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    from xiansuo.records import Merging


def merge(
    canonical: Annotated[str, typer.Argument(help="代表稿的编号")],
    members: Annotated[list[str], typer.Argument(help="并入的材料的编号，可以几个")],
    by: By,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """合并：几份材料并到代表稿之下；不删不藏，贡献者都保留。"""
    from xiansuo.desk import merging

    with open_desk() as desk:
        _said(merging.merge(desk, canonical, members, by=by, now=at(now, desk)), as_json=as_json)


def unmerge(
    id: Annotated[int, typer.Argument(help="合并的编号，合并时显示过")],
    by: By,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """撤销一次合并。"""
    from xiansuo.desk import merging

    with open_desk() as desk:
        _said(merging.undo(desk, id, by=by, now=at(now, desk)), as_json=as_json)


def _said(made: Merging, *, as_json: bool) -> None:
    if as_json:
        show.data(made)
        return
    state = f"，{made.undone_by} 已撤销" if made.undone_at else ""
    show.console().print(
        f"第 {made.id} 号合并：{'、'.join(made.members)} 并入 {made.canonical}，{made.by}{state}。",
        markup=False,
        soft_wrap=True,
    )
