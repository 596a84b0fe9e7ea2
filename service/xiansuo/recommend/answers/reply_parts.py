"""Which of a proposal's several suggestions its reply speaks to, and whether it settles them.

A department answers point by point: 关于…，…。 您提出的…，…。 Each point is laid against each suggestion by the
characters they share, rare ones counting more, and by meaning where vectors are at hand.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.answers.replies import ANSWERED, ReplyModel, answer
from xiansuo.recommend.answers.reply_features import spoken
from xiansuo.records import Grade, Reply
from xiansuo.text.normalise import normalise

_OPENS = re.compile(
    r"(?:关于|对于?|涉及|就|至于|[您你](?:所)?提|提案所提|其余|[(]?[一二三四五六七八九][)、]|\d{1,2}[.、]|[一二三四五六]是)"
)
_HEAD = re.compile(r"(?:关于|对于?|涉及|就|至于|[您你]?(?:所)?提出?的?)(?P<head>[^,。;:]{2,30})")
_REST = re.compile(r"(?:[您你]提?的?)?其[余他][^,。;]{0,6}(?:建议|意见|问题)")
# From so much in common a point of the reply is on a suggestion: of what the point names in its head, or of all.
_BY_HEAD, _BY_WORDS, _BY_MEANING = 0.4, 0.16, 0.62
_EMPTY = re.compile("建议|问题|方面|进行|工作|我市|我省|相关|有关|情况")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a reply: characters `start` to `end` of its text, and what they say, normalised."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Settled:
    """How a reply stands to one suggestion: the point that speaks to it, None where none does, and a probability 0..1.

    The probability is that of the suggestion's being settled.
    """

    point: Point | None
    probability: float

    @property
    def answered(self) -> bool:
        """Tell whether the suggestion counts as settled."""
        return self.probability >= ANSWERED


def points(reply: str) -> list[Point]:
    """Split a reply into its points; greetings are left out."""
    found: list[Point] = []
    for piece, start, end in spoken(reply):
        if found and not _OPENS.match(piece):
            last = found[-1]
            found[-1] = Point(last.start, end, f"{last.text}{piece}")
        else:
            found.append(Point(start, end, piece))
    return found


def settled(
    suggestions: Sequence[str],
    reply: Reply,
    likeness: NDArray[np.float32] | None = None,
    model: ReplyModel | None = None,
) -> list[Settled]:
    """Tell of each suggestion whether the reply settles it.

    What no point speaks to is as settled as the grade says: with 已解决或采纳 it is, else not. A reply of one sentence
    that names none of them is on all.

    :param likeness: cosines of suggestions with the points of the reply (suggestions, points), if known.
    """
    said = points(reply.text)
    single = [Point(start, end, piece) for piece, start, end in spoken(reply.text)]
    rest = next((point for point in said if _REST.match(point.text)), None)
    pairs = [_pairs(text) for text in suggestions]
    counts = Counter(pair for each in pairs for pair in each)
    rare = {pair: math.log((len(pairs) + 1) / count) for pair, count in counts.items()}
    found = []
    for row, (text, own) in enumerate(zip(suggestions, pairs, strict=True)):
        scored = [(_in_common(own, point.text, rare), -place, point) for place, point in enumerate([*said, *single])]
        if likeness is not None:
            scored += [(float(likeness[row, place]) / _BY_MEANING, -place, point) for place, point in enumerate(said)]
        score, _, speaks = max(scored, key=lambda each: (round(each[0], 4), each[1]), default=(0.0, 0, None))
        if score < 1:
            speaks = single[0] if len(single) == 1 and not _HEAD.match(single[0].text) else rest
        if speaks is None:
            found.append(Settled(None, 1.0 if reply.grade is Grade.DONE else 0.0))
        else:
            grade = reply.grade if len(single) == 1 else None
            found.append(Settled(speaks, answer(text, speaks.text, grade, model, point=True).probability))
    return found


def _in_common(own: set[str], point: str, rare: dict[str, float]) -> float:
    """Measure what a suggestion and a point share, 1 where it is just enough."""
    theirs = _pairs(point)
    shared = math.fsum(sorted(rare[pair] for pair in own & theirs))
    whole = math.fsum(sorted(rare[pair] for pair in own))
    score = shared / whole / _BY_WORDS if whole else 0.0
    head = _HEAD.match(point)
    if head:
        named = _pairs(head["head"])
        score = max(score, len(named & own) / max(1, len(named)) / _BY_HEAD) if named else score
    return score


def _pairs(text: str) -> set[str]:
    bare = _EMPTY.sub(" ", normalise(text).text)
    return {bare[i : i + 2] for i in range(len(bare) - 1) if bare[i : i + 2].isalnum()}
