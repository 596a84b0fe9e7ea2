"""Which words of a title say where, not what: A3区, 青山雅苑, 二期, 门口.

No list knows every estate. A word is taken for one that says where if its form shows it; if it mostly stands behind a
district, a town or a road, or right before a word such as 小区 or 国际; or if it follows a place and hardly any other
matter speaks of it, alone or with the word that is always beside it: of 时代 and 年华 neither need be rare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from xiansuo.topics.edges import DOING, EDGE, OURS
from xiansuo.topics.grounds import COMMON, GROUNDS, HOUSES, SEATED, SPOTS
from xiansuo.topics.joints import Joints

# A word says where if so large a part of its places in titles show it.
_MOSTLY = 0.5
# A word may be a name if no more texts of other matters have it than so many, or than this part of those of its own.
_RARE, _RARER = 2, 0.5
_CODE = re.compile(r"[A-Za-z]{0,2}\d{0,5}")
_PART = re.compile(r"第?[一二三四五六七八九十两\d]+(?:[期组栋区街]|号院)")
_ENDS = re.compile(r".*(?:[省市区县镇乡村街路苑湾府邸湖]|大道|街道|社区|区内|门口|旁边|附近|周边)")
_SEATS = re.compile(r".*(?:[区县镇乡村路街]|大道|街道)")


class Wheres:
    """What the titles of an archive show of their words.

    :param titles: all of them, in clauses of words.
    :param texts: how many texts of the archive have each word.
    :param stock: words that name nothing.
    """

    def __init__(self, titles: Iterable[Sequence[Sequence[str]]], texts: Mapping[str, int], stock: Set[str]) -> None:
        self._texts = texts
        # These are no part of a name.
        self._free = EDGE | DOING | COMMON | stock
        self._seen: Counter[str] = Counter()
        self._there: Counter[str] = Counter()
        for title in titles:
            for clause in title:
                for place, word in enumerate(clause):
                    before = place > 0 and seat(clause[place - 1])
                    # A city holds all there is: what stands behind its name may be anything.
                    city = before and clause[place - 1][-1] in "市省"
                    behind = place + 1 < len(clause) and clause[place + 1] in GROUNDS
                    self._seen[word] += not city
                    self._there[word] += (before and not city) or behind

    def marks(self, clause: Sequence[str], joints: Joints, own: Mapping[str, int]) -> list[bool]:
        """Tell for each word of a clause whether it says where.

        :param own: how many texts of its matter have each word.
        """
        alone = [word not in EDGE and self._alone(word) for word in clause]
        said = list(alone)
        for place in range(1, len(clause)):
            said[place] = said[place] or (said[place - 1] and clause[place] in HOUSES)
            goes_on = alone[place - 1] or joints.binds(clause[place - 1], clause[place])
            if said[place - 1] and not said[place] and goes_on and self._follows(clause[place - 1]):
                end = place + 1
                while end < len(clause) and joints.binds(clause[end - 1], clause[end]):
                    end += 1
                # The name may have begun: 云水 says where by itself, and 时代 goes with it.
                chain = clause[place - joints.binds(clause[place - 1], clause[place]) : end]
                if self._free.isdisjoint(clause[place:end]) and any(self.rare(word, own) for word in chain):
                    said[place:end] = [True] * (end - place)
        for place in range(len(clause) - 2, -1, -1):
            if said[place + 1] and clause[place] not in self._free and joints.binds(clause[place], clause[place + 1]):
                said[place] = True
        for place in range(1, len(clause) - 1):
            if said[place - 1] and not said[place]:
                end = self._gap_ends(clause, said, place, joints, own)
                said[place:end] = [True] * (end - place)
        for place in range(len(clause) - 1, -1, -1):
            # A code says where if what is coded does: A3 of A3区, not 7 of 7号线.
            if _CODE.fullmatch(clause[place]):
                said[place] = place + 1 < len(clause) and said[place + 1]
        return said

    def _gap_ends(
        self, clause: Sequence[str], said: Sequence[bool], place: int, joints: Joints, own: Mapping[str, int]
    ) -> int:
        """Find how far a name goes that stands between two places: 时代 between 金科 and 中心."""
        named = self.rare(clause[place - 1], own) or joints.binds(clause[place - 1], clause[place])
        for end in range(place + 1, min(place + 3, len(clause))):
            if said[end] or (named and clause[end] in HOUSES):
                return end + 1 if self._free.isdisjoint(clause[place:end]) else place
        return place

    def place(self, words: Sequence[str]) -> bool:
        """Tell whether words that say where show it by their form."""
        return any(word in GROUNDS or (word not in COMMON and _ENDS.fullmatch(word)) for word in words)

    def _alone(self, word: str) -> bool:
        if word in GROUNDS or word in SPOTS or _PART.fullmatch(word):
            return True
        if word in COMMON:
            return False
        if _ENDS.fullmatch(word):
            return True
        return len(word) > 1 and self._there[word] > 1 and self._there[word] >= _MOSTLY * self._seen[word]

    def rare(self, word: str, own: Mapping[str, int]) -> bool:
        """Tell whether hardly any other matter speaks of a word."""
        here = own.get(word, 0)
        return here > 0 and self._texts.get(word, 0) - here <= max(_RARE, _RARER * here)

    def _follows(self, last: str) -> bool:
        """Tell whether a name may follow a word that says where: not behind 小区 or 门口."""
        return last not in SPOTS and (last not in GROUNDS or last in SEATED) and not _PART.fullmatch(last)


def seat(word: str) -> bool:
    """Tell whether a word ends a larger place in which a smaller one follows: A3区, 楚江街道."""
    if word in GROUNDS and word not in SEATED:
        return False
    return word not in COMMON and word not in OURS and bool(_SEATS.fullmatch(word) or word[-1] in "省市")
