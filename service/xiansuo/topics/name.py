"""A topic's name, 6 to 16 characters of its titles: informative, readable, unique; what, and where if in one place.

Of the stretches of its titles that one is chosen that says most in few characters, is true of many of its texts (a
topic on many building sites is not called after one of them), and begins and ends where the writer might have. Where
one place has the topic for itself, it may stand before what another title says: of 青山雅苑 and 夜间施工扰民.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from xiansuo.topics.clause import Archive, Clause, Known, light, read_titles
from xiansuo.topics.cuts import HALF_A_PAIR, headless, joint, never_last, single
from xiansuo.topics.edges import (
    ADDRESSED,
    AND,
    APART,
    ASKING,
    DOING,
    EDGE,
    NO_START,
    OURS,
    PERSONS,
)
from xiansuo.topics.grounds import GROUNDS, HOUSES, SPOTS
from xiansuo.topics.joints import Joints
from xiansuo.topics.names import Names
from xiansuo.topics.titles import SHORTEST, bare_title
from xiansuo.topics.wheres import seat

LONGEST = 16
"""Characters that a name has at most."""

_TITLES = 12
# A word that this share of a topic's texts has is true of the topic; one that fewer have counts in proportion.
_SHARED = 0.5
# A place that this share of the texts name is where the topic is.
_PLACED = 0.6
_UNNAMED = GROUNDS | SPOTS | HOUSES
# What a clause is worth that is not the last of its title.
_SCENE = 0.85
# What a stretch is worth with a number or code, or with a place, that few of the texts have.
_PARTICULAR = 0.4
# What a stretch is worth that says only where, or nothing but stock words besides.
_ONLY_WHERE = 0.02
# What a stretch is worth that begins with a stock word: 国家 of 国家中心城市.
_STOCK_FIRST = 0.9
# What a stretch is worth that ends with a key word which says where or who, not what.
_WHO_LAST = 0.75
# What a stretch is worth that ends with a place.
_WHERE_LAST = 0.5
# What a stretch is worth without the word that tells the topic best.
_BESIDE = 0.6
# What a place is worth with what another title says.
_PUT_TOGETHER = 0.8
# What a stretch is worth with a city or district, given by a code, in its middle.
_INSIDE = 0.6
# What a stretch is worth for each word that asks, that needs its reader to know whose it is, or that tells what to do.
_ASKS, _OURS, _DOES = 0.5, 0.6, 0.7
# What a stretch is worth that leaves out the one word which it leads up to.
_HEADLESS = 0.8


def name_topic(titles: Sequence[Sequence[Sequence[str]]], known: Known, archive: Archive, taken: Names) -> str:
    """Name a topic.

    :param titles: its texts' titles as `clauses` gives them, the most typical first.
    :param taken: names that are given already; no name will be alike to one of them if the titles have another.
    """
    titles = titles[:_TITLES]
    titled = titled_words(titles)
    read = read_titles(titles, titled, known, archive)
    place = _place([clause for title in read for clause in title], known, archive)
    for text in ranked(read, titled, known, archive, place=place):
        if not taken.alike(text):
            return text
    return _joined(["".join(word for clause in title for word in clause) for title in titles], known.weights, taken)


def titled_words(titles: Sequence[Sequence[Sequence[str]]]) -> dict[str, float]:
    """Tell in what share of titles, 0..1, each of their words is."""
    told = Counter(word for title in titles for word in {word for clause in title for word in clause})
    return {word: count / len(titles) for word, count in told.items()}


def ranked(
    read: Sequence[Sequence[Clause]],
    titled: Mapping[str, float],
    known: Known,
    archive: Archive,
    *,
    place: Clause | None = None,
    lengths: tuple[int, int] = (SHORTEST, LONGEST),
) -> dict[str, float]:
    """Tell of all that might be a name how good it is, best first.

    :param read: titles, the most typical first; `titled`: in what share of them each word is.
    :param place: where the topic is; it may stand before what a title says.
    :param lengths: characters that a name has at least and at most.
    """
    lead = _lead(titled, known)
    scored: dict[str, float] = {}
    for rank, title in enumerate(read):
        for number, clause in enumerate(title):
            # What stands before a comma is often but the scene; typical titles come first.
            worth = (_SCENE if number < len(title) - 1 else 1.0) * (1 - 0.02 * rank)
            for text, score in _stretches(clause, place, known, archive, lengths):
                scored[text] = max(scored.get(text, 0.0), score * worth * (1.0 if lead in text else _BESIDE))
    return dict(sorted(scored.items(), key=lambda each: (-round(each[1], 6), each[0])))


def _lead(titled: Mapping[str, float], known: Known) -> str:
    """Find the word that tells the topic best, empty if none does: heavy, true, and in many titles."""
    true = [word for word in known.weights if word in titled and known.shares.get(word, 0.0) >= _SHARED]
    return max(true, key=lambda word: known.weights[word] * titled[word], default="")


def _place(clauses: Sequence[Clause], known: Known, archive: Archive) -> Clause | None:
    """Find the place that has the topic for itself, as its texts name it, without the larger ones it lies in."""
    best, most = None, 0.0
    for clause in clauses:
        for start, end in _runs(clause.where):
            bound = end < len(clause.words) and archive.joints.binds(clause.words[end - 1], clause.words[end])
            if bound or (start and not _opens(clause.words[start - 1], clause.words[start], archive.joints)):
                continue
            first = start
            while start < end - 1 and (seat(clause.words[start]) or clause.words[start].isascii()):
                start += 1
            shares = [known.shares.get(each, 0.0) for each in clause.said[start:end]]
            # Beyond the place itself stands a part of it: 二期, 门口.
            while shares and shares[-1] < _PLACED:
                shares.pop()
            found = clause.part(start, start + len(shares))
            weight = sum(known.weights.get(word, 0.0) for word in dict.fromkeys(found.words))
            named = sum(map(len, found.words)) > 2 and not _UNNAMED.issuperset(found.words)
            named = named and (start > first or archive.wheres.place(found.words))
            if named and min(shares) >= _PLACED and weight > most:
                best, most = found, weight
    return best


def _opens(before: str, first: str, joints: Joints) -> bool:
    """Tell whether a place may begin behind a word: it does behind 在 and 整治, not behind the 下 of 下山前村."""
    if single(before) and before not in APART and joints.binds(before, first):
        return False
    return before in EDGE or before in DOING


def _runs(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, mark in enumerate([*marks, False]):
        if not mark:
            if place > start:
                yield start, place
            start = place + 1


def _stretches(
    clause: Clause, place: Clause | None, known: Known, archive: Archive, lengths: tuple[int, int]
) -> Iterator[tuple[str, float]]:
    shortest, longest = lengths
    words, where, stock = clause.words, clause.where, archive.stock
    between = [
        joint(left, right, alone == left, archive.joints)
        for left, right, alone in zip(words, words[1:], clause.said, strict=False)
    ]
    # What a cut before each word costs, the last one standing for the end; nothing where the writer stopped.
    cut = [1.0, *between, 1.0]
    for start, first in enumerate(words):
        behind = start > 0 and where[start - 1]
        # A single character may open a clause; elsewhere it is the end of something that was cut.
        if first in NO_START or (start and single(first)):
            continue
        if behind and where[start] and not seat(words[start - 1]):
            continue
        opened = _opened(clause, start, cut[start], archive)
        length = 0
        for end in range(start, len(words)):
            word = words[end]
            length += len(word)
            if length > longest or word in PERSONS:
                break
            if never_last(word, stock) or (where[end] and end + 1 < len(words) and where[end + 1]):
                continue
            closed = cut[end + 1] * (1.0 if end + 1 == len(words) else archive.joints.ends(word))
            closed *= 1.35 if end + 1 == len(words) else 1.0
            if headless(words, end + 1, longest - length, stock):
                closed *= _HEADLESS
            found = clause.part(start, end + 1)
            edges = opened * closed
            if end > start and words[end - 1] in AND and end + 1 < len(words):
                edges *= HALF_A_PAIR
            if length >= shortest:
                yield "".join(found.words), edges * _worth(found, known, stock)
            if place and first not in ADDRESSED and not any(found.where) and not _repeats(place, found):
                both = place.and_then(found)
                if shortest <= sum(map(len, both.words)) <= longest:
                    yield "".join(both.words), edges * _PUT_TOGETHER * _worth(both, known, stock)


def _opened(clause: Clause, start: int, cut: float, archive: Archive) -> float:
    """Tell what a name is worth that begins at a word, by what stands before it.

    :param cut: what a cut before the word costs.
    """
    words, first = clause.words, clause.words[start]
    behind = start > 0 and clause.where[start - 1]
    whole = start == 0 or behind
    worth = cut * (1.25 if whole else archive.joints.begins(first))
    if start and not AND.isdisjoint(words[max(0, start - 2) : start]):
        worth *= HALF_A_PAIR
    # Of 陶瓷文化和产业 the first half is 陶瓷文化.
    if not whole and words[start - 1] not in EDGE | DOING and not AND.isdisjoint(words[start + 1 : start + 2]):
        worth *= HALF_A_PAIR
    return worth * (_STOCK_FIRST if first in archive.stock else 1.0)


def _repeats(place: Clause, found: Clause) -> bool:
    return not set(place.words).isdisjoint(found.words) or "".join(place.words)[:2] in "".join(found.words)


def _worth(found: Clause, known: Known, stock: Set[str]) -> float:
    """Tell how much words say of a topic in how few characters, and how far they are true of it."""
    length, weight, true, told, worth, most = 0, 0.0, 0.0, 0, 1.0, 1.0
    seen: set[str] = set()
    for word, said, where in zip(found.words, found.said, found.where, strict=True):
        length += len(word)
        holds = min(1.0, known.shares.get(said, 0.0) / _SHARED)
        if where and length > len(word) and word.isascii() and not found.where[0]:
            worth *= _INSIDE
        if where or word.isascii():
            most = min(most, 1.0 if holds == 1 else _PARTICULAR * (holds + 0.1))
        if word not in seen:
            weight += known.weights.get(word, 0.0) * holds
            seen.add(word)
        worth *= _ASKS if word in ASKING else _OURS if word in OURS else 1.0
        if not light(word, stock):
            told += len(word)
            true += len(word) * holds
    worth *= max(_ONLY_WHERE, *found.what)
    last = next((word for word in reversed(found.words) if not light(word, stock)), "")
    if last in known.weights and found.what[found.words.index(last)] == 0:
        worth *= _WHO_LAST
    if found.where[-1]:
        worth *= _WHERE_LAST
    if found.words[0] in DOING:
        worth *= _DOES
    return weight * worth * most * true / told / length**0.5 if told else 0.0


def _joined(titles: Sequence[str], weights: Mapping[str, float], taken: Names) -> str:
    """Join the heaviest words where no title will do; number the name where that is taken."""
    text = ""
    for word in weights:
        if len(text) + len(word) <= LONGEST and word not in text:
            text += word
        if len(text) >= SHORTEST and not taken.alike(text):
            return text
    text = text or next((bare_title(title)[:LONGEST] for title in titles if bare_title(title)), "未命名")
    return numbered(text, taken)


def numbered(text: str, taken: Names) -> str:
    """Number a name if it is taken."""
    name, number = text, 2
    while name in taken:
        tail = f"（{number}）"
        name, number = text[: LONGEST - len(tail)] + tail, number + 1
    return name
