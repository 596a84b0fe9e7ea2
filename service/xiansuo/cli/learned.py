"""What people see after the encoder has tried to learn the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiansuo.cli import show

if TYPE_CHECKING:
    from xiansuo.desk.adapting import Adaptation
    from xiansuo.desk.models import Switched


def told(done: Adaptation | Switched, *, as_json: bool) -> None:
    """Say what became of it: before and after, and which encoder is in use now."""
    from rich.table import Table

    from xiansuo.desk.learned import comparison
    from xiansuo.desk.models import Switched

    if as_json:
        show.data(done)
        return
    if isinstance(done, Switched):
        show.line(f"已退回 {done.id}，重算了 {done.documents} 篇。")
        return
    out = show.console()
    table = Table(show_edge=False, pad_edge=False)
    for name in ("检验", "学习前", "学习后"):
        table.add_column(name)
    for row in comparison(done.proof):
        table.add_row(*row)
    out.print(f"学了 {done.documents - done.held_out} 篇，留出 {done.held_out} 篇检验。", markup=False)
    out.print(table)
    out.print(f"结论：{done.proof.reason}。", markup=False)
    if done.adopted:
        out.print(
            f"已启用 {done.encoder}，重算了 {done.read_again} 篇。退回：xiansuo models adapt --undo", markup=False
        )
        out.print(f"卡片：{done.card}", markup=False)
    else:
        out.print(f"没有启用，仍用 {done.encoder}。", markup=False)
