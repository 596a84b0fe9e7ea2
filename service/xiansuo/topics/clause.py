"""The clauses of a topic's titles, each word with what it tells: where something is, or what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from xiansuo.topics.edges import EDGE, SIDES
from xiansuo.topics.grounds import HOUSES
from xiansuo.topics.joints import Joints
from xiansuo.topics.titles import spoken
from xiansuo.topics.wheres import Wheres

# What a word tells that no other matter has: it may be a name. It is more than an accident from this share of texts on.
_MAYBE, _TRUE = 0.65, 0.3
# How far a word tells what a topic is about that one title has, and how much further if all have it.
_UNSAID, _SAID = 0.6, 0.4
# A word that says who: with the name before it, it says nothing of the matter.
_WHO = re.compile(
    r".+(?:局|公司|学校|中学|小学|附中|大学|学院|医院|银行|派出所|委员会|工厂|大厦|宾馆|酒店|广场|公园|中心)"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a topic's words.

    `weights` of its key words, heaviest first; in what share of its texts a word is, alone or as it is
    `spoken`, 0..1; how many of its `texts` have a word.
    """

    weights: Mapping[str, float]
    shares: Mapping[str, float]
    texts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Archive:
    """What is known of all words: where they may be cut, which say where, which say nothing."""

    joints: Joints
    wheres: Wheres
    stock: Set[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """Words, as what each is spoken, whether it says where, and how far it says what, 0..1."""

    words: Sequence[str]
    said: Sequence[str]
    where: Sequence[bool]
    what: Sequence[float]

    def part(self, start: int, end: int) -> Clause:
        """Take some of the words."""
        return Clause(self.words[start:end], self.said[start:end], self.where[start:end], self.what[start:end])

    def and_then(self, other: Clause) -> Clause:
        """Put other words behind these."""
        return Clause(
            [*self.words, *other.words],
            [*self.said, *other.said],
            [*self.where, *other.where],
            [*self.what, *other.what],
        )


def read_titles(
    titles: Sequence[Sequence[Sequence[str]]], titled: Mapping[str, float], known: Known, archive: Archive
) -> list[list[Clause]]:
    """Tell of the words of a topic's titles what each says.

    :param titles: as `titles.clauses` cuts them.
    :param titled: in what share of the titles each word is.
    """
    marked = [[archive.wheres.marks(words, archive.joints, known.texts) for words in title] for title in titles]
    seen: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for title, marks in zip(titles, marked, strict=True):
        for words, where in zip(title, marks, strict=True):
            seen.update(words)
            there.update(word for word, mark in zip(words, where, strict=True) if mark)
    # What is a place in most of the titles is one in the others; a code goes with what stands behind it: A3区, 3号线.
    mostly = {word for word, count in there.items() if 2 * count >= seen[word] and not word.isascii()}
    return [
        [
            _clause(
                words, [mark or word in mostly for word, mark in zip(words, where, strict=True)], titled, known, archive
            )
            for words, where in zip(title, marks, strict=True)
        ]
        for title, marks in zip(titles, marked, strict=True)
    ]


def light(word: str, stock: Set[str]) -> bool:
    """Tell whether a word says nothing of any matter."""
    return word in EDGE or word in stock


def _clause(
    words: Sequence[str], where: Sequence[bool], titled: Mapping[str, float], known: Known, archive: Archive
) -> Clause:
    said = spoken(words)
    what = [
        0.0 if there else _what(word, known.shares.get(alone, 0.0), known, archive) * (_UNSAID + _SAID * titled[word])
        for word, alone, there in zip(words, said, where, strict=True)
    ]
    for place in range(len(words) - 2, -1, -1):
        # Who somebody is, is said by the name before 学校 or 公司 too.
        if words[place + 1] in HOUSES or _WHO.fullmatch(words[place + 1]):
            bound = archive.joints.binds(words[place], words[place + 1])
            if bound or (place and where[place - 1]) or archive.wheres.rare(words[place], known.texts):
                what[place] = 0.0
    return Clause(words, said, where, what)


def _what(word: str, share: float, known: Known, archive: Archive) -> float:
    if len(word) < 2 or word.isascii() or word in SIDES or light(word, archive.stock) or _WHO.fullmatch(word):
        return 0.0
    if not archive.wheres.rare(word, known.texts):
        return 1.0
    return _MAYBE if share >= _TRUE else 0.0
