"""A topic's name, 6 to 18 characters of one of its titles: informative, readable, unique.

Of the stretches of its titles that one is chosen that says most in few characters, is true of many of its texts (a
topic on many building sites is not called after one of them), and begins and ends where the writer might have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from xiansuo.topics.edges import APART, BEHIND, CLOSING, EDGE, NO_END, NO_START, PERSONS, PLACE_ENDS
from xiansuo.topics.joints import Joints
from xiansuo.topics.titles import SHORTEST, bare_title, mixed, spoken

LONGEST = 18

# Two names that share this much of their character pairs read as one.
_ALIKE = 0.7
_TITLES = 12
# A word that this share of a topic's texts has is true of the topic; one that fewer have counts in proportion.
_SHARED = 0.5
# What a stretch is worth whose end lies inside something that belongs together.
_CLIPPED = 0.1
# What a clause is worth that is not the last of its title.
_SCENE = 0.85
# What a stretch is worth with a number or code that few of the texts have.
_PARTICULAR = 0.5
# What a stretch is worth that only says where.
_PLACE = 0.7


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a topic's words: `weights` of its key words; in which share of its texts each of `spoken` is."""

    weights: Mapping[str, float]
    shares: Mapping[str, float]


def name_topic(
    titles: Sequence[Sequence[Sequence[str]]], known: Known, joints: Joints, taken: Set[str], stock: Set[str]
) -> str:
    """Name a topic.

    :param titles: its texts' titles as `clauses` gives them, the most typical first.
    :param taken: names that are given already.
    :param stock: words that say nothing of a matter.
    """
    scored: dict[str, float] = {}
    for rank, title in enumerate(titles[:_TITLES]):
        for place, clause in enumerate(title):
            # What stands before a comma is often but the scene.
            worth = _SCENE if place < len(title) - 1 else 1.0
            for text, score in _stretches(clause, known, joints, stock):
                # Typical titles first: the same stretch in a later title adds nothing.
                scored[text] = max(scored.get(text, 0.0), score * worth * (1 - 0.02 * rank))
    for text in sorted(scored, key=lambda each: (-round(scored[each], 6), each)):
        if not any(_alike(text, other) for other in taken):
            return text
    return _joined(["".join(word for clause in title for word in clause) for title in titles], known.weights, taken)


def _stretches(words: Sequence[str], known: Known, joints: Joints, stock: Set[str]) -> Iterator[tuple[str, float]]:
    said = spoken(words)
    joint = [
        _joint(left, right, alone == left, joints) for left, right, alone in zip(words, words[1:], said, strict=False)
    ]
    # What a cut before each word costs, the last one standing for the end; nothing where the writer stopped.
    cut = [1.0, *joint, 1.0]
    for start in range(len(words)):
        # A single character may open a clause; elsewhere it is the end of something that was cut.
        if words[start] in NO_START or words[start] in stock or (start and _single(words[start])):
            continue
        length, weight, true, told, particular = 0, 0.0, 0.0, 0, 1.0
        seen: set[str] = set()
        for end in range(start, len(words)):
            word = words[end]
            length += len(word)
            if length > LONGEST or word in PERSONS:
                break
            holds = min(1.0, known.shares.get(said[end], 0.0) / _SHARED)
            if word.isascii() and holds < 1:
                particular = _PARTICULAR
            if word not in seen:
                weight += known.weights.get(word, 0.0) * holds
                seen.add(word)
            if not _light(word, stock):
                told += len(word)
                true += len(word) * holds
            score = weight * cut[start] * cut[end + 1]
            if length < SHORTEST or _never_last(word, stock) or score * told == 0:
                continue
            # A stretch that begins or ends where the author did reads better than one from the
            # middle.
            bonus = 1.0 + 0.25 * (start == 0) + 0.35 * (end == len(words) - 1)
            text = "".join(words[start : end + 1])
            where = _PLACE if text[-1] in PLACE_ENDS or word in PLACE_ENDS else 1.0
            yield text, score * bonus * where * particular * true / told / length**0.4


def _joint(left: str, right: str, alone: bool, joints: Joints) -> float:
    """What a name is worth that is cut between two words: nothing inside 7号线 or 改造后.

    :param alone: whether the left word stands alone and is not the 路 of 7路.
    """
    if mixed(left, right) or right in BEHIND:
        return 0.0
    if alone and _single(left) and left not in APART:
        return _CLIPPED
    if left in EDGE or right in EDGE:
        return 1.0
    return _CLIPPED if joints.holds(left, right) else 1.0


def _never_last(word: str, stock: Set[str]) -> bool:
    return word in NO_END or (word in stock and word not in CLOSING)


def _single(word: str) -> bool:
    return len(word) == 1 and not word.isascii()


def _light(word: str, stock: Set[str]) -> bool:
    return word in EDGE or word in stock


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    a, b = _pairs(left), _pairs(right)
    return len(a & b) >= _ALIKE * max(1, min(len(a), len(b)))


@cache
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _joined(titles: Sequence[str], weights: Mapping[str, float], taken: Set[str]) -> str:
    """Join the heaviest words where no title will do; number the name where that is taken."""
    text = ""
    for word in weights:
        if len(text) + len(word) <= LONGEST and word not in text:
            text += word
        if len(text) >= SHORTEST:
            break
    text = text or next((bare_title(title)[:LONGEST] for title in titles if bare_title(title)), "未命名")
    name, number = text, 2
    while name in taken:
        name = f"{text[: LONGEST - 3]}（{number}）"
        number += 1
    return name
