"""What people see of a checked batch and of the archive's duplicate groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from xiansuo.cli import show

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import Console

    from xiansuo.desk.batch import BatchReport
    from xiansuo.desk.desk import Desk
    from xiansuo.desk.facts import Facts
    from xiansuo.desk.grouping import DuplicateGroup, DuplicateGroups
    from xiansuo.records import Filter

_STATUS = {"confirmed": " 高", "suggested": "", "none": ""}
_REMARKS = 10
_ROWS_NEED_A_LOOK = 3


def is_batch(draft: str, save_as: Path | None, now: dt.datetime) -> bool:
    """Tell whether to check many drafts at once: a folder, or a file of several whose reports are not asked for."""
    from xiansuo.desk.drafts import drafts_in
    from xiansuo.export.ledger import FORMATS

    if draft == "-":
        return False
    asked = save_as.suffix.lower().removeprefix(".") if save_as else ""
    if Path(draft).is_dir() or asked in FORMATS:
        return True
    return not asked and len(drafts_in(Path(draft), now=now.date()).found) > 1


def check_batch(
    desk: Desk,
    path: Path,
    now: dt.datetime,
    filters: Filter,
    limit: int,
    save_as: Path | None,
    *,
    as_json: bool,
) -> None:
    """Check a folder or ledger, print what was found and write it where asked."""
    from xiansuo.desk.batch import check_many
    from xiansuo.desk.drafts import drafts_in
    from xiansuo.export.ledger import check_ledger_name, write_ledger

    if save_as is not None:
        check_ledger_name(save_as)
    drafts = drafts_in(path, now=now.date())
    with show.progress(hidden=as_json) as progress:
        made = check_many(
            desk, drafts.found, now=now, limit=limit, filters=filters, remarks=drafts.remarks, progress=progress
        )
    batch(made, as_json=as_json)
    if save_as is not None:
        write_ledger(made, save_as)
        show.line(f"结果已存为 {save_as}")
    if any(remark.outcome == "rejected" for remark in made.remarks):
        raise typer.Exit(_ROWS_NEED_A_LOOK)


def check_archive(desk: Desk, now: dt.datetime, filters: Filter, limit: int, *, as_json: bool) -> None:
    """Find the archive's duplicate groups and print them."""
    from xiansuo.desk.grouping import duplicate_groups

    with show.progress(hidden=as_json) as progress:
        made = duplicate_groups(desk, now=now, filters=filters, progress=progress)
    groups(made, limit, as_json=as_json)


def batch(made: BatchReport, *, as_json: bool) -> None:
    """Print a batch: one row a draft, then what the drafts have to do with each other."""
    if as_json:
        show.data(made)
        return
    from rich.markup import escape
    from rich.table import Table

    out = show.console()
    out.rule(f"成批查重：{len(made.drafts)} 篇", align="left")
    out.print(f"与 {made.compared} 篇比对，也互相比对 · 编号 {made.run}", style="dim", markup=False)
    table = Table(expand=True)
    table.add_column("序号", justify="right", no_wrap=True)
    table.add_column("稿件", ratio=3, overflow="fold")
    table.add_column("关系", no_wrap=True)
    table.add_column("最相近的材料", ratio=3, overflow="fold")
    table.add_column("单位 · 日期 · 结果", ratio=3, overflow="fold")
    table.add_column("把握", justify="right", no_wrap=True)
    table.add_column("本批同", no_wrap=True)
    for draft in made.drafts:
        best = draft.matches[0] if draft.matches else None
        stored = f"（已在档案：{draft.stored}）" if draft.stored else ""
        table.add_row(
            str(draft.number),
            escape(draft.title + stored),
            best.relation.label if best else "不重复",
            escape(best.facts.title) if best else "",
            escape(_told(best.facts)) if best else "",
            f"{best.probability:.0%}{_STATUS[best.status]}" if best else "",
            "、".join(map(str, draft.like)),
        )
    out.print(table)
    _pairs(out, made)
    _remarks(out, made)


def _pairs(out: Console, made: BatchReport) -> None:
    titles = {draft.number: draft.title for draft in made.drafts}
    if made.pairs:
        out.print("本批之内：", style="bold")
    for pair in made.pairs:
        out.print(
            f"  · 第 {pair.later} 篇《{titles[pair.later]}》与第 {pair.earlier} 篇《{titles[pair.earlier]}》"
            f"{pair.relation.label}（{pair.overlap.label}），把握 {pair.probability:.0%}{_STATUS[pair.status]}",
            markup=False,
        )


def _remarks(out: Console, made: BatchReport) -> None:
    if made.remarks:
        out.print("没有查的，或请留意的：", style="bold")
    for remark in made.remarks[:_REMARKS]:
        where = f"{remark.file} 第 {remark.row} 行" if remark.row else remark.file
        out.print(f"  · {where}：{remark.reason}", markup=False)
    if len(made.remarks) > _REMARKS:
        out.print(f"  · 另有 {len(made.remarks) - _REMARKS} 条，加 --json 看全部。")


def groups(made: DuplicateGroups, limit: int, *, as_json: bool) -> None:
    """Print the archive's duplicate groups, the largest first."""
    if as_json:
        show.data(made)
        return
    out = show.console()
    if not made.groups:
        out.print(f"{made.documents} 篇材料里没有找到重复的。")
        return
    members = sum(len(group.members) for group in made.groups)
    out.print(
        f"{made.documents} 篇材料里有 {len(made.groups)} 组重复，代表稿之外 {members} 篇 · 编号 {made.run}",
        markup=False,
    )
    for group in made.groups[:limit]:
        _group(out, group)
    if len(made.groups) > limit:
        out.print(f"另有 {len(made.groups) - limit} 组，加 --limit 看更多。", style="dim")
    if made.apart:
        out.print(f"另有 {len(made.apart)} 对相近而没有归在同一组的，加 --json 查看。", style="dim")


def _group(out: Console, group: DuplicateGroup) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(expand=True, title=f"代表稿：{escape(group.canonical.title)}", title_justify="left")
    table.add_column("编号", no_wrap=True)
    table.add_column("材料", ratio=4, overflow="fold")
    table.add_column("单位 · 日期 · 结果", ratio=3, overflow="fold")
    table.add_column("与代表稿", no_wrap=True)
    table.add_column("把握", justify="right", no_wrap=True)
    table.add_row(escape(group.canonical.id), escape(group.canonical.title), escape(_told(group.canonical)), "", "")
    for member in group.members:
        through = f"（经 {member.through}）" if member.through else ""
        table.add_row(
            escape(member.facts.id),
            escape(member.facts.title + through),
            escape(_told(member.facts)),
            member.relation.label,
            f"{member.probability:.0%}{_STATUS[member.status]}",
        )
    out.print(table)
    people = "、".join(dict.fromkeys(each.author for each in group.contributors if each.author))
    out.print(f"贡献者：{people or '未署名'}；单位：{'、'.join(group.units) or '不详'}", markup=False)


def _told(facts: Facts) -> str:
    return f"{facts.unit or facts.author} {facts.date or ''} {facts.status}".strip()
