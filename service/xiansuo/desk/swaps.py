"""Which names and figures of an earlier text stand exchanged in a draft, for an editor's eye (换了哪些地名和数字)."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xiansuo.desk.report import Match
from xiansuo.records import Labelled
from xiansuo.text.normalise import normalise
from xiansuo.text.numerals import numbers
from xiansuo.text.places import places

_KEPT = 0.6
"""Share of two sentences' characters that agree in order, from which one was made of the other."""
_LONGEST = 14
_TOKEN = re.compile(r"\d+(?:\.\d+)?(?:[%％‰]|[万亿千百]+)?|[一二三四五六七八九十百千万亿两零〇]{2,}|.", re.DOTALL)
_NAME = re.compile("[A-Za-z]*[\u4e00-\u9fff][A-Za-z\u4e00-\u9fff]*")
_EDGES = re.compile(r"^[^\w]+|[^\w%％‰]+$")
_ENDINGS = frozenset("省市区县镇乡村街路")


class SwapKind(Labelled):
    """What was exchanged."""

    PLACE = "place", "地名"
    NUMBER = "number", "数字"
    NAME = "name", "名称"


@dataclass(frozen=True, slots=True)
class Swap:
    """Something of the earlier text, what stands for it in the draft, and how often that was done."""

    kind: SwapKind
    earlier: str
    draft: str
    times: int


def swaps(text: str, match: Match) -> tuple[Swap, ...]:
    """List what was exchanged in the sentences that a draft shares with a match, the most frequent first.

    :param text: the draft, as in its report.
    """
    found: Counter[tuple[str, str]] = Counter()
    for pair in match.evidence.pairs:
        found.update(_replaced(match.text[slice(*pair.earlier)], text[slice(*pair.draft)]))
    named = [
        Swap(kind, old, new, times)
        for (old, new), times in found.items()
        if (kind := _kind(old, new)) and (kind is SwapKind.NUMBER or (new not in match.text and old not in text))
    ]
    return tuple(sorted(named, key=lambda swap: (-swap.times, list(SwapKind).index(swap.kind))))


def _replaced(old: str, new: str) -> Iterator[tuple[str, str]]:
    one, other = _TOKEN.findall(old.strip()), _TOKEN.findall(new.strip())
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < _KEPT:
        return
    for what, low, high, start, stop in matcher.get_opcodes():
        if what == "replace":
            # 鼓楼 for 台江, both before 区: the ending belongs to the name.
            ending = one[high] if high < len(one) and one[high] in _ENDINGS else ""
            yield _bare(one[low:high]) + ending, _bare(other[start:stop]) + ending


def _bare(tokens: list[str]) -> str:
    return _EDGES.sub("", "".join(tokens))


def _kind(old: str, new: str) -> SwapKind | None:
    if max(len(old), len(new)) > _LONGEST:
        return None
    was, now = (normalise(text).text for text in (old, new))
    if numbers(was) and numbers(now):
        return SwapKind.NUMBER if numbers(was) != numbers(now) else None
    if min(len(old), len(new)) < 2 or not (_NAME.fullmatch(old) and _NAME.fullmatch(new)):
        return None
    # One that shares characters with the other was mended, not exchanged.
    if set(old) & set(new) - _ENDINGS:
        return None
    return SwapKind.PLACE if places(was) and places(now) else SwapKind.NAME
