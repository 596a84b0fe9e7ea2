"""What people see of a check and a lookup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xiansuo.cli import show

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from xiansuo.desk.looking import Lookup
    from xiansuo.desk.reopening import PastCheck
    from xiansuo.desk.report import DuplicateReport, Match
    from xiansuo.export.content import Piece


_LEVELS = {"high": ("红", "red"), "some": ("橙", "dark_orange")}
_SHOWN_PARAGRAPH = 60
_STATUS = {"confirmed": " 高", "suggested": "", "none": ""}


def reports(made: Sequence[DuplicateReport], *, as_json: bool) -> None:
    """Print duplicate reports; one for each draft."""
    if as_json:
        show.data(made[0] if len(made) == 1 else list(made))
        return
    out = show.console()
    for report in made:
        _report(out, report)


def history(past: Sequence[PastCheck], *, as_json: bool) -> None:
    """Print checks that can be opened again."""
    if as_json:
        show.data(tuple(past))
        return
    from rich.table import Table

    out = show.console()
    if not past:
        out.print("还没有查过重。", style="bold")
        return
    table = Table(expand=True)
    table.add_column("日期", no_wrap=True)
    table.add_column("编号", no_wrap=True)
    table.add_column("稿件", ratio=2, overflow="fold")
    table.add_column("意见", ratio=3, overflow="fold")
    for each in past:
        table.add_row(str(each.day), each.run, _plain(each.title), _plain(each.advice))
    out.print(table)
    out.print("重新打开：xiansuo check --run 编号", style="dim", markup=False)


def _report(out: Console, report: DuplicateReport) -> None:
    from rich.table import Table

    out.rule(_plain(f"查重：{report.title}"), align="left")
    out.print(report.advice, style="bold", markup=False)
    for reason in report.reasons:
        out.print(f"  · {reason}", markup=False)
    for note in report.notes:
        out.print(note, style="dim", markup=False)
    cut = "" if report.threshold is None else f" · 门槛 {report.threshold:.0%}"
    out.print(f"与 {report.compared} 篇比对{cut} · 编号 {report.run}", style="dim", markup=False)
    if not report.matches:
        return
    _paragraphs(out, report)
    table = Table(show_lines=False, expand=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("关系", no_wrap=True)
    table.add_column("以前的材料", ratio=3, overflow="fold")
    table.add_column("类别 · 单位 · 日期", ratio=2, overflow="fold")
    table.add_column("结果", ratio=2, overflow="fold")
    table.add_column("把握", justify="right", no_wrap=True)
    table.add_column("相同字", justify="right", no_wrap=True)
    table.add_column("建议", justify="right", no_wrap=True)
    for place, match in enumerate(report.matches, 1):
        earlier, found = match.facts, match.evidence
        same = "，同一作者" if match.same_author else "，同一单位" if match.same_unit else ""
        table.add_row(
            str(place),
            match.relation.label,
            _plain(f"{earlier.title}（{earlier.id}）"),
            _plain(f"{earlier.kind.label} {earlier.unit or earlier.author} {earlier.date or ''}"),
            f"{earlier.status}{same}",
            _plain(_sure(match)),
            f"{found.copied_share:.0%}",
            f"{found.suggestion_similarity:.2f}",
        )
    out.print(table)
    _side_by_side(out, report, report.matches[0])


def _paragraphs(out: Console, report: DuplicateReport) -> None:
    """Show the paragraphs that stand elsewhere, each with its colour and its match; the others are told by number."""
    from rich.text import Text

    coloured = [each for each in report.paragraphs if each.level != "none"]
    if not coloured:
        return
    places = {match.facts.id: place for place, match in enumerate(report.matches, 1)}
    out.print(f"本稿 {len(report.paragraphs)} 段，其中 {len(coloured)} 段多与以前的材料相同：", markup=False)
    for each in coloured:
        label, style = _LEVELS[each.level]
        head = f"▌{label} {each.copied_share:.0%} 见 {places[each.match]}  "
        text = " ".join(report.text[slice(*each.span)].split())
        out.print(Text(head, f"bold {style}").append(text[:_SHOWN_PARAGRAPH], style))


def _sure(match: Match) -> str:
    if match.decision is not None:
        return f"{match.decision.by} 已判"
    return f"{match.judgement.probability:.0%}{_STATUS[match.judgement.status]}"


def _side_by_side(out: Console, report: DuplicateReport, match: Match) -> None:
    from rich.table import Table

    from xiansuo.export.content import pieces

    pairs = sorted(match.evidence.pairs, key=lambda pair: (-pair.copied, -pair.similarity))[:4]
    if not pairs:
        return
    table = Table(
        title=_plain(f"与《{match.facts.title}》逐句对照"), title_justify="left", expand=True, show_lines=True
    )
    table.add_column("部分", no_wrap=True)
    table.add_column("本稿", ratio=1, overflow="fold")
    table.add_column("原文", ratio=1, overflow="fold")
    table.add_column("相近", justify="right", no_wrap=True)
    for pair in sorted(pairs, key=lambda pair: pair.draft):
        table.add_row(
            pair.part.label,
            _marked(pieces(report.text, pair.draft, match.evidence.runs)),
            _marked(pieces(match.text, pair.earlier, match.evidence.earlier_runs)),
            f"{pair.similarity:.2f}",
        )
    out.print(table)
    new = [report.text[start:end] for start, end in match.evidence.new]
    if new:
        out.print(f"原文没有的内容（{len(new)} 句），例如：{new[0][:60]}", markup=False)


def _marked(pieces: Iterable[Piece]) -> Text:
    from rich.text import Text

    return Text.assemble(*((piece.text, "red underline" if piece.marked else "") for piece in pieces))


def _plain(text: str) -> str:
    """Keep brackets that people wrote from being read as markup."""
    from rich.markup import escape

    return escape(text)


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
    for hit in found.about:
        earlier = hit.facts
        copies = len(found.copies(hit))
        table.add_row(
            earlier.title + (f"（另有 {copies} 篇文字相同）" if copies else ""),
            f"{earlier.kind.label} {earlier.unit or earlier.author} {earlier.date or ''}",
            earlier.status,
            hit.passage[:60],
            f"{hit.score:.0%}",
        )
    out.print(table)
