"""`xiansuo topics rename`, `merge`, `split`, `pin`, `hide`, `keep`, `undo`, `edits`: what an editor does to topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import By, Day, Json
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    from xiansuo.records import TopicEdit

Topic = Annotated[str, typer.Argument(help="热点编号")]


def rename(
    topic: Topic, name: Annotated[str, typer.Argument(help="新的名称")], by: By, now: Day = None, as_json: Json = False
) -> None:
    """改名；以后重新计算也用这个名称。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        _said(topic_editing.rename(desk, topic, name, by=by, now=at(now, desk)), as_json=as_json)


def merge(
    topic: Topic,
    into: Annotated[str, typer.Argument(help="并入哪个热点")],
    by: By,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """把一个热点并入另一个；材料不动，可撤销。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        _said(topic_editing.merge(desk, topic, into, by=by, now=at(now, desk)), as_json=as_json)


def split(
    topic: Topic,
    documents: Annotated[list[str], typer.Argument(help="拆出哪些材料（编号）")],
    by: By,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """从热点里拆出几篇材料，另成一个热点。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        _said(topic_editing.split(desk, topic, documents, by=by, now=at(now, desk)), as_json=as_json)


def pin(topic: Topic, by: By, now: Day = None, as_json: Json = False) -> None:
    """置顶：排在最前。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        _said(topic_editing.pin(desk, topic, by=by, now=at(now, desk)), as_json=as_json)


def hide(topic: Topic, by: By, now: Day = None, as_json: Json = False) -> None:
    """隐藏：不出现在列表和图里，按编号仍可查看。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        _said(topic_editing.hide(desk, topic, by=by, now=at(now, desk)), as_json=as_json)


def undo(
    id: Annotated[int, typer.Argument(help="修改的编号，见 topics edits")],
    by: By,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """撤销一次修改。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        _said(topic_editing.undo(desk, id, by=by, now=at(now, desk)), as_json=as_json)


def edits(as_json: Json = False) -> None:
    """列出编辑对热点做过的修改。"""
    from xiansuo.desk import topic_editing

    with open_desk() as desk:
        made = topic_editing.edits(desk)
    if as_json:
        show.data(list(made))
        return
    if not made:
        show.console().print("还没有人修改过热点。")
    for edit in made:
        _said(edit, as_json=False)


def keep(
    run: Annotated[str, typer.Argument(help="热点计算的编号，见 topics log")],
    by: By,
    off: Annotated[bool, typer.Option("--off", help="不再保留")] = False,
    now: Day = None,
) -> None:
    """保留一次计算的材料清单，以后一直可以比较；不保留的，较早的只留变化记录。"""
    from xiansuo.desk import run_keeping

    with open_desk() as desk:
        if off:
            run_keeping.release(desk, run, by=by)
        else:
            run_keeping.keep(desk, run, by=by, now=at(now, desk))
    show.console().print(f"{run} {'不再保留' if off else '已保留'}。", markup=False, soft_wrap=True)


def add_to(app: typer.Typer) -> None:
    """Offer these commands."""
    for command in (rename, merge, split, pin, hide, keep, undo, edits):
        app.command(command.__name__)(command)


def _said(made: TopicEdit, *, as_json: bool) -> None:
    if as_json:
        show.data(made)
        return
    told = {
        "rename": f"{made.topic} 改名为“{made.name}”",
        "merge": f"{made.topic}（{len(made.documents)} 篇）并入 {made.into}",
        "split": f"从 {made.topic} 拆出 {len(made.documents)} 篇，编号 {made.into}",
        "pin": f"{made.topic} 置顶",
        "hide": f"{made.topic} 隐藏",
    }[made.action.value]
    state = f"；{made.undone_by} 已撤销" if made.undone_at else ""
    show.console().print(
        f"第 {made.id} 号修改，{made.at:%Y-%m-%d}，{made.by}：{told}{state}。", markup=False, soft_wrap=True
    )
