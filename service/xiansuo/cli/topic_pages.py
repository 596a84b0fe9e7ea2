"""What people see of one topic and of how topics change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xiansuo.cli import show
from xiansuo.cli.boards import spark

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.hot_topic import HotTopic
    from xiansuo.desk.loose_texts import LooseText
    from xiansuo.desk.topic_changes import NamedChange, TopicDiff, TopicRun
    from xiansuo.desk.topic_page import TopicPage

_SHOWN = 40
_REPLY = 60
_LISTED = 8


def page(made: TopicPage, *, as_json: bool) -> None:
    """Print one topic with what surrounds it."""
    if as_json:
        show.data(made)
        return
    out = show.console()
    _topic(out, made.topic)
    if made.theme:
        others = f"；同一主题还有：{'、'.join(name for _, name in made.siblings[:6])}" if made.siblings else ""
        out.print(f"主题：{made.theme}{others}", markup=False)
    if made.fitting:
        out.print("相符的中心工作：")
        for each in made.fitting:
            out.print(f"  · {each.name}（{each.asked} 篇中 {each.texts} 篇）：{each.passage}", markup=False)
    if made.proposals:
        out.print("提案与答复：")
        for proposal in made.proposals:
            told = (
                f"{proposal.department}：{proposal.grade or '已答复'}　{_start(proposal.reply)}"
                if proposal.reply
                else "未答复"
            )
            out.print(f"  · {proposal.title}（{proposal.date or '日期不详'}）　{told}", markup=False)
    if made.history:
        out.print("变化：")
        for step in made.history:
            out.print(f"  · {step.day}　{step.told}", markup=False)
    for edit in made.edits:
        state = "（已撤销）" if edit.undone_at else ""
        out.print(f"编辑修改：第 {edit.id} 号 {edit.action.label}，{edit.by}{state}", markup=False)


def _start(reply: str) -> str:
    return reply if len(reply) <= _REPLY else reply[:_REPLY].rstrip("，、；：“（") + "……"


def _topic(out: Console, made: HotTopic) -> None:
    out.rule(f"{'★ ' if made.pinned else ''}{made.name}{'（已隐藏）' if made.hidden else ''}", align="left")
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
            more = f" 等 {len(told)} 个" if len(told) > _LISTED else ""
            out.print(f"{label}：{'、'.join(told[:_LISTED])}{more}", markup=False)
    if made.first:
        months = [month for month, _ in made.monthly]
        out.print(f"每月篇数：{spark([count for _, count in made.monthly])}　{months[0]} 至 {months[-1]}", markup=False)
        out.print("　　　　　" + "　".join(f"{month} {count}" for month, count in made.monthly if count), markup=False)
    out.print("代表材料：")
    for each in made.representatives:
        out.print(f"  · {each.title}（{each.id}）", markup=False)


def diff(made: TopicDiff, *, as_json: bool) -> None:
    """Print what became of topics between two runs."""
    if as_json:
        show.data(made)
        return
    from xiansuo.desk.topic_changes import LABELS

    out = show.console()
    out.print(f"{made.first_day}（{made.first}）→ {made.second_day}（{made.second}）", markup=False)
    out.print(f"{made.before} 个热点变为 {made.after} 个，其中 {made.same} 个没有变化。")
    for fate, label in LABELS.items():
        some = [change for change in made.changes if change.fate == fate]
        if some:
            out.print(f"{label} {len(some)} 个：", style="bold")
        for change in some[:_SHOWN]:
            out.print(f"  · {_said(change)}", markup=False)
        if len(some) > _SHOWN:
            out.print(f"  …… 还有 {len(some) - _SHOWN} 个，全部见 --json", style="dim")


def _said(change: NamedChange) -> str:
    counts = f"{change.size} → {change.now} 篇" if change.size and change.now else f"{max(change.size, change.now)} 篇"
    others = "、".join(f"{name}（{id}）" for id, name in change.others)
    where = {"merged": f"，并入 {others}", "split": f"，原属 {others}"}.get(change.fate, "")
    return f"{change.name}（{change.id}），{counts}{where}"


def loose(made: Sequence[LooseText], limit: int, *, as_json: bool) -> None:
    """Print documents of no topic with what they are nearest to, and that there may be more than `limit`."""
    if as_json:
        show.data(list(made))
        return
    from xiansuo.desk.loose_texts import LABELS

    out = show.console()
    if not made:
        out.print("没有这样的材料：每一篇都归入了热点。", style="bold")
    for each in made:
        when = f"，{each.date}" if each.date else ""
        out.print(f"{LABELS[each.state]}　{each.title}（{each.id}{when}）", markup=False)
        for near in each.nearest:
            where = f"热点“{near.name}”（{near.topic}）" if near.topic else f"材料《{near.title}》（{near.id}）"
            out.print(f"    近于{where}　{near.likeness:.2f}", markup=False)
    if len(made) == limit:
        out.print(f"最多列出 {limit} 篇；要看更多，加 --limit。")


def log(made: Sequence[TopicRun], *, as_json: bool) -> None:
    """Print the runs, newest first."""
    if as_json:
        show.data(list(made))
        return
    from rich.table import Table

    from xiansuo.desk.topic_changes import LABELS

    out = show.console()
    if not made:
        out.print("还没有计算过热点。可用 xiansuo topics 计算。", style="bold")
        return
    table = Table(expand=True)
    for name in ("截止日", "材料", "热点", "比上一次", "编号"):
        table.add_column(name, justify="right" if name in ("材料", "热点") else "left", overflow="fold")
    for run in made:
        told = "、".join(f"{label} {run.changed[fate]}" for fate, label in LABELS.items() if fate in run.changed)
        first = "" if run.base else "第一次"
        anew = "全部重新聚类；" if run.anew and run.base else ""
        kept = "" if run.whole else "（已精简）"
        if run.kept:
            kept = f"（{run.kept} 保留）"
        table.add_row(
            str(run.day), str(run.documents), str(run.topics), first or f"{anew}{told or '没有变化'}", run.run + kept
        )
    out.print(table)
    if not all(run.whole for run in made):
        out.print("已精简的只留这一行，不能再用 topics diff 比较。", style="dim")
