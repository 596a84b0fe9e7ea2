"""What people see of writing prompts: cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xiansuo.cli import show
from xiansuo.cli.folding import fold

if TYPE_CHECKING:
    from rich.console import Console

    from xiansuo.desk.facts import Facts
    from xiansuo.desk.prompts import Prompt
    from xiansuo.desk.suggesting import Suggestions


_FRAME = 4  # columns that the border of a card and the blanks within it take


def suggestions(made: Suggestions, *, as_json: bool) -> None:
    """Print writing prompts as cards."""
    if as_json:
        show.data(made)
        return
    out = show.console()
    for note in made.notes:
        out.print(note, style="bold", markup=False)
    for prompt in made.prompts:
        _prompt(out, prompt)
    if len(made.prompts) > 1:
        out.print("排列的先后不单看得分：三个聚焦各留位置，与前面几条相像的往后排。")


def _told(facts: Facts) -> str:
    # A reference's status is its kind.
    told = (facts.kind.label, str(facts.date or "日期不详"), facts.status)
    return "，".join(dict.fromkeys(told))


def _prompt(out: Console, prompt: Prompt) -> None:
    from rich.panel import Panel
    from rich.text import Text

    card = Text()

    def part(label: str, lines: Sequence[str]) -> None:
        if lines:
            told = fold(f"{label}：" + ("\n" + "　" * 2).join(lines), out.width - _FRAME)
            card.append(told[: len(label) + 1], style="bold")
            card.append(told[len(label) + 1 :] + "\n")

    part("可用题目", [f"《{title}》" for title in prompt.titles])
    for quote in prompt.quotes:
        part(f"原文（{quote.label}）", [f"“{quote.text}”"])
    part("角度", [prompt.angle.text])
    part("为何现在", [said.text for said in prompt.why_now])
    if prompt.theme:
        said = prompt.theme.clause if prompt.theme.clause != prompt.theme.name else ""
        part("中心工作", ["：".join(filter(None, (prompt.theme.name, said)))])
    part(
        "已有材料",
        [f"{each.facts.title}（{_told(each.facts)}）" for each in prompt.covered],
    )
    part("还没有的", [said.text for said in prompt.missing])
    part("要去了解", [said.text for said in prompt.find_out])
    rests = "；".join(f"{each.title}（{each.id}）" for each in prompt.evidence)
    part("依据", [rests] if rests else [])
    part("理由", [f"{each.label} {each.value:.2f}：{each.why}" for each in prompt.parts])
    part("同一件事", list(prompt.also))
    part("进展", [prompt.standing] if prompt.standing else [])
    title = (
        f"{prompt.rank}. {prompt.name}　〔{prompt.focus_label}·{prompt.spring_label}〕"
        f"　得分 {prompt.score:.2f}　新颖度 {prompt.novelty:.2f}"
    )
    card.rstrip()
    out.print(Panel(card, title=Text(title), title_align="left"))
