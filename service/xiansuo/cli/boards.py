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


def board(made: TopicBoard, *, as_json: bool) -> None:
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
        for topic in made.topics:
            table.add_row(
                topic.name,
                f"{topic.heat:.1f}",
                str(topic.size),
                str(topic.voices),
                spark([count for _, count in topic.monthly[-_YEAR:]]),
                topic.standing,
                "、".join(topic.places[:3]),
                topic.id,
            )
        out.print(table)
        months = [month for month, _ in made.topics[0].monthly[-_YEAR:]]
        out.print(f"篇、人/单位是历年累计；近 12 月是 {months[0]} 至 {months[-1]}。", style="dim")
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
        show.data(made)
        return
    out = show.console()
    out.rule(made.name, align="left")
    parts = made.parts
    out.print(
        f"热度 {made.heat:.1f} = 人数 {parts.voices:.2f} × 增长 {parts.growth:.2f} × 地区 {parts.breadth:.2f}"
        f" × 结果 {parts.outcome:.2f} × 专一 {parts.unity:.2f}　{made.standing}",
        markup=False,
    )
    when = f"{made.first} 至 {made.last}" if made.first else "日期不详"
    out.print(f"{made.size} 篇（其中重复 {made.copies}），{made.voices} 个人或单位，{when}")
    for label, told in (("关键词", made.phrases), ("单位", made.units), ("地区", made.places)):
        if told:
            out.print(f"{label}：{'、'.join(told)}", markup=False)
    out.print("每月篇数：" + "　".join(f"{month} {count}" for month, count in made.monthly), markup=False)
    out.print("代表材料：")
    for each in made.representatives:
        out.print(f"  · {each.title}（{each.id}）", markup=False)


def themes(made: Sequence[WorkTheme], *, as_json: bool) -> None:
    """Print work themes."""
    if as_json:
        show.data(list(made))
        return
    from rich.table import Table

    out = show.console()
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
