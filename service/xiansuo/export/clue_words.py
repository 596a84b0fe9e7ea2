"""What a clue list says: Chinese text in order, the same for every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompt_lists import ClueList
from xiansuo.ingest.characters import clean, one_line
from xiansuo.records import Kind
from xiansuo.records.prompts import WritingPrompt

_KINDS = {kind.value: kind.label for kind in Kind}
_DIGITS = "零一二三四五六七八九"
_TENS = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A part of an entry: its label and what is said, one paragraph."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One clue: `heading` such as 一、题目, then its parts in the order in which they are read."""

    heading: str
    parts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """All of a list; `rows` are the table at its end under `COLUMNS`."""

    title: str
    subtitle: str
    opening: str
    entries: tuple[Entry, ...]
    rows: tuple[tuple[str, ...], ...]
    signed: tuple[str, ...]


COLUMNS = ("序号", "编号", "题目", "契合的中心工作", "截止", "面向")
"""Of the table at the end."""


def listed(made: ClueList, office: str = "", contact: str = "") -> Listed:
    """Put a clue list into words.

    :param office: who gives it out; `contact`: whom to ask, as it is to be printed.
    """
    office, contact = (one_line(clean(text)[0]) for text in (office, contact))
    pairs = list(zip(made.prompts, made.lines, strict=True))
    return Listed(
        f"{office}反映社情民意信息选题清单",
        f"（{made.month.year}年{made.month.month}月）",
        f"以下选题由系统根据档案和中心工作提出，经编辑审定，共{len(pairs)}条，供参考。认领时请写明编号；"
        "动笔之前请先查重，事实和数据请自行核实，一事一报。",
        tuple(_entry(place, prompt, line, contact) for place, (prompt, line) in enumerate(pairs, 1)),
        tuple(
            (str(place), str(line.number), line.title, line.theme_name or "—", _day(line.deadline), _for(line))
            for place, (_, line) in enumerate(pairs, 1)
        ),
        tuple(filter(None, (office, chinese_day(made.day)))),
    )


def chinese_day(day: dt.date) -> str:
    """Write a day as offices do."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """Write 1 to 99 as in 一、二、三; greater ones in digits."""
    if not 0 < number < _TENS * _TENS:
        return str(number)
    tens, ones = divmod(number, _TENS)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _entry(place: int, prompt: WritingPrompt, line: PromptLine, contact: str) -> Entry:
    card = prompt.card
    theme: Mapping[str, Any] = card.get("theme") or {}
    clause = theme.get("clause") or ""
    others = [title for title in card.get("titles", ()) if title != prompt.title]
    evidence = card.get("evidence", ())
    parts = (
        Said("可用题目", "；".join(f"《{title}》" for title in others)),
        *(Said(f"原文（{quote['label']}）", f"“{quote['text']}”") for quote in card.get("quotes", ())),
        Said("角度", prompt.angle),
        Said("为何现在", _texts(card, "why_now")),
        Said("契合的中心工作", f"{theme.get('name')}。{clause}" if theme else ""),
        Said("依据", "；".join(map(_fact, evidence))),
        Said("已有情况", _covered(card, {facts["id"] for facts in evidence})),
        Said("还没有的", _texts(card, "missing")),
        Said("要了解", _texts(card, "find_out")),
        Said("编辑说明", prompt.note),
        Said("约稿对象", "、".join(prompt.commissioned)),
        Said("截止", _day(prompt.deadline) + ("，可几人同写" if prompt.several else "")),
        Said("联系", contact),
    )
    heading = f"{chinese_number(place)}、{prompt.title}（编号 {line.number}）"
    return Entry(heading, tuple(part for part in parts if part.text))


def _texts(card: Mapping[str, Any], name: str) -> str:
    return "".join(each["text"] for each in card.get(name, ()))


def _covered(card: Mapping[str, Any], evidence: Collection[str]) -> str:
    """Name the earlier texts that are no evidence already."""
    covered = [each["facts"] for each in card.get("covered", ())]
    others = [facts for facts in covered if facts["id"] not in evidence]
    if others:
        return "；".join(map(_fact, others))
    return "即依据所列各篇。" if covered else "档案里没有找到直接相关的材料。"


def _fact(facts: Mapping[str, Any]) -> str:
    who = facts.get("unit") or facts.get("author") or ""
    kind = _KINDS.get(facts.get("kind", ""), "")
    told = dict.fromkeys(filter(None, (kind, who, facts.get("date") or "日期不详", facts.get("status"), facts["id"])))
    return f"《{facts['title']}》（{'，'.join(told)}）"


def _day(day: dt.date | None) -> str:
    return "未定" if day is None else chinese_day(day)


def _for(line: PromptLine) -> str:
    if line.claims:
        return "、".join(claim.author for claim in line.claims) + "（已认领）"
    return "、".join(line.commissioned) or "全部"
