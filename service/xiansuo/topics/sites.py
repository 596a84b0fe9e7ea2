"""Where a matter is: two texts about one issue in different places are two matters.

No gazetteer knows every estate, school and company. Two texts are apart if each is about a place that the other does
not name; if the district or town of each title is followed by something that the other text does not name; or if they
say the same of two different things: their titles end alike, and what stands before it in one of them the other text
does not name, as 青山雅苑 and 翠湖名邸 before 地下车库积水.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xiansuo.text.places import places
from xiansuo.topics.titles import bare_title

SAME, SAME_SHARE = 4, 0.3
"""Titles that end alike in so many characters, and in this share of the shorter one, say the same."""

# A subject has so many characters at least, and is looked for in the other text in pieces of so many.
_SUBJECT, _PIECE = 2, 3
# A name holds none of these.
_PLAIN = frozenset(
    "的了在是和与及或被把对将为以等从到向又也都就还要会能可有无不请让何什么时候怎如否再上下前后内外旁边附近业主民违规"
)
_MARKS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")
_CODES = re.compile(r"[A-Z]\d*[省市区县]")
_HEAD = re.compile(
    r"(?:[A-Z]\d*[省市区县]|(?<![小社园校景片山地城辖郊市新老库灾])区|[县镇乡]|街道)([\u3400-\u9fff]{2})(?<![省市区县镇乡街道路])"
)


@dataclass(frozen=True, slots=True)
class Site:
    """The places that a text is about, and the normalised text itself.

    What it is about stands in the title, or else is named most often. `said` is the title without its frame and the
    codes of cities and districts, backwards, `end` what it ends with; `heads` are the two characters behind each
    district or town of the title.
    """

    places: frozenset[str]
    text: str
    said: str = ""
    end: str = ""
    heads: tuple[str, ...] = ()


NOWHERE = Site(frozenset(), "")


def site_of(title: str, body: str) -> Site:
    """Find what places a text is about; codes such as A3区 name a city or district and are no site.

    :param title: normalised, as is `body`.
    """
    text = f"{title}\n{body}"
    found = _names(title)
    if not found:
        counted = Counter({name: text.count(name) for name in _names(text)})
        most = max(counted.values(), default=0)
        found = frozenset(name for name, count in counted.items() if count == most)
    said = _MARKS.sub("", _CODES.sub("", bare_title(title)))[::-1]
    return Site(found, text, said, said[:SAME], tuple(sorted(set(_HEAD.findall(title)))))


def apart(one: Site, other: Site) -> bool:
    """Tell whether two texts are about different places, or say the same of different things."""
    if one.end == other.end and say_the_same_of_different_things(one, other):
        return True
    if one.heads and other.heads and _behind_another(one, other):
        return True
    if not one.places or not other.places or not one.places.isdisjoint(other.places):
        return False
    return none_in(one.places, other.text) and none_in(other.places, one.text)


def _behind_another(one: Site, other: Site) -> bool:
    if not none_in(one.heads, other.text) or not none_in(other.heads, one.text):
        return False
    # 万润 and 润万 are one name, written in two ways.
    return one.places.isdisjoint(other.places) and set("".join(one.heads)).isdisjoint("".join(other.heads))


def say_the_same_of_different_things(one: Site, other: Site) -> bool:
    """Tell whether titles end alike in enough characters, and what stands before that the other text does not name."""
    here, there = one.said, other.said
    shorter = min(len(here), len(there))
    same = next((place for place in range(shorter) if here[place] != there[place]), shorter)
    if same < max(SAME, SAME_SHARE * shorter):
        return False
    mine, theirs = here[same:][::-1], there[same:][::-1]
    # What begins alike too is one thing told in two ways, unless it is but the name of a larger place.
    if mine[:SAME] == theirs[:SAME] or _alike(_last(mine), _last(theirs)):
        return False
    return not _named(_last(mine), other.text) and not _named(_last(theirs), one.text)


def _last(subject: str) -> str:
    """Take the end of a subject for its name, or all of it where its end is none: of 梅溪湖青山雅苑 the estate."""
    last = subject[-_PIECE:]
    return last if _PLAIN.isdisjoint(last) else subject


def _alike(mine: str, theirs: str) -> bool:
    """Tell whether two subjects may be one, written in two ways, or whether one of them is none."""
    shorter = min(len(mine), len(theirs))
    return shorter < _SUBJECT or 2 * len(set(mine) & set(theirs)) >= shorter


def _named(subject: str, text: str) -> bool:
    pieces = range(max(1, len(subject) - _PIECE + 1))
    return any(subject[place : place + _PIECE] in text for place in pieces)


def none_in(names: Iterable[str], text: str) -> bool:
    """Tell whether a text holds none of some names."""
    # A generator costs more than all the rest: this is asked of hundreds of thousands of pairs.
    for name in names:  # noqa: SIM110
        if name in text:
            return False
    return True


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in places(text) if not name[0].isascii())
