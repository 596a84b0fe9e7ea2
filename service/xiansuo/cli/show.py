"""What people see of answers: tables and short paragraphs in Chinese, or JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.checking import DuplicateReport, Match
    from xiansuo.desk.importing import ImportSummary
    from xiansuo.desk.looking import Lookup
    from xiansuo.desk.models import PairQuality
    from xiansuo.desk.progress import Progress
    from xiansuo.desk.suggesting import Prompt, Suggestions
    from xiansuo.desk.topics import HotTopic, TopicBoard
    from xiansuo.errors import XiansuoError
    from xiansuo.records import WorkTheme

_WIDTH = 100


def console(*, stderr: bool = False) -> Console:
    """Make the console; a pipe gets plain text of a fixed width."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not made.is_terminal:
        made = Console(stderr=stderr, highlight=False, width=_WIDTH, no_color=True)
    return made


def line(text: str) -> None:
    """Print one line to standard error."""
    sys.stderr.write(text + "\n")


def error(problem: XiansuoError) -> None:
    """Say what happened and what to do about it."""
    line(f"✗ {problem.message}")
    if problem.advice:
        line(f"  {problem.advice}")


def as_data(value: Any) -> Any:
    """Turn an answer into plain JSON data."""
    from pydantic import TypeAdapter

    return TypeAdapter(type(value)).dump_python(value, mode="json")


def data(value: Any) -> None:
    """Print an answer as JSON."""
    sys.stdout.write(json.dumps(as_data(value), ensure_ascii=False, indent=1) + "\n")


