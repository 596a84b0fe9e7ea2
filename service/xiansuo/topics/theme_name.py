"""A theme's name: what its topics share, told without the place of any of them.

The matters of a theme are its documents here: a word weighs as much as it does for them in the mean (see `phrases`),
and only if a good part of them have it. Titles are cut where they say where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

# A word is shared if one in so many topics have it, and two at least.
_ONE_IN = 4


def shared(weights: Sequence[Mapping[str, float]], places: Set[str]) -> dict[str, float]:
    """Weigh the words that several topics have, heaviest first.

    :param weights: the key words of each topic.
    :param places: words that say where.
    """
    having = Counter(word for own in weights for word in own)
    least = max(2, -(-len(weights) // _ONE_IN))
    summed = {
        word: round(sum(own.get(word, 0.0) for own in weights) / len(weights), 6)
        for word, count in having.items()
        if count >= least and word not in places
    }
    return dict(sorted(summed.items(), key=lambda item: (-item[1], item[0])))


def without_places(title: Sequence[Sequence[str]], where: Sequence[Sequence[bool]]) -> list[list[str]]:
    """Cut the clauses of a title at the words that say where, which are left out."""
    pieces: list[list[str]] = []
    for words, marks in zip(title, where, strict=True):
        piece: list[str] = []
        for word, mark in zip(words, marks, strict=True):
            if mark and piece:
                pieces.append(piece)
                piece = []
            elif not mark:
                piece.append(word)
        if piece:
            pieces.append(piece)
    return pieces
