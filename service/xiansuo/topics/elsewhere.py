"""Which of very many pairs of texts are about different places: what `sites.apart` tells, of all of them at once.

Hundreds of thousands of pairs come of a few thousand places and titles. What two sets of places have in common, and
what of one a text names, is looked up once, whichever pairs ask for it; titles are compared as rows of characters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics.sites import SAME, SAME_SHARE, Site, none_in, say_the_same_of_different_things

# Pairs compared at a time: neighbours in the list ask for the same.
_PAIRS = 32_768
# Characters of a title that are compared in rows; titles that agree so far are compared by themselves.
_WIDE = 48

_Key = TypeVar("_Key", bound=Hashable)
_Rows = NDArray[np.int64]


def all_apart(sites: Sequence[Site], left: _Rows, right: _Rows) -> NDArray[np.bool_]:
    """Tell for each pair of sites, by their places in the list, whether they are `apart`.

    :param left: int64 (p,), as is `right`.
    :return: bool (p,).
    """
    places, place = _numbered([each.places for each in sites])
    heads, head = _numbered([each.heads for each in sites])
    letters = [frozenset("".join(each)) for each in heads]
    _, end = _numbered([each.end for each in sites])

    def told(left: _Rows, right: _Rows) -> NDArray[np.bool_]:
        found = np.zeros(len(left), dtype=bool)
        alike = np.flatnonzero(end[left] == end[right])
        alike = alike[_may_differ(sites, left[alike], right[alike])]
        ends = zip(left[alike].tolist(), right[alike].tolist(), strict=True)
        found[alike] = [say_the_same_of_different_things(sites[one], sites[other]) for one, other in ends]
        rest = np.flatnonzero(~found)
        rest = rest[_disjoint(places, place[left[rest]], place[right[rest]])]
        behind = rest[_unnamed(sites, heads, head, left[rest], right[rest])]
        found[behind[_disjoint(letters, head[left[behind]], head[right[behind]])]] = True
        rest = rest[~found[rest]]
        found[rest[_unnamed(sites, places, place, left[rest], right[rest])]] = True
        return found

    parts = [told(left[low : low + _PAIRS], right[low : low + _PAIRS]) for low in range(0, len(left), _PAIRS)]
    return np.concatenate([np.zeros(0, dtype=bool), *parts])


def _unnamed(
    sites: Sequence[Site], names: Sequence[Collection[str]], of: _Rows, left: _Rows, right: _Rows
) -> NDArray[np.int64]:
    """Choose the pairs in which each is about something, and neither text names what the other one is about.

    :param names: what they may be about, and `of`, which of it each site is about.
    """
    about = np.array([bool(each) for each in names], dtype=bool)[of]
    pairs = np.flatnonzero(about[left] & about[right])
    for one, other in ((left, right), (right, left)):
        asked = of[one[pairs]], other[pairs]
        pairs = pairs[_told_of_two(*asked, len(sites), lambda some, at: none_in(names[some], sites[at].text))]
    return pairs


def _may_differ(sites: Sequence[Site], left: _Rows, right: _Rows) -> NDArray[np.bool_]:
    """Leave out titles that do not end alike in enough characters, and those that begin alike too."""
    asked, place = np.unique(np.concatenate([left, right]), return_inverse=True)
    said = [sites[row].said for row in asked.tolist()]
    size = np.array([len(each) for each in said])
    one, other = place[: len(left)], place[len(left) :]
    back = _characters([each[:_WIDE] for each in said], _WIDE)
    front = _characters([each[: -SAME - 1 : -1] for each in said], SAME)
    differ = back[one] != back[other]
    shorter = np.minimum(size[one], size[other])
    same = np.minimum(np.where(differ.any(axis=1), differ.argmax(axis=1), _WIDE), shorter)
    unknown = (same == _WIDE) & (shorter > _WIDE)
    enough = same >= np.maximum(SAME, SAME_SHARE * shorter)
    mine, theirs = (np.minimum(size[of] - same, SAME) for of in (one, other))
    agree = (front[one] == front[other]) | (np.arange(SAME) >= mine[:, np.newaxis])
    return np.asarray(unknown | (enough & ~((mine == theirs) & agree.all(axis=1))))


def _characters(texts: Sequence[str], width: int) -> NDArray[np.uint32]:
    """Put texts of so many characters at most into rows, 0 behind their ends."""
    return np.array(texts, dtype=f"U{width}").view(np.uint32).reshape(len(texts), width)


def _numbered(keys: Sequence[_Key]) -> tuple[list[_Key], _Rows]:
    """List different keys, and for each of all which it is."""
    number: dict[_Key, int] = {}
    of = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    return list(number), of


def _disjoint(sets: Sequence[frozenset[str]], one: _Rows, other: _Rows) -> NDArray[np.bool_]:
    return _told_of_two(one, other, len(sets), lambda a, b: sets[a].isdisjoint(sets[b]))


def _told_of_two(one: _Rows, other: _Rows, count: int, ask: Callable[[int, int], bool]) -> NDArray[np.bool_]:
    """Ask once for each different pair of numbers, the second below `count`."""
    pairs, place = np.unique(one * count + other, return_inverse=True)
    ends = zip((pairs // max(1, count)).tolist(), (pairs % max(1, count)).tolist(), strict=True)
    return np.array([ask(a, b) for a, b in ends], dtype=bool)[place]