@contextmanager
def progress(*, hidden: bool = False) -> Iterator[Progress]:
    """Show a progress bar on the screen; lines of text where there is none, nothing for programs."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    out = console(stderr=True)
    if hidden or not out.is_terminal:
        said: set[str] = set()

        def tell(stage: str, _done: int, _total: int) -> None:
            if not hidden and stage not in said:
                said.add(stage)
                line(f"… {stage}")

        yield tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=out) as bar:
        tasks: dict[str, Any] = {}

        def draw(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield draw


def summary(done: ImportSummary, *, as_json: bool) -> None:
    """Say what became of an import."""
    if as_json:
        data(done)
        return
    from rich.table import Table

    out = console()
    if done.dry_run:
        out.print("[bold]试导入：以下只是预告，没有写入。[/]")
    table = Table(show_edge=False, pad_edge=False)
    for name in ("文件", "新增", "更新", "未变", "未收录", "有提醒", "脱敏号码"):
        table.add_column(name, justify="right")
    table.add_row(
        *map(
            str,
            (done.files, done.added, done.updated, done.unchanged, done.rejected, done.noted, done.redacted),
        )
    )
    out.print(table)
    if done.ignored_columns:
        out.print(f"没有用到的列：{'、'.join(done.ignored_columns)}")
    for remark in done.remarks[:5]:
        where = f"{remark.file} 第 {remark.row} 行" if remark.row else remark.file
        out.print(f"  · {where}：{remark.reason}", markup=False)
    if done.remarks_file:
        out.print(f"每一行的原因见：{done.remarks_file}（可用 Excel 打开，改好后重新导入即可）", markup=False)


def reports(made: Sequence[DuplicateReport], *, as_json: bool) -> None:
    """Print duplicate reports; one for each draft."""
    if as_json:
        data(made[0] if len(made) == 1 else list(made))
        return
    out = console()
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
    table.add_column("相同字", justify="right", no_wrap=True)
    table.add_column("事情", justify="right", no_wrap=True)
    table.add_column("建议", justify="right", no_wrap=True)
    for match in report.matches:
        earlier, found = match.facts, match.evidence
        table.add_row(
            match.judgement.relation.label,
            earlier.title,
            f"{earlier.kind.label} {earlier.unit or earlier.author} {earlier.date or ''}",
            earlier.status,
            f"{found.copied_share:.0%}",
            f"{found.matter_similarity:.2f}",
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
        data(found)
        return
    from rich.table import Table

    out = console()
    if not found.answered:
        out.print(f"档案里没有与“{found.query}”相符的材料，可以写。", style="bold", markup=False)
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


_BLOCKS = " ▁▂▃▄▅▆▇█"


def spark(values: Sequence[int]) -> str:
    """Draw counts as a line of blocks."""
    top = max(values, default=0)
    return "".join(_BLOCKS[-(-value * 8 // top)] for value in values) if top else ""


def board(made: TopicBoard, *, as_json: bool) -> None:
    """Print hot topics with a spark line of the last twelve months."""
    if as_json:
        data(made)
        return
    from rich.table import Table

    out = console()
    for note in made.notes:
        out.print(note, style="bold", markup=False)
    if made.topics:
        table = Table(expand=True)
        table.add_column("热点", ratio=4, overflow="fold")
        table.add_column("热度", justify="right", no_wrap=True)
        table.add_column("篇", justify="right", no_wrap=True)
        table.add_column("人/单位", justify="right", no_wrap=True)
        table.add_column("近 12 月", no_wrap=True)
        table.add_column("走势", no_wrap=True)
        table.add_column("地区", ratio=2, overflow="fold")
        table.add_column("编号", no_wrap=True)
        for topic in made.topics:
            table.add_row(
                topic.name,
                f"{topic.heat:.1f}",
                str(topic.size),
                str(topic.voices),
                spark([count for _, count in topic.monthly][-12:]),
                topic.standing,
                "、".join(topic.places[:3]),
                topic.id,
            )
        out.print(table)
    for label, topics in (("新出现、升温", made.emerging), ("降温", made.fading)):
        if topics:
            out.print(f"{label}：{'；'.join(topic.name for topic in topics[:6])}", markup=False)
    out.print(
        f"{made.documents} 篇：归入 {made.all_topics} 个主题 {made.assigned} 篇，"
        f"暂不归类 {made.undecided} 篇，单独一事 {made.isolated} 篇。",
        style="dim",
    )


def topic(made: HotTopic, *, as_json: bool) -> None:
    """Print one hot topic."""
    if as_json:
        data(made)
        return
    out = console()
    out.rule(made.name, align="left")
    parts = made.parts
    out.print(
        f"热度 {made.heat:.1f} = 人数 {parts.voices:.2f} × 增长 {parts.growth:.2f} × 地区 {parts.breadth:.2f}"
        f" × 结果 {parts.outcome:.2f}　{made.standing}",
        markup=False,
    )
    out.print(f"{made.size} 篇（其中重复 {made.copies}），{made.voices} 个人或单位，{made.first} 至 {made.last}")
    out.print(f"关键词：{'、'.join(made.phrases)}", markup=False)
    out.print(f"单位：{'、'.join(made.units)}", markup=False)
    out.print(f"地区：{'、'.join(made.places)}", markup=False)
    out.print("每月篇数：" + "　".join(f"{month} {count}" for month, count in made.monthly), markup=False)
    for each in made.representatives:
        out.print(f"  · {each.title}（{each.id}）", markup=False)


def themes(made: Sequence[WorkTheme], *, as_json: bool) -> None:
    """Print work themes."""
    if as_json:
        data(list(made))
        return
    from rich.table import Table

    out = console()
    if not made:
        out.print("还没有中心工作清单。可用 xiansuo themes import 清单文件 导入。", style="bold")
        return
    table = Table(title=f"中心工作 {made[0].version}", title_justify="left", expand=True)
    table.add_column("编号", no_wrap=True)
    table.add_column("名称", ratio=2, overflow="fold")
    table.add_column("聚焦", no_wrap=True)
    table.add_column("权重", justify="right", no_wrap=True)
    table.add_column("关键词", ratio=3, overflow="fold")
    table.add_column("起止", no_wrap=True)
    for each in made:
        table.add_row(
            each.id,
            each.name,
            each.focus.label,
            f"{each.weight:g}",
            "、".join(each.keywords),
            f"{each.since or ''}~{each.until or ''}",
        )
    out.print(table)


def suggestions(made: Suggestions, *, as_json: bool) -> None:
    """Print writing prompts as cards."""
    if as_json:
        data(made)
        return
    out = console()
    for note in made.notes:
        out.print(note, style="bold", markup=False)
    for prompt in made.prompts:
        _prompt(out, prompt)


def _prompt(out: Console, prompt: Prompt) -> None:
    from rich.panel import Panel
    from rich.text import Text

    card = Text()

    def part(label: str, lines: Sequence[str]) -> None:
        if lines:
            card.append(f"{label}：", style="bold")
            card.append(("\n" + "　" * 2).join(lines) + "\n")

    part("可用题目", [f"《{title}》" for title in prompt.titles])
    part("角度", [prompt.angle.text])
    part("为何现在", [said.text for said in prompt.why_now])
    if prompt.theme:
        part("中心工作", [f"{prompt.theme.name}：{prompt.theme.clause}"])
    part(
        "已有材料",
        [
            f"{each.facts.title}（{each.facts.kind.label}，{each.facts.date or '日期不详'}，{each.facts.status}）"
            for each in prompt.covered
        ],
    )
    part("还没有的", [said.text for said in prompt.missing])
    part("要去了解", [said.text for said in prompt.find_out])
    part("依据", ["；".join(f"{each.title}（{each.id}）" for each in prompt.evidence)])
    part("理由", [f"{each.label} {each.value:.2f}：{each.why}" for each in prompt.parts])
    title = (
        f"{prompt.rank}. {prompt.name}　〔{prompt.focus_label}〕　得分 {prompt.score:.2f}　新颖度 {prompt.novelty:.2f}"
    )
    card.rstrip()
    out.print(Panel(card, title=Text(title), title_align="left"))


def measured(name: str, quality: PairQuality) -> None:
    """Print how well an encoder does on labelled pairs."""
    out = console()
    out.print(f"编码器 {name}", style="bold", markup=False)
    for key, value in as_data(quality).items():
        shown = f"{value:.4f}" if isinstance(value, float) else value
        out.print(f"  {key}: {shown}", markup=False)
