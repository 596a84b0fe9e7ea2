"""A theme's name: what its topics share, told without the place of any of them.

The topics of a theme count as its texts do for a topic: a word weighs what it does for them in the mean, and less if
few of them have it. What is said best in a few characters is filled up, 频繁停水等问题; where the titles of two or
three topics share nothing, two of them stand for all: 人才新政补贴与燃油补贴.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import product

from xiansuo.topics.clause import Archive, Clause, Known
from xiansuo.topics.edges import AND, DOING, EDGE, SIDES
from xiansuo.topics.grounds import GROUNDS, HOUSES, SPOTS
from xiansuo.topics.name import LONGEST, numbered, ranked, titled_words
from xiansuo.topics.names import Names
from xiansuo.topics.titles import SHORTEST

# A word is shared if one in so many topics have it, and two at least.
_ONE_IN = 4
# What a word counts that is not.
_UNSHARED = 0.3
# How far a word says what that several topics' titles have, and what a name is worth that has none of them.
_SAYS, _NONE = 0.65, 0.15
# What a name is worth that tells what to do, or one thing twice.
_DOES = 0.6
# What the name of many topics is worth of which less than half is what several titles say.
_PARTICULAR, _HALF = 0.4, 0.5
_TITLES = 12
# Themes of so few topics may be told by two of them, where less than this part of a name is what all titles say.
_FEW, _COVERED = 3, 0.4
# Characters of what is told of each of two topics, and of a name before it is filled up.
_PARTS, _SHORT, _TELLING = ((3, 7), (2, 7)), 3, 4
_TAIL = "等问题"
# A long name is taken unless a short one is so much better.
_NEARLY = 0.8
# A topic's name is its theme's only if the topic has this part of the documents.
_MOST = 2 / 3
_CODED = re.compile(r"[A-Z]\d*[省市区县]")
# 乡 of 北坪乡慢病患者, but not of 乡镇.
_REST = re.compile(r"[省市区县镇乡村](?![场民政村镇庄级域内城干委])|城(?![市管区铁乡镇轨际建中])")
_TWICE = re.compile(r"(..).*\1")
# These say of what kind a place is, and are part of what is told: 配套幼儿园.
_KINDS = GROUNDS | HOUSES | SPOTS | EDGE


@dataclass(frozen=True, slots=True)
class Side:
    """A topic as a side of its theme: its name, how many documents it has, its titles, and what is known of its words.

    `read` are the titles, typical first, and `told` the name, as `clause` reads them; `places` are words that say where
    in its titles, `named` words that do so elsewhere in its texts.
    """

    name: str
    size: int
    titles: Sequence[Sequence[Sequence[str]]]
    read: Sequence[Sequence[Clause]]
    told: Sequence[Clause]
    known: Known
    places: Set[str]
    named: Set[str]


def shared_words(sides: Sequence[Side]) -> dict[str, float]:
    """Weigh the words that several topics have, alone or in longer ones, heaviest first, but none of places."""
    mean = _mean([side.known.weights for side in sides])
    having = _having(mean, ["\n".join(side.known.weights) for side in sides])
    least = max(2, -(-len(sides) // _ONE_IN))
    places = _places(sides).union(*(side.named for side in sides))
    return {word: weight for word, weight in mean.items() if having[word] >= least and word not in places}


def _having(words: Iterable[str], told: Sequence[str]) -> dict[str, int]:
    return {word: sum(word in each for each in told) for word in words}


def only_a_place(sides: Sequence[Side]) -> bool:
    """Tell whether all that the topics of a theme share is where they are.

    A word that says where stands in most titles of every topic, and no other word does so.
    """
    titles = [["".join(word for clause in title for word in clause) for title in side.titles] for side in sides]

    def shared(word: str) -> bool:
        return all(2 * sum(word in title for title in texts) >= len(texts) for texts in titles)

    where = [word for word in _places(sides) if shared(word)]
    others = {word for side in sides for word in titled_words(side.titles)} - _places(sides)
    told = {word for word in others if len(word) > 1 and word not in EDGE | GROUNDS | SIDES}
    return bool(where) and not any(
        shared(word) for word in told if not any(word in place or place in word for place in where)
    )


def name_theme(sides: Sequence[Side], archive: Archive, taken: Names) -> str:
    """Name a theme, in 6 to 16 characters wherever its titles allow it.

    :param sides: its topics, largest first, one at least.
    :param taken: names of other themes; none is given twice, nor is one alike if there is another to be had.
    """
    total, places = sum(side.size for side in sides), _places(sides)
    banned = {side.name for side in sides if side.size < _MOST * total}
    found = [text for text in _candidates(sides, archive, places) if text not in banned and len(text) >= SHORTEST]
    found = found or [sides[0].name]
    for text in [*found, sides[0].name]:
        if not taken.alike(text):
            return text
    return numbered(found[0], taken)


def _candidates(sides: Sequence[Side], archive: Archive, places: Set[str]) -> list[str]:
    shared = shared_words(sides)
    weights = {
        word: weight * (1.0 if any(each in word for each in shared) else _UNSHARED)
        for word, weight in _mean([side.known.weights for side in sides]).items()
        if word not in places
    }
    weights = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))
    known = Known(weights, _mean([side.known.shares for side in sides]), {})
    words = {
        word for side in sides for word in titled_words(side.titles) if len(word) > 1 and word not in EDGE | GROUNDS
    }
    told = _having(sorted(words - places), [_text(side) for side in sides])
    general = {word for word, count in told.items() if count > 1}
    titled = {word: told[word] / len(sides) for word in sorted(general) if word in weights and word not in SIDES}
    having = {word: frozenset(n for n, side in enumerate(sides) if word in _text(side)) for word in sorted(general)}
    read = _anew(_typical(sides, weights), general)
    scored = {
        text: score * _general(text, having, len(sides)) * (_DOES if _does(text) or _TWICE.search(text) else 1.0)
        for text, score in ranked(read, titled, known, archive, lengths=(_SHORT, LONGEST)).items()
        if _free(text, general, places)
    }
    order = sorted(scored, key=lambda text: (-round(scored[text], 6), text))
    order = [text for text in order if len(text) >= SHORTEST or _may_be_filled_up(text, general)]
    long = [text for text in order if len(text) >= SHORTEST]
    if len(sides) > _FEW:
        best = order[:1] if not long or scored[long[0]] < _NEARLY * scored[order[0]] else []
        if not best and (not long or _covered(long[0], general) < _HALF):
            return [*_joined(sides, general, archive, places), *long]
    else:
        best = [text for text in order if len(text) >= _TELLING and _covered(text, titled.keys()) == 1][:1]
        if long and _told_by_all(long[0], titled.keys()):
            best = [text for text in best if scored[long[0]] < _NEARLY * scored[text] and len(text) > _TELLING]
        elif not best:
            return [*_joined(sides, general, archive, places), *long]
    # Where several titles say more than the short one, and nothing else, nothing need be filled up.
    fuller = [text for text in long if best and best[0] in text and _covered(text, general) == 1]
    return [*fuller, *(text if len(text) >= SHORTEST else text + _TAIL for text in best), *long]


def _typical(sides: Sequence[Side], weights: Mapping[str, float]) -> list[Sequence[Clause]]:
    """Choose the titles that say most of what is shared, some of each topic."""
    each = max(2, _TITLES // len(sides))
    chosen = []
    for number, side in enumerate(sides):
        scores = [_told(title, weights) for title in side.read]
        best = sorted(range(len(scores)), key=lambda rank: (-scores[rank], rank))[:each]
        chosen += [(-scores[rank], number, rank) for rank in best]
    return [sides[number].read[rank] for _, number, rank in sorted(chosen)[:_TITLES]]


def _told(title: Sequence[Clause], weights: Mapping[str, float]) -> float:
    words = sorted({word for clause in title for word in clause.words})
    return round(sum(weights.get(word, 0.0) for word in words) / math.sqrt(1 + len(words)), 6)


def _joined(sides: Sequence[Side], general: Set[str], archive: Archive, places: Set[str]) -> Iterator[str]:
    """Tell the first topic and each of the others in a few words."""
    parts = [part for part in (_part(side, general, archive, places) for side in sides) if part]
    for part in parts[1:]:
        both = [word for word in general if word in parts[0] and word in part]
        # Two that end alike, such as two kinds of 补贴, are told side by side; else the first one says what they share.
        alike = any(parts[0].endswith(word) and part.endswith(word) for word in both) and parts[0] != part
        text = f"{parts[0]}与{part}" if alike or not both else parts[0]
        yield text if len(text) >= SHORTEST else text + _TAIL


def _part(side: Side, general: Set[str], archive: Archive, places: Set[str]) -> str:
    for told, lengths in product(([side.told], side.read), _PARTS):
        read = _anew(told, general)
        titled = titled_words([[clause.words for clause in title] for title in read])
        # Two parts are short as it is: here a longer one, which says more, is better.
        found = {
            text: round(score * len(text), 6)
            for text, score in ranked(read, titled, side.known, archive, lengths=lengths).items()
            if _free(text, general, places)
            and not any(text.startswith(word) for word in DOING)
            and AND.isdisjoint(text)
        }
        if found:
            return min(found, key=lambda text: (-found[text], text))
    return ""


def _anew(titles: Sequence[Sequence[Clause]], general: Set[str]) -> list[list[Clause]]:
    """Have words that the titles of several topics have say what, not where: 食堂 of 幸福食堂."""
    return [
        [
            replace(
                clause,
                where=[where and word not in general for word, where in zip(clause.words, clause.where, strict=True)],
                what=[
                    max(what, _SAYS) if word in general and word not in SIDES else what
                    for word, what in zip(clause.words, clause.what, strict=True)
                ],
            )
            for clause in title
        ]
        for title in titles
    ]


def _places(sides: Sequence[Side]) -> frozenset[str]:
    """Find the words that say where in most of a theme's topics that have them in their titles."""
    said = Counter(word for side in sides for word in side.places)
    having = _having(said, [_text(side) for side in sides])
    return frozenset(
        word for word, count in said.items() if len(word) > 1 and 2 * count > having[word] and word not in _KINDS
    )


