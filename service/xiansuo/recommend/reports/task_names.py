"""What a task is called: its verb and what it is about, in 4 to 20 characters."""

from __future__ import annotations

import re

from xiansuo.recommend.reports.task_words import Cut, TaskWords

_LONGEST, _SHORTEST = 20, 4
_FEWEST = 6
_BRACKETS = re.compile(r"\([^)]*\)")
_FIGURE = re.compile(
    r"(?:近|约|超过|超|共)?\d[\d.]*[余多]?(?:[万亿百%]|千(?![瓦米克]))*"
    r"(?:个|家|处|条|公里|亩|套|户|张|名|人次|人|所|座|项|台|吨|千瓦|平方米|元|场|部|件|次|支|只|斤)(?:以上|左右|以内)?"
)
_MARKS = re.compile(r'[、和与及](?=[^"]*(?:"[^"]*"[^"]*)*$)')
_SO_ON = "等"
_CAUSES = ("支持", "推动", "鼓励", "引导", "促进", "推进", "帮助", "指导", "保障")
_CONNECTS = frozenset("、,:;和与及或的为到在将对从向由以并等之")


def name_of(action: str, words: TaskWords, cut: Cut) -> str:
    """Name a task after its first action; empty where that says too little.

    What is too long loses what stands in brackets, then its figures, then members of its lists, then its end.

    :param action: normalised text that begins with the verb.
    """
    told = _BRACKETS.sub("", action).strip(" 、")
    if len(told) > _LONGEST:
        told = _FIGURE.sub("", told)
    if len(told) > _LONGEST and not words.verb.match(told) and (verb := words.verb.search(told, 1)):
        told = told[verb.start() :]
    if len(told) > _LONGEST and (verb := words.verb.match(told)):
        told = _with_fewer_members(told, verb.end(), words).rstrip("、和与及")
    if len(told) > _LONGEST:
        told = _ended(told, cut)
    return _printed(told) if len(told) >= _SHORTEST else ""


def _with_fewer_members(told: str, verb: int, words: TaskWords) -> str:
    """Leave out members of a list: all but the last before 等, else from the front, so that what is listed stays."""
    marks = [match.start() for match in _MARKS.finditer(told, verb)]
    if not marks:
        return told
    so_on = told.find(_SO_ON, marks[0])
    if so_on > 0 and (before := [mark for mark in marks if mark < so_on]):
        behind = next((mark for mark in marks if mark > so_on), len(told))
        shorter = told[:verb] + told[before[-1] + 1 :]
        return shorter if len(shorter) <= _LONGEST else told[:verb] + told[before[-1] + 1 : behind]
    first = told[: marks[0]]
    if told.startswith(_CAUSES) and _FEWEST <= len(first) <= _LONGEST and words.verb.search(told, verb, marks[0]):
        return first
    behind_marks = (told[:verb] + told[mark + 1 :] for mark in marks)
    fitting = (each for each in behind_marks if _FEWEST <= len(each) <= _LONGEST)
    return next(fitting, first if len(first) >= _FEWEST else told)


def _ended(told: str, cut: Cut) -> str:
    """End a name at a word, not in the middle of something."""
    kept: list[str] = []
    for word in cut(told):
        if sum(map(len, kept)) + len(word) > _LONGEST:
            break
        kept.append(word)
    while kept and (kept[-1] in _CONNECTS or _is_open("".join(kept))):
        kept.pop()
    return "".join(kept)


def _is_open(told: str) -> bool:
    return told.count('"') % 2 == 1 or told.count("《") > told.count("》")


def _printed(told: str) -> str:
    """Write quotation marks as they are printed, one without its pair not at all."""
    pieces = told.split('"')
    if len(pieces) % 2 == 0:
        return "".join(pieces)
    marks = ["“", "”"] * (len(pieces) // 2 + 1)
    return "".join(piece + mark for piece, mark in zip(pieces, [*marks[: len(pieces) - 1], ""], strict=True))
