"""What people see after a calibration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xiansuo.cli import show

if TYPE_CHECKING:
    from xiansuo.evaluate.calibrating import Calibration

_NAMES = {"relation": "查重", "lookup": "查一查", "alignment": "与中心工作的对照"}
_FIGURES = {
    "macro_f1": "关系判对（macro-F1）",
    "log_loss": "把握的偏差（log-loss，越小越好）",
    "recall@5": "前五条找到",
    "answered_accuracy": "有没有说对",
    "precision": "说到的中心工作说对",
    "recall": "有中心工作的找到",
    "none_right": "没有中心工作的说对",
    "brier": "把握的偏差（Brier，越小越好）",
}


def told(done: Calibration, *, as_json: bool) -> None:
    """Say how the office's own cases fare before and after, and whether the new weights are in use."""
    from rich.table import Table

    if as_json:
        show.data(done)
        return
    out = show.console()
    table = Table(show_edge=False, pad_edge=False)
    for name in ("检验（没有参加拟合的）", *(["随附的权重"] if done.before else []), "校准后"):
        table.add_column(name)
    for name, label in _FIGURES.items():
        if name in done.after:
            table.add_row(label, *(f"{figures[name]:.3f}" for figures in (done.before, done.after) if figures))
    out.print(f"{_NAMES[done.what]}：用了 {done.cases} 个标注。", markup=False)
    out.print(table)
    if done.adopted:
        out.print(f"已启用 {done.weights}。退回：xiansuo models calibrate --undo", markup=False)
    elif not done.before:
        out.print(f"已写入 {done.weights}，没有启用。", markup=False)
    else:
        out.print("没有见好，没有启用，仍用原来的权重。", markup=False)


def undone(changed: Sequence[str]) -> None:
    """Say what went back."""
    show.line("已退回校准之前：" + "、".join(_NAMES[what] for what in changed) + "。")
