"""Which paragraphs of a work report speak of the tasks ahead, and which look back, plan five years, or close.

A heading tells what follows it until the next one. Headings that say nothing of time (十、…, or a slogan) are judged
by how their first paragraphs begin. Within the year's part, what stands before the first （一） is the general
requirement and no task; so is a paragraph that only opens a chapter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xiansuo.recommend.reports.report_headings import (
    CHAPTER,
    GOVERNMENT,
    LONGEST,
    SECTION,
    Line,
    Stretch,
    after_heading,
    is_heading,
    turned,
    year_told,
)
from xiansuo.text.normalise import Normalised, normalise


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: characters `start` to `end` of the normalised text, its number from 1, and what it is of.

    `livelihood`: it stands in a list of things promised to the people (民生实事).
    """

    number: int
    start: int
    end: int
    livelihood: bool = False


@dataclass(frozen=True, slots=True)
class TasksPart:
    """The paragraphs that set tasks, in order; `year` is the one they are for, None where the report tells none."""

    read: Normalised
    paragraphs: tuple[Paragraph, ...]
    year: int | None


_ONE_LINE = 5_000
"""A line as long as this is a report whose breaks were lost."""
_LOST_BREAK = re.compile(r"(?<=[。!！?？：:”」）)\u4e00-\u9fff])[ \u3000](?=[“「（(—\u4e00-\u9fff])")
_END = re.compile(r"名词解释|注释$|^注:|相关(?:报道|文档|链接)|分享到|^本作品是|^附[表图]|主要指标$")
_REQUIREMENT = re.compile(
    r"总体要求(?:是|:)|指导思想|预期目标(?:是|为|:)|必须做到|为指导,|[一二三四五六七八九十两]个(?:更加|必须|坚持)"
)
_ADDRESS = re.compile(r"各位代表[!,。]?")
_OWN_HOUSE = re.compile(r"自身(?:改革)?建设|考验着各级政府|打铁[必还]须")
_ENDS_TASKS = re.compile(r"各级政府|更高要求|新要求|考验|自身建设|更加紧密地?团结|领导贯穿政府")
_PROMISED = re.compile(r"实事")
_OPENING = 220
"""A paragraph under its own （一） that is longer than this holds tasks, not only what opens a chapter."""
_HOUSE_WITHIN = 60
_ADDRESS_WITHIN = 200


def find_tasks_part(text: str) -> TasksPart:
    """Find the paragraphs of a work report that set tasks.

    The year's part counts; a plan of five years only where there is none, and a text that tells no parts whole.

    :param text: the report, a paragraph a line.
    :return: no paragraphs where the text only looks back.
    """
    read = normalise(_with_breaks(text))
    lines = list(_lines(read, text))
    parts = list(_parts(lines))
    whole = {Stretch.UNKNOWN} if Stretch.REVIEW not in parts else set[Stretch]()
    for wanted in ({Stretch.YEAR, Stretch.LIVELIHOOD}, {Stretch.PLAN}, whole):
        found = [(line, part) for line, part in zip(lines, parts, strict=True) if part in wanted]
        kept = tuple(
            Paragraph(line.number, line.start, line.end, part is Stretch.LIVELIHOOD or _is_promised(line.text))
            for line, part in _without_openings(found)
        )
        if kept:
            return TasksPart(read, kept, year_told(lines))
    return TasksPart(read, (), year_told(lines))


def _with_breaks(text: str) -> str:
    """Put breaks, character for character, between the cells of tables, and where blanks took their place."""
    text = text.replace("\t", "\n")
    if max(map(len, text.split("\n"))) < _ONE_LINE:
        return text
    return _LOST_BREAK.sub("\n", text)


def _lines(read: Normalised, text: str) -> Iterator[Line]:
    numbers = _numbers(text)
    start = 0
    for line in read.text.split("\n"):
        if line:
            yield Line(numbers(read.starts[start]), start, line)
        start += len(line) + 1


def _numbers(text: str) -> Callable[[int], int]:
    """Make a function that tells the number of the paragraph at a place; blank lines do not count."""
    starts, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(place)
        place += len(line) + 1
    return lambda at: max(1, bisect_right(starts, at))


def _parts(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Say of each line what part it is of; headings themselves are of none."""
    part, mixed, opened = Stretch.UNKNOWN, True, True
    house = False
    for place, line in enumerate(lines):
        text = line.text
        if _is_end(text):
            part, mixed = Stretch.OUT, False
        elif is_heading(text) and not (part is Stretch.LIVELIHOOD and CHAPTER.match(text)):
            part, mixed = after_heading(part, lines, place)
            opened, house = not _has_sections(lines, place), False
            yield Stretch.OUT
            continue
        elif mixed and (now := turned(part, text)) is not part:
            part, opened = now, not _has_sections(lines, place)
        if SECTION.match(text):
            opened, house = True, bool(GOVERNMENT.search(text[:LONGEST]))
        elif part is Stretch.YEAR and not house:
            house = _ends_tasks(text)
        yield Stretch.GOVERNMENT if house else _within(part, opened, text)


def _ends_tasks(text: str) -> bool:
    """Tell whether from here on the government speaks of itself, or takes its leave."""
    if address := _ADDRESS.match(text):
        return address.end() == len(text) or bool(_ENDS_TASKS.search(text[:_ADDRESS_WITHIN]))
    return bool(_OWN_HOUSE.search(text[:_HOUSE_WITHIN]))


def _within(part: Stretch, opened: bool, text: str) -> Stretch:
    if part is Stretch.YEAR and (not opened or _ADDRESS.match(text) or _REQUIREMENT.search(text[:_OPENING])):
        return Stretch.GENERAL
    return part


def _is_end(text: str) -> bool:
    return len(text) <= LONGEST and bool(_END.search(text))


def _has_sections(lines: Sequence[Line], place: int) -> bool:
    for line in lines[place + 1 :]:
        if is_heading(line.text):
            return False
        if SECTION.match(line.text):
            return True
    return False


def _is_promised(text: str) -> bool:
    return len(text) > _OPENING and bool(_PROMISED.search(text[:_HOUSE_WITHIN]))


def _without_openings(found: Sequence[tuple[Line, Stretch]]) -> Iterator[tuple[Line, Stretch]]:
    """Leave out (一) lines that are headings, or only say what their chapter is about."""
    for place, (line, part) in enumerate(found):
        if SECTION.match(line.text):
            follows = found[place + 1][0].text if place + 1 < len(found) else ""
            alone = not follows or bool(SECTION.match(follows))
            if "。" not in line.text[:-1] or (not alone and len(line.text) <= _OPENING):
                continue
        yield line, part
