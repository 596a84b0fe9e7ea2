"""The parts of a sentence of a work report: what each does, and where what it says begins.

A part is what stands between two commas (colons), quoted and bracketed text left whole; a list of several verbs, each
with what it is about, is cut at its marks too. It is an action when a verb comes first, once numbering, adverbs and
dates are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from xiansuo.recommend.reports.task_words import TaskWords


class Role(Enum):
    """What a part of a sentence does."""

    ACTION = "action"
    AIM = "aim"
    RESULT = "result"
    PRINCIPLE = "principle"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of the text, numbering left out.

    Its verb begins at `verb` and what it is about at `object`; both are the same where no verb comes first.
    """

    start: int
    end: int
    role: Role
    verb: int
    object: int


_OPEN, _CLOSE = "([《", ")]》"
_STOPS = "。!?;"
_PAUSES = ",:"
_NUMBERING = re.compile(
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}(?:是要|是|要|、)"
    r"|第[一二三四五六七八九十],|[–●◆■]+)+"
)
_LEAD = re.compile(r"(?:我们要|我们|还要|要|同时|此外|另外|并且|并|其中)(?=.{4})")
_BOAST = re.compile(r"上(?:实现|取得|作出|展现|下功夫|走在|迈出|争)")
_STATES = re.compile(r"是[^,]{2,40}的[^,]{0,8}$|仍是|就是|才是|都是|关键是|重在|^在.*(?:方面|时|中|后|下|前)$")
_DATE = re.compile(
    r"(?:到|在)?(?:20\d\d年(?!第|以来|前)|今年|年内|全年|年底前?|[上下]半年|[一二三四]季度|\d{1,2}月底?前?)(?:底前?|内)?"
)
_MOVED = re.compile(r"[将把][^,]{2,30}?(?:扩大|提高|降低|延长|增加|调整|纳入|上调|下调|压减|缩短)")
_PLACED = re.compile(r"(?:在|对|向|为|由|从|依托|通过|利用|会同|与)[^,\"]{2,24}?")
_PLACED_WITHIN = 26
_LIST = "、"
_OF_ONE = re.compile(r"的[^的、]{1,6}$")
_LONG_ENOUGH = 6
"""Of a verb with what it is about, where it stands in a list."""


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph into sentences, the stop left out; quoted and bracketed text is not cut."""
    yield from _cut(text, start, end, _STOPS)


def parts(text: str, start: int, end: int, words: TaskWords) -> list[Part]:
    """Cut a sentence into its parts and say what each does."""
    return [
        _part(text, first, last, words)
        for a, b in _cut(text, start, end, _PAUSES)
        for first, last in _listed(text, a, b, words)
    ]


def _cut(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    depth, quoted, begin = 0, False, start
    for place in range(start, end):
        char = text[place]
        if char == '"':
            quoted = not quoted
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and depth == 0 and not quoted:
            if begin < place:
                yield begin, place
            begin = place + 1
    if begin < end:
        yield begin, end


def _listed(text: str, start: int, end: int, words: TaskWords) -> Iterator[tuple[int, int]]:
    """Cut a list such as 加装电梯、更新管网、规范物业服务 into its members; any other part is left whole."""
    begin = start
    # 办成一届促进文明、促进创新的盛会 is no list of tasks.
    members = [] if _OF_ONE.search(text[start:end]) else _cut(text, start, end, _LIST)
    for first, last in members:
        whole = first > start and last - first >= _LONG_ENOUGH and first - 1 - begin >= _LONG_ENOUGH
        starts = whole and words.starter.match(text, first, last)
        if starts and _part(text, begin, first - 1, words).role is Role.ACTION:
            yield begin, first - 1
            begin = first
    yield begin, end


def _part(text: str, start: int, end: int, words: TaskWords) -> Part:
    while lead := _NUMBERING.match(text, start, end) or _LEAD.match(text, start, end):
        start = lead.end()
    verb, object = _verb(text, start, end, words)
    if words.result.match(text, start, end) or words.wish.fullmatch(text, verb, end):
        role = Role.RESULT
    elif object == verb or _BOAST.search(text, start, end) or _STATES.search(text[start:end]):
        role = Role.PRINCIPLE if words.principle.match(text, start, end) else Role.OTHER
    else:
        role = Role.AIM if words.aim.fullmatch(text, verb, end) else Role.ACTION
    return Part(start, end, role, verb, object)


def _verb(text: str, start: int, end: int, words: TaskWords) -> tuple[int, int]:
    """Find where the verb of a part begins and ends; both are the same where none comes first."""
    found = (start, start)
    place = start
    while place < end:
        if match := words.verb.match(text, place, end):
            found = (place, match.end())
        step = _DATE.match(text, place, end) or words.adverb.match(text, place, end)
        if step is None or step.end() == place:
            break
        place = step.end()
    if found[1] > found[0]:
        return found
    if moved := _MOVED.match(text, place, end):
        return place, moved.start() + 1
    if placed := _PLACED.match(text, place, end):
        for at in range(placed.end(), min(end, place + _PLACED_WITHIN)):
            if match := words.verb.match(text, at, end):
                return place, match.end()
    return start, start
