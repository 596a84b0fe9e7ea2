"""The headings of a work report: which lines are headings, and what the lines below them are.

Headings that say nothing of time (a slogan, a field of work) are judged by how the paragraphs below begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Stretch(Enum):
    """What a stretch of a report is."""

    UNKNOWN = "unknown"
    REVIEW = "review"
    PLAN = "plan"
    GENERAL = "general"
    YEAR = "year"
    LIVELIHOOD = "livelihood"
    GOVERNMENT = "government"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: its paragraph's number, where it starts in the normalised text, and the text."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


LONGEST = 60
CHAPTER = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:、|部分|章)")
SECTION = re.compile(r"\([一二三四五六七八九十]{1,3}\)")
_CLOSED = re.compile(r"[。!;:,]$")
_YEAR = re.compile(r"(?:20\d\d年|今年|新的?一年|明年|来年|本年度|下一?步|下一?阶段)")
_WORK = re.compile(r"工作|任务|安排|部署|建议|打算|举措|事项")
_FIVE_YEARS = re.compile(r"\"?十[一二三四五六七八九]五\"?|[今未]来?后?五年|五年规划")
_LOOKS_BACK = re.compile(r"回顾|总结|成就|历程|过去|成效|取得")
_GENERAL = re.compile(r"总体要求|总体部署|政策取向|总体考虑|基本思路|主要目标|预期目标")
_OF_TASKS = re.compile(r"重点|任务|工作安排|主要工作")
GOVERNMENT = re.compile(
    r"自身建设|政府(?:系统)?治理|党的(?:全面)?领导|人民(?:更加)?满意的.{0,10}政府|(?:法治|服务型|廉洁)政府"
)
_LIVELIHOOD = re.compile(r"(?:民生|惠民|为民|利民)[^。]{0,8}(?:实事|事项|项目|工程)")
_ATTACHED = re.compile(r"附件\d*[:]?$|附录\d*$")
_AHEAD = re.compile(
    r"(?:各位代表[!,])?(?:20\d\d年|今年|新的一年)(?:是|,|(?:的)?(?:经济社会发展|政府)?(?:重点)?工作(?!报告)|要|将|我们)"
    r"|(?:下一?步|下一?阶段|明年|来年)(?:,|工作|要|将|我们)|做好(?:今年|20\d\d年)|按照.{2,30}部署,今年"
)
_BEHIND = re.compile(r"过去(?:的)?(?:一|五)年|一年来|五年来|回[顾望首]|20\d\d年,(?:我们|全)")
_PLANS = re.compile(r"\"?十.五\"?时期|[今未]来?后?五年")
_BEGINNING = 60
_PEEK = 3
_TITLE_WITHIN = 20
_TOLD = re.compile(r"(20\d\d)年")


def is_heading(text: str) -> bool:
    """Tell whether a line is the heading of a chapter, an attachment, or a part without a number."""
    if len(text) > LONGEST or "。" in text[:-1] or _CLOSED.search(text):
        closed_once = len(text) <= LONGEST and text.find("。") == len(text) - 1
        return bool(closed_once and CHAPTER.match(text))
    if CHAPTER.match(text) or _ATTACHED.match(text):
        return True
    if text.endswith("报告") or "," in text or SECTION.match(text):
        return False
    told = _YEAR.search(text) or _FIVE_YEARS.search(text)
    return bool(_LIVELIHOOD.search(text) or (told and (_WORK.search(text) or _LOOKS_BACK.search(text))))


def after_heading(part: Stretch, lines: Sequence[Line], place: int) -> tuple[Stretch, bool]:
    """Return what follows a heading, and whether the year's part may begin in its midst."""
    text = lines[place].text
    if "实事" in text or (_LIVELIHOOD.search(text) and not CHAPTER.match(text)):
        return Stretch.LIVELIHOOD, False
    if _ATTACHED.match(text):
        return Stretch.OUT, False
    if GOVERNMENT.search(text):
        return Stretch.GOVERNMENT, False
    back = _LOOKS_BACK.search(text)
    if back and (part is Stretch.UNKNOWN or back.group() not in ("成效", "取得")):
        rest = text[back.end() :]
        if _YEAR.search(rest) and _WORK.search(rest):
            return Stretch.REVIEW, True
        return (Stretch.PLAN if _FIVE_YEARS.search(rest) else Stretch.REVIEW), False
    if _YEAR.search(text) and (_WORK.search(text) or _GENERAL.search(text)):
        if _FIVE_YEARS.search(text):
            return Stretch.PLAN, True
        return (Stretch.YEAR if _OF_TASKS.search(text) or not _GENERAL.search(text) else Stretch.GENERAL), False
    if _FIVE_YEARS.search(text) and "开好局" not in text:
        return Stretch.PLAN, False
    if "开好局" in text or part in (Stretch.YEAR, Stretch.GENERAL):
        return Stretch.YEAR, False
    for line in lines[place + 1 : place + 1 + _PEEK]:
        if (now := turned(part, line.text)) is not part:
            return now, False
    return part, False


def turned(part: Stretch, text: str) -> Stretch:
    """Judge a paragraph without a telling heading by how it begins."""
    if _AHEAD.match(text):
        return Stretch.YEAR
    if _BEHIND.match(text):
        return Stretch.REVIEW
    return Stretch.PLAN if _PLANS.match(text) else part


def year_told(lines: Sequence[Line]) -> int | None:
    """Tell the year of a report: by its headings, its title, or the year that it looks back on."""
    headings = [line.text for line in lines if is_heading(line.text)]
    ahead = [text for text in headings if not _LOOKS_BACK.search(text)]
    first = [line.text for line in lines[:_TITLE_WITHIN] if "报告" in line.text or "会议" in line.text]
    begins = [line.text[:_BEGINNING] for line in lines if _AHEAD.match(line.text)]
    for texts in (ahead, first, begins):
        if told := [int(year) for text in texts for year in _TOLD.findall(text)]:
            return max(told)
    back = [int(year) for text in headings for year in _TOLD.findall(text)]
    return max(back) + 1 if back else None
