"""The words by which texts about a task are known: what its actions are about, without words that any task has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from xiansuo.recommend.reports.task_words import Cut, TaskWords

_LONGEST, _SHORTEST, _ENOUGH = 8, 2, 4
_MOST = 8
_QUOTED = re.compile(r'"([^"]{2,12})"')
_QUOTED_AND = re.compile(r'"[^"]{2,12}"[和与及]?')
_BETWEEN = re.compile(
    r"[^\w]+|\d[\d.]*[余多]?(?:[万亿百]|千(?![瓦米克]))*"
    r"(?:千瓦|公里|平方米|亿元|人次|[个家处条亩套户张名人所座项台吨元场部件次年月天支只斤期])?"
)
_FUNCTION = frozenset(
    "和与及或的等为到在将对从向由以并之其可使让把更再还最各每该本了着所被给跟同不未无中上下内外前后间型性化级类"
)
_ODD = frozenset(("分别", "同比", "率", "大"))
_COUNTED = re.compile(r"第?[一二三四五六七八九十百千两几多]+(?:个|大|类|项|批|次|种|级|届|年|月|条|轮|步|位|期)?")
# 夜市 and 超市 are no cities.
_OF_A_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}(?<![夜早超集股楼门菜都])[市县州盟省旗]")
_NAME = 4
_EVERYWHERE = 4
"""Paragraphs that have a short word from which on it tells no task from another."""


def keywords_of(objects: Sequence[str], words: TaskWords, cut: Cut) -> tuple[str, ...]:
    """Gather up to eight words of 2 to 8 characters (quoted names up to 12), in reading order.

    :param objects: what each action of a task is about, normalised.
    """
    found: dict[str, None] = {}
    for object in objects:
        found |= dict.fromkeys(match[1] for match in _QUOTED.finditer(object))
        for phrase in _BETWEEN.split(_QUOTED_AND.sub("、", object)):
            found |= dict.fromkeys(_of_phrase(phrase, words, cut))
    kept = [word for word in found if not any(word != other and word in other for other in found)]
    return tuple(kept[:_MOST])


def things(object: str, words: TaskWords, cut: Cut) -> set[str]:
    """Name the things that an action is about: its words of two characters and more that say something."""
    return {word for word in cut(object) if len(word) >= _SHORTEST and _telling(word, words)}


def words_of_everywhere(paragraphs: Iterable[str], words: TaskWords, cut: Cut) -> frozenset[str]:
    """Find short words that many paragraphs of a report have: names of its places, words of its genre."""
    spread = Counter(word for paragraph in paragraphs for word in things(paragraph, words, cut))
    return frozenset(word for word, count in spread.items() if count >= _EVERYWHERE and len(word) <= _NAME)


def _of_phrase(phrase: str, words: TaskWords, cut: Cut) -> Iterator[str]:
    run: list[str] = []
    for word in [*cut(phrase), ""]:
        if word and _telling(word, words):
            run.append(word)
            continue
        yield from _of_run(run)
        run = []


def _of_run(run: Sequence[str]) -> Iterator[str]:
    """Yield a run of telling words whole, or, where it is too long, in pieces of about four characters."""
    whole = "".join(run)
    if len(whole) <= _LONGEST:
        if len(whole) >= _SHORTEST and not _OF_A_PLACE.fullmatch(whole):
            yield whole
        return
    piece = ""
    for word in run:
        piece += word
        if len(piece) >= _ENOUGH:
            if len(piece) <= _LONGEST:
                yield piece
            piece = ""
    if len(piece) >= _SHORTEST:
        yield piece


def _telling(word: str, words: TaskWords) -> bool:
    if word in words.empty or word in _FUNCTION or word in _ODD or _COUNTED.fullmatch(word):
        return False
    return not word[0].isdigit() and any(char.isalnum() for char in word)
