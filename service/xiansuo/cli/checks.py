"""What people see of a check and a lookup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xiansuo.cli import show

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.checking import DuplicateReport, Match
    from xiansuo.desk.looking import Lookup


_STATUS = {"confirmed": " 高", "suggested": "", "none": ""}


def reports(made: Sequence[DuplicateReport], *, as_json: bool) -> None:
    """Print duplicate reports; one for each draft."""
    if as_json:
        show.data(made[0] if len(made) == 1 else list(made))
        return
    out = show.console()
    for report in made:
        _report(out, report)


def _report(out: Console, report: DuplicateReport) -> None:
    from rich.table import Table

    out.rule(f"查重：{report.title}", align="left")
    out.print(report.advice, style="bold", markup=False)
    out.print(f"与 {report.compared} 篇比对 · 编号 {report.run}", style="dim", markup=False)
    if not report.matches:
        return
    table = Table(show_lines=False, expand=True)
    table.add_column("关系", no_wrap=True)
    table.add_column("以前的材料", ratio=3, overflow="fold")
    table.add_column("类别 · 单位 · 日期", ratio=2, overflow="fold")
    table.add_column("结果", ratio=2, overflow="fold")
    table.add_column("把握", justify="right", no_wrap=True)
    table.add_column("相同字", justify="right", no_wrap=True)
    table.add_column("建议", justify="right", no_wrap=True)
    for match in report.matches:
        earlier, found = match.facts, match.evidence
        table.add_row(
            match.judgement.relation.label,
            earlier.title,
            f"{earlier.kind.label} {earlier.unit or earlier.author} {earlier.date or ''}",
            earlier.status,
            f"{match.judgement.probability:.0%}{_STATUS[match.judgement.status]}",
            f"{found.copied_share:.0%}",
            f"{found.suggestion_similarity:.2f}",
        )
    out.print(table)
    _side_by_side(out, report, report.matches[0])


def _side_by_side(out: Console, report: DuplicateReport, match: Match) -> None:
    from rich.table import Table

    pairs = sorted(match.evidence.pairs, key=lambda pair: (-pair.copied, -pair.similarity))[:4]
    if not pairs:
        return
    table = Table(title=f"与《{match.facts.title}》逐句对照", title_justify="left", expand=True, show_lines=True)
    table.add_column("部分", no_wrap=True)
    table.add_column("本稿", ratio=1, overflow="fold")
    table.add_column("原文", ratio=1, overflow="fold")
    table.add_column("相近", justify="right", no_wrap=True)
    for pair in sorted(pairs, key=lambda pair: pair.draft):
        table.add_row(
            pair.part.label,
            report.text[slice(*pair.draft)],
            match.text[slice(*pair.earlier)],
            f"{pair.similarity:.2f}",
        )
    out.print(table)
    new = [report.text[start:end] for start, end in match.evidence.new]
    if new:
        out.print(f"原文没有的内容（{len(new)} 句），例如：{new[0][:60]}", markup=False)


def lookup(found: Lookup, *, as_json: bool) -> None:
    """Print what a lookup found."""
    if as_json:
        show.data(found)
        return
    from rich.table import Table

    out = show.console()
    if not found.answered:
        if not found.searched:
            out.print("没有可查的材料，说不出报过没有；请先导入历年来稿，或放宽筛选条件。", style="bold")
            return
        out.print(f"档案里没有与“{found.query}”明显相符的材料，不等于没人报过。", style="bold", markup=False)
        if not found.hits:
            return
        out.print("最接近的几篇（供参考）：", style="dim")
    table = Table(expand=True)
    table.add_column("以前的材料", ratio=3, overflow="fold")
    table.add_column("类别 · 单位 · 日期", ratio=2, overflow="fold")
    table.add_column("结果", ratio=2, overflow="fold")
    table.add_column("最相近的一句", ratio=4, overflow="fold")
    table.add_column("相符", justify="right", no_wrap=True)
    for hit in found.hits:
        earlier = hit.facts
        table.add_row(
            earlier.title,
            f"{earlier.kind.label} {earlier.unit or earlier.author} {earlier.date or ''}",
            earlier.status,
            hit.passage[:60],
            f"{hit.score:.2f}",
        )
    out.print(table)
