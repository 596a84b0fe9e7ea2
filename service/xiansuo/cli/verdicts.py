"""What people see of editors' decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiansuo.cli import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiansuo.records import Decision


def said(made: Decision, *, as_json: bool) -> None:
    """Say what was decided or undone."""
    if as_json:
        show.data(made)
        return
    state = f"（{made.undone_by} 已撤销）" if made.undone_at else ""
    pair = f"《{made.title}》与《{made.earlier_title or made.earlier}》"
    show.console().print(
        f"第 {made.id} 号判断{state}：{pair}，{_told(made)}，{made.by}。", markup=False, soft_wrap=True
    )


def _told(made: Decision) -> str:
    from xiansuo.records import Relation

    known = made.relation is Relation.DISTINCT
    return made.verdict.label if known else f"{made.verdict.label}：{made.relation.label}"


def table(found: Sequence[Decision]) -> None:
    """Print decisions as a table."""
    from rich.markup import escape
    from rich.table import Table

    out = show.console()
    if not found:
        out.print("还没有判过。查重以后，可以用 xiansuo decisions accept、reject 或 relabel 记下编辑的判断。")
        return
    listed = Table(expand=True)
    for name in ("编号", "判断"):
        listed.add_column(name, no_wrap=True)
    listed.add_column("稿件", ratio=3, overflow="fold")
    listed.add_column("以前的材料", ratio=3, overflow="fold")
    listed.add_column("系统原判", no_wrap=True)
    listed.add_column("谁、何时", ratio=2, overflow="fold")
    for each in found:
        undone = f"；{each.undone_by} {each.undone_at:%Y-%m-%d} 撤销" if each.undone_at else ""
        listed.add_row(
            str(each.id),
            _told(each),
            escape(each.title),
            escape(f"{each.earlier_title or '（已不在档案里）'}\n{each.earlier}"),
            f"{each.machine_relation.label} {each.machine_probability:.0%}",
            escape(f"{each.by} {each.at:%Y-%m-%d}{undone}"),
        )
    out.print(listed)
