"""`xiansuo themes edit`, `weigh`, `merge`, `retire`, `undo`, `log`: what an editor does to work themes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import By, Day, Json, focus_named
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    from xiansuo.records import ThemeEdit

Theme = Annotated[str, typer.Argument(help="中心工作的编号，见 themes list")]
Version = Annotated[str | None, typer.Option("--version", help="哪个版本；默认最新")]


def edit(
    theme: Theme,
    by: By,
    name: Annotated[str | None, typer.Option("--name", help="新的名称")] = None,
    focus: Annotated[str | None, typer.Option("--focus", help="特色亮点、中心大局、群众关切")] = None,
    keywords: Annotated[list[str] | None, typer.Option("--keyword", help="关键词，可写几次；代替原来全部")] = None,
    since: Annotated[str | None, typer.Option("--since", help="起始日期")] = None,
    until: Annotated[str | None, typer.Option("--until", help="截止日期")] = None,
    version: Version = None,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """修改名称、聚焦、关键词、起止日期；原文条款不变。"""
    from xiansuo.desk import theme_editing
    from xiansuo.records import ThemeChange

    change = ThemeChange(
        name=name or None,
        focus=focus_named(focus),
        keywords=tuple(keywords) if keywords else None,
        since=_day(since),
        until=_day(until),
    )
    with open_desk() as desk:
        made = theme_editing.edit(desk, theme, change, by=by, now=at(now, desk), version=version)
    _said(made, as_json=as_json)


def weigh(
    theme: Theme,
    weight: Annotated[float, typer.Argument(help="新的权重，大于 0")],
    by: By,
    version: Version = None,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """定权重。"""
    from xiansuo.desk import theme_editing

    with open_desk() as desk:
        made = theme_editing.weigh(desk, theme, weight, by=by, now=at(now, desk), version=version)
    _said(made, as_json=as_json)


def merge(
    theme: Theme,
    others: Annotated[list[str], typer.Argument(help="并入它的编号")],
    by: By,
    version: Version = None,
    now: Day = None,
    as_json: Json = False,
) -> None:
    """把几项合成一项：第一个保留，后面的并入；关键词和原文都合在一起，权重取最大。"""
    from xiansuo.desk import theme_editing

    with open_desk() as desk:
        made = theme_editing.merge(desk, theme, others, by=by, now=at(now, desk), version=version)
    _said(made, as_json=as_json)


def retire(theme: Theme, by: By, version: Version = None, now: Day = None, as_json: Json = False) -> None:
    """停用：不再用来推荐，仍留在它的版本里。"""
    from xiansuo.desk import theme_editing

    with open_desk() as desk:
        made = theme_editing.retire(desk, theme, by=by, now=at(now, desk), version=version)
    _said(made, as_json=as_json)


def undo(
    id: Annotated[int, typer.Argument(help="修改的编号，见 themes log")], by: By, now: Day = None, as_json: Json = False
) -> None:
    """撤销一次修改。"""
    from xiansuo.desk import theme_editing

    with open_desk() as desk:
        made = theme_editing.undo(desk, id, by=by, now=at(now, desk))
    _said(made, as_json=as_json)


def log(version: Version = None, as_json: Json = False) -> None:
    """列出编辑做过的修改，最近的在前；不写版本时列出全部版本的。"""
    from xiansuo.desk import theme_editing

    with open_desk() as desk:
        made = theme_editing.edits(desk, version)
    if as_json:
        show.data(list(made))
        return
    if not made:
        show.console().print("还没有人修改过中心工作。")
    for each in made:
        _said(each, as_json=False)


def add_to(app: typer.Typer) -> None:
    """Offer these commands."""
    for command in (edit, weigh, merge, retire, undo, log):
        app.command(command.__name__)(command)


def _day(told: str | None) -> dt.date | None:
    return None if told is None else at(told).date()


def _said(made: ThemeEdit, *, as_json: bool) -> None:
    if as_json:
        show.data(made)
        return
    theme = f"{made.theme} {made.names[0]}"
    told = {
        "edit": f"{theme} 改为{_changed(made)}",
        "weigh": f"{theme} 权重改为 {made.change.weight or 0:g}",
        "merge": f"{'、'.join(made.merged)} 并入 {theme}",
        "retire": f"{theme} 停用",
    }[made.action.value]
    state = f"；{made.undone_by} 已撤销" if made.undone_at else ""
    show.console().print(
        f"第 {made.id} 号修改，{made.at:%Y-%m-%d}，{made.by}，版本 {made.version}：{told}{state}。",
        markup=False,
        soft_wrap=True,
    )


def _changed(made: ThemeEdit) -> str:
    change = made.change
    told = [
        f"“{change.name}”" if change.name else "",
        change.focus.label if change.focus else "",
        f"权重 {change.weight:g}" if change.weight else "",
        f"关键词 {'、'.join(change.keywords)}" if change.keywords is not None else "",
        f"{change.since} 起" if change.since else "",
        f"{change.until} 止" if change.until else "",
    ]
    return "，".join(part for part in told if part)
