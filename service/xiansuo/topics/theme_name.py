"""A theme's name: what its topics share, told without the place of any of them.

The topics of a theme count as its texts do for a topic: a word weighs what it does for them in the mean, and less if
few of them have it. What is said best in a few characters is filled up, 频繁停水等问题; where the titles of two or
three topics share nothing, two of them stand for all: 人才新政补贴与燃油补贴.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from xiansuo.topics.clause import Archive, Clause, Known
from xiansuo.topics.edges import DOING, EDGE, SIDES
from xiansuo.topics.grounds import GROUNDS, HOUSES, SPOTS
from xiansuo.topics.name import LONGEST, ranked, titled_words
from xiansuo.topics.names import Names
from xiansuo.topics.titles import SHORTEST

# A word is shared if one in so many topics have it, and two at least.
_ONE_IN = 4
# What a word counts that is not.
_UNSHARED = 0.3
_TITLES = 12
# Themes of so few topics may be told by two of them, where less than this part of a name is what all titles say.
_FEW, _COVERED = 3, 0.4
# Characters of what is told of each of two topics, and of a name before it is filled up.
_PART, _SHORT = (2, 7), 3
_TAIL = "等问题"
# A long name is taken unless a short one is so much better.
_NEARLY = 0.65
# A topic's name is its theme's only if the topic has this part of the documents.
_MOST = 2 / 3
_CODED = re.compile(r"[A-Z]\d*[省市区县]")
# These say of what kind a place is, and are part of what is told: 配套幼儿园.
_KINDS = GROUNDS | HOUSES | SPOTS | EDGE


@dataclass(frozen=True, slots=True)
class Side:
    """A topic as a side of its theme: its name, how many documents it has, its titles, and what is known of its words.

    `read` are the titles, typical first, and `told` the name, as `clause` reads them; `places` are words of its texts
    that belong to the names of places.
    """

    name: str
    size: int
    titles: Sequence[Sequence[Sequence[str]]]
    read: Sequence[Sequence[Clause]]
    told: Sequence[Clause]
    known: Known
    places: Set[str]


def shared_words(sides: Sequence[Side]) -> dict[str, float]:
    """Weigh the words that several topics have, without places, heaviest first."""
    having = Counter(word for side in sides for word in side.known.weights)
    least = max(2, -(-len(sides) // _ONE_IN))
    places = _places(sides)
    mean = _mean([side.known.weights for side in sides])
    return {
        word: weight
        for word, weight in mean.items()
        if having[word] >= least and not any(place in word for place in places)
    }


def name_theme(sides: Sequence[Side], archive: Archive, taken: Names) -> str:
    """Name a theme, in 6 to 16 characters wherever its titles allow it.

    :param sides: its topics, largest first, one at least.
    :param taken: names of other themes; it will be alike to none of them if there is another one to be had.
    """
    total, places = sum(side.size for side in sides), _places(sides)
    banned = {side.name for side in sides if side.size < _MOST * total}
    found = [text for text in _candidates(sides, archive, places) if text not in banned]
    return next((text for text in [*found, sides[0].name] if not taken.alike(text)), (found or [sides[0].name])[0])


def _candidates(sides: Sequence[Side], archive: Archive, places: Set[str]) -> list[str]:
    shared = shared_words(sides)
    weights = {
        word: weight * (1.0 if word in shared else _UNSHARED)
        for word, weight in _mean([side.known.weights for side in sides]).items()
        if word not in places
    }
    weights = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))
    known = Known(weights, _mean([side.known.shares for side in sides]), {})
    told = Counter(word for side in sides for word in titled_words(side.titles))
    general = {word for word, count in told.items() if count > 1 and len(word) > 1 and word not in places}
    titled = {word: told[word] / len(sides) for word in sorted(general) if word in shared and word not in SIDES}
    scored = {
        text: score * (_UNSHARED + (1 - _UNSHARED) * _covered(text, general))
        for text, score in ranked(
            _typical(sides, weights), titled, known, archive, lengths=(_SHORT, LONGEST)
        ).items()
        if _free(text, places)
    }
    order = sorted(scored, key=lambda text: (-round(scored[text], 6), text))
    long = [text for text in order if len(text) >= SHORTEST]
    if len(sides) <= _FEW:
        all_say = bool(long) and _covered(long[0], titled.keys()) >= _COVERED
        return long if all_say else [*_joined(sides, archive, places), *long]
    short = [text for text in order[:1] if not long or scored[long[0]] < _NEARLY * scored[text]]
    return [*(text if len(text) >= SHORTEST else text + _TAIL for text in short), *long]


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
    return round(sum(weights.get(word, 0.0) for word in words) / (1 + len(words)) ** 0.5, 6)


def _joined(sides: Sequence[Side], archive: Archive, places: Set[str]) -> Iterator[str]:
    """Tell the first topic and each of the others in a few words."""
    parts = [part for part in (_part(side, archive, places) for side in sides) if part]
    for part in parts[1:]:
        if part not in parts[0] and parts[0] not in part:
            yield f"{parts[0]}与{part}"


def _part(side: Side, archive: Archive, places: Set[str]) -> str:
    for read in ([side.told], side.read):
        titled = titled_words([[clause.words for clause in title] for title in read])
        scored = ranked(read, titled, side.known, archive, lengths=_PART)
        # Two parts are short as it is: here a longer one, which says more, is better.
        found = {
            text: round(score * len(text), 6)
            for text, score in scored.items()
            if _free(text, places) and not any(text.startswith(word) for word in DOING)
        }
        if found:
            return min(found, key=lambda text: (-found[text], text))
    return ""


def _places(sides: Sequence[Side]) -> frozenset[str]:
    """Find the words that say where in most of a theme's topics that have them in their titles."""
    said = Counter(word for side in sides for word in side.places)
    having = Counter(word for side in sides for word in {*titled_words(side.titles), *side.places})
    return frozenset(
        word for word, count in said.items() if len(word) > 1 and 2 * count > having[word] and word not in _KINDS
    )


def _free(text: str, places: Set[str]) -> bool:
    return not _CODED.search(text) and not any(place in text for place in places)


def _covered(text: str, words: Set[str]) -> float:
    """Tell which part of a text, 0..1, is made of some words, each counted once."""
    marks = [False] * len(text)
    for word in words:
        start = text.find(word)
        if start >= 0:
            marks[start : start + len(word)] = [True] * len(word)
    return sum(marks) / len(text)


def _mean(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    summed: Counter[str] = Counter()
    for own in found:
        summed.update(own)  # type: ignore[arg-type]
    means = {word: round(value / len(found), 6) for word, value in summed.items()}
    return dict(sorted(means.items(), key=lambda item: (-item[1], item[0])))