def _free(text: str, general: Set[str], places: Set[str]) -> bool:
    """Tell whether a text names no place: that 消防 stands in some place's name does not forbid 消防通道."""
    if _CODED.search(text) or _REST.match(text):
        return False
    return not any(place in text and not any(place in word and word in text for word in general) for place in places)


def _does(text: str) -> bool:
    """Tell whether a text says in its midst that something is to be done."""
    return any(word in text[1:-2] for word in DOING)


def _told_by_all(text: str, titled: Set[str]) -> bool:
    """Tell whether a name of few topics says of all of them what they are about."""
    return _covered(text, titled) >= _COVERED or sum(word in text for word in titled) > 1


def _may_be_filled_up(text: str, general: Set[str]) -> bool:
    return text[-1] != _TAIL[-1] and _covered(text, general) >= (_MOST if len(text) >= _TELLING else 1)


def _general(text: str, having: Mapping[str, Set[int]], sides: int) -> float:
    """Tell what a name is worth by how much of it several titles say, and of how many topics it speaks.

    :param having: the topics whose titles have a word, by the words of several.
    """
    covered = _covered(text, having.keys())
    worth = _NONE + (1 - _NONE) * covered
    if sides > _FEW:
        # What is said of many topics is not told by one of them.
        reached = frozenset[int]().union(*(topics for word, topics in having.items() if word in text))
        worth *= (_PARTICULAR if covered < _HALF else 1.0) * len(reached) / sides
    return worth


def _covered(text: str, words: Set[str]) -> float:
    """Tell which part of a text, 0..1, is made of some words, each counted once."""
    marks = [False] * len(text)
    for word in words:
        start = text.find(word)
        if start >= 0:
            marks[start : start + len(word)] = [True] * len(word)
    return sum(marks) / len(text)


def _text(side: Side) -> str:
    return "\n".join("".join(clause) for title in side.titles for clause in title)


def _mean(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    summed: dict[str, float] = defaultdict(float)
    for own in found:
        for word, value in own.items():
            summed[word] += value
    means = {word: round(value / len(found), 6) for word, value in summed.items()}
    return dict(sorted(means.items(), key=lambda item: (-item[1], item[0])))
