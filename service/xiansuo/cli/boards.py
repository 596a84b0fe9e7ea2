"""What people see of hot topics and work themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xiansuo.cli import show

if TYPE_CHECKING:
    from xiansuo.desk.hot_topic import HotTopic
    from xiansuo.desk.topics import TopicBoard
    from xiansuo.records import WorkTheme


_BLOCKS = "·▁▂▃▄▅▆▇█"
_YEAR = 12


def spark(values: Sequence[int]) -> str:
    """Draw counts as a line of blocks, one a count; nothing is a dot."""
    top = max([1, *values])
    return "".join(_BLOCKS[-(-value * 8 // top)] for value in values)


def board(made: TopicBoard, *, as_json: bool, by_theme: bool = False) -> None:
    """Print hot topics with a line of the twelve months that end with the day's."""
    if as_json:
        show.data(made)
        return
    from rich.table import Table

    out = show.console()
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
        for heading, topics in _grouped(made) if by_theme else [("", made.topics)]:
            if heading:
                table.add_row(f"【{heading}】", end_section=False)
            for topic in topics:
                table.add_row(*_row(topic))
            if heading:
                table.add_section()
        out.print(table)
        months = [month for month, _ in made.topics[0].monthly[-_YEAR:]]
        out.print(f"篇、人/单位是历年累计；近 12 月是 {months[0]} 至 {months[-1]}。", style="dim")
    for label, topics in (("新出现、升温", made.emerging), ("降温", made.fading)):
        if topics:
            out.print(f"{label}：{'；'.join(topic.name for topic in topics[:6])}", markup=False)
    hidden = f"编辑隐藏了 {made.hidden} 个热点。" if made.hidden else ""
    out.print(
        f"{made.documents} 篇：归入 {made.all_topics} 个热点 {made.assigned} 篇，"
        f"暂不归类 {made.undecided} 篇，单独一事 {made.isolated} 篇。{hidden}",
        style="dim",
    )


def _grouped(made: TopicBoard) -> list[tuple[str, tuple[HotTopic, ...]]]:
    from xiansuo.desk.topic_search import by_theme

    return [(group.name or "各自成题", group.topics) for group in by_theme(made)]


def _row(topic: HotTopic) -> tuple[str, ...]:
    return (
        f"{'★ ' if topic.pinned else ''}{topic.name}",
        f"{topic.heat:.1f}",
        str(topic.size),
        str(topic.voices),
        spark([count for _, count in topic.monthly[-_YEAR:]]),
        topic.standing,
        "、".join(topic.places[:3]),
        topic.id,
    )


def themes(made: Sequence[WorkTheme], *, as_json: bool) -> None:
    """Print work themes; those of a report with the paragraph that sets them, those of a list with their days."""
    if as_json:
        show.data(list(made))
        return
    from rich.table import Table

    out = show.console()
    if not made:
        out.print("还没有中心工作清单。可用 xiansuo themes import 清单文件 导入。", style="bold")
        return
    of_report = any(each.paragraph for each in made)
    table = Table(title=f"中心工作 {made[0].version}", title_justify="left", expand=True)
    table.add_column("编号", no_wrap=True)
    table.add_column("名称", ratio=2, overflow="fold")
    table.add_column("聚焦", no_wrap=True)
    table.add_column("权重", justify="right", no_wrap=True)
    table.add_column("关键词", ratio=2 if of_report else 3, overflow="fold")
    table.add_column("出处段" if of_report else "起止", justify="right" if of_report else "left", no_wrap=True)
    for each in made:
        table.add_row(
            each.id,
            f"{each.name}{_gone(each)}",
            each.focus.label,
            f"{each.weight:g}",
            "、".join(each.keywords),
            str(each.paragraph or "") if of_report else f"{each.since or ''}~{each.until or ''}",
        )
    out.print(table)


def _gone(theme: WorkTheme) -> str:
    if not theme.retired:
        return ""
    return f"（已并入 {theme.into}）" if theme.into else "（停用）"
