"""What people see of stored writing prompts: lists, one with its card and history, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xiansuo.cli import show
from xiansuo.cli.folding import fold

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.prompt_lines import PromptLine
    from xiansuo.desk.prompt_lists import PromptPage
    from xiansuo.desk.proposing import Proposed
    from xiansuo.records.prompts import Claim, PromptEvent


def lines(made: Sequence[PromptLine], *, as_json: bool) -> None:
    """Print a list of prompts."""
    if as_json:
        show.data(list(made))
        return
    from rich.markup import escape
    from rich.table import Table

    out = show.console()
    if not made:
        out.print("没有这样的选题。可用 xiansuo prompts propose 提出一批。")
        return
    table = Table(expand=True)
    for name in ("编号", "状态"):
        table.add_column(name, no_wrap=True)
    table.add_column("题目", ratio=3, overflow="fold")
    table.add_column("中心工作", ratio=2, overflow="fold")
    table.add_column("截止", no_wrap=True)
    table.add_column("谁写", ratio=2, overflow="fold")
    for line in made:
        table.add_row(
            str(line.number),
            line.state_label,
            escape(line.title),
            escape(line.theme_name),
            _due(line),
            escape(_who(line)),
        )
    out.print(table)


def proposed(made: Proposed, *, as_json: bool) -> None:
    """Print what a batch added, and what it left out with the reason."""
    if as_json:
        show.data(made)
        return
    out = show.console()
    for note in made.notes:
        out.print(note, style="bold", markup=False)
    if made.prompts:
        lines(made.prompts, as_json=False)
    out.print(f"提出 {len(made.prompts)} 条待审。", markup=False)
    for each in made.left_out:
        out.print(f"  没有再提“{each.name}”：{each.reason}。", markup=False, soft_wrap=True)


def done(line: PromptLine, *, as_json: bool) -> None:
    """Say how a prompt stands after something was done to it."""
    if as_json:
        show.data(line)
        return
    told = [line.state_label, _who(line), f"截止 {_due(line)}" if line.deadline else ""]
    show.console().print(
        f"第 {line.number} 号选题《{line.title}》：{'，'.join(filter(None, told))}。", markup=False, soft_wrap=True
    )


def collected(made: Sequence[PromptLine], *, as_json: bool) -> None:
    """Print the prompts whose outcome the archive knew."""
    if made or as_json:
        lines(made, as_json=as_json)
    else:
        show.console().print("档案里没有新的采用情况。")


def page(made: PromptPage, *, as_json: bool) -> None:
    """Print one prompt with its card, claims, feedback and history."""
    if as_json:
        show.data(made)
        return
    out = show.console()
    done(made.line, as_json=False)
    card = made.prompt.card
    _part(out, "角度", [made.prompt.angle])
    _part(out, "编辑说明", [made.prompt.note])
    _part(out, "来源", ["，".join(filter(None, (card.get("spring_label", ""), card.get("focus_label", ""))))])
    _part(out, "可用题目", [f"《{title}》" for title in card.get("titles", ()) if title != made.line.title])
    for quote in card.get("quotes", ()):
        _part(out, f"原文（{quote['label']}）", [f"“{quote['text']}”"])
    for label, name in (("为何现在", "why_now"), ("还没有的", "missing"), ("要去了解", "find_out")):
        _part(out, label, [said["text"] for said in card.get(name, ())])
    theme = card.get("theme")
    _part(out, "中心工作", [f"{theme['name']}：{theme.get('clause', '')}"] if theme else [])
    evidence = card.get("evidence", ())
    named = {each["id"] for each in evidence}
    covered = [each["facts"] for each in card.get("covered", ()) if each["facts"]["id"] not in named]
    _part(out, "依据", [_fact(each) for each in evidence])
    _part(out, "另有材料", [_fact(each) for each in covered])
    _part(out, "认领", [_claim(claim) for claim in made.claims])
    _part(
        out,
        "反馈",
        [f"{said.author}：{said.verdict.label}{'，' + said.note if said.note else ''}" for said in made.feedback],
    )
    _part(out, "经过", [_event(event) for event in made.events])


def _fact(facts: Mapping[str, Any]) -> str:
    told = (facts.get("date") or "日期不详", facts.get("status", ""), facts["id"])
    return f"{facts['title']}（{'，'.join(filter(None, told))}）"


def events(made: Sequence[PromptEvent], *, as_json: bool) -> None:
    """Print what was done, one line each."""
    if as_json:
        show.data(list(made))
        return
    out = show.console()
    if not made:
        out.print("还没有选题。可用 xiansuo prompts propose 提出一批。")
    for event in made:
        out.print(f"第 {event.prompt} 号选题：{_event(event)}", markup=False, soft_wrap=True)


def _event(event: PromptEvent) -> str:
    undone = f"记录 {event.undoes}" if event.undoes else ""
    return f"{event.at:%Y-%m-%d} {event.by} {event.action.label}{undone}（记录 {event.id}）"


def _claim(claim: Claim) -> str:
    told = [f"{claim.at:%Y-%m-%d} 认领", claim.state.label if claim.released_at is None else "已放弃"]
    if claim.check:
        told.append(f"查重 {claim.check.run}：{claim.check.advice.rstrip('。')}")
    if claim.document:
        told.append(f"材料 {claim.document}")
    if claim.adopted is not None:
        told.append(f"{claim.level.label}采用 {claim.outcome_date or ''}".strip() if claim.level else "没有采用")
    return f"{claim.author}{'（' + claim.unit + '）' if claim.unit else ''}：{'；'.join(told)}"


def _due(line: PromptLine) -> str:
    if line.deadline is None:
        return "未定"
    return f"{line.deadline}（已过）" if line.overdue else str(line.deadline)


def _who(line: PromptLine) -> str:
    if line.claims:
        return "、".join(f"{claim.author}（{claim.state.label}）" for claim in line.claims)
    return f"约 {'、'.join(line.commissioned)}" if line.commissioned else ""


def _part(out: Console, label: str, told: Sequence[str]) -> None:
    told = [text for text in told if text]
    if told:
        out.print(fold(f"{label}：" + ("\n" + "　" * 2).join(told), out.width), markup=False)
