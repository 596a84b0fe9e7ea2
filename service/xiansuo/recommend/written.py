"""Where the themes' words stand in the archive, read once: what is called missing must be missing everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.texts import ReadText
from xiansuo.text.normalise import normalise

Cut = Callable[[str], Sequence[str]]
"""Cuts a word into the words that it is made of."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

_PART = 2
# Of what so few texts hold as written it is worth knowing who else speaks of it.
_RARE = 1
# A passage this near to a word may well say it in other words; then nobody should claim that nobody does.
_SAYS_SO = 0.55


@dataclass(frozen=True, slots=True)
class Written:
    """For each word the ids of the documents that have it in their title, and in title or text.

    `rare` holds of each word that hardly any text has the ids of all that may speak of it, in what guise ever: in other
    width or script, across a line's end, told apart (退役风机 by 风机…退役), or in other words. A word with none there
    is silent: nothing in the archive speaks of it. `documents` counts the archive.
    """

    titled: dict[str, frozenset[str]]
    found: dict[str, frozenset[str]]
    rare: dict[str, frozenset[str]]
    documents: int

    def silent(self, words: Iterable[str]) -> list[str]:
        """Keep those of the words that no document speaks of."""
        return [word for word in words if word in self.rare and not self.rare[word]]


@dataclass(frozen=True, slots=True)
class Found:
    """For each word the ids of the documents that have it as it is written: in their title, and in title or text."""

    titled: dict[str, frozenset[str]]
    found: dict[str, frozenset[str]]


def find_words(words: Iterable[str], texts: Sequence[ReadText]) -> Found:
    """Look for words as they are written in all documents."""
    asked = sorted(set(words))
    titled: dict[str, set[str]] = {word: set() for word in asked}
    found: dict[str, set[str]] = {word: set() for word in asked}
    for text in texts:
        record = text.record
        for word in asked:
            if word in record.title:
                titled[word].add(record.id)
                found[word].add(record.id)
            elif word in record.text:
                found[word].add(record.id)
    return Found(
        {word: frozenset(ids) for word, ids in titled.items()},
        {word: frozenset(ids) for word, ids in found.items()},
    )


def read_words(words: Iterable[str], texts: Sequence[ReadText], cut: Cut, encode: Encode) -> Written:
    """Look for words in all documents, and for what hardly any of them has in other guises too."""
    return read_on(find_words(words, texts), texts, cut, encode)


def read_on(known: Found, texts: Sequence[ReadText], cut: Cut, encode: Encode) -> Written:
    """Look in other guises for those words that hardly any document has; it takes far longer than finding words."""
    rare = [word for word, ids in known.found.items() if len(ids) <= _RARE]
    guises = _in_any_guise(rare, texts, cut, encode) if rare else {}
    return Written(known.titled, known.found, guises, len(texts))


def _in_any_guise(
    words: Sequence[str], texts: Sequence[ReadText], cut: Cut, encode: Encode
) -> dict[str, frozenset[str]]:
    speaking: dict[str, set[str]] = {word: set() for word in words}
    guises = [(word, _bare(word), _parts(word, cut)) for word in words]
    meant = encode(words).T
    for text in texts:
        whole = _bare(text.record.title + "\n" + text.record.text)
        nearest = (text.matrix @ meant).max(axis=0)
        for (word, bare, parts), near in zip(guises, nearest.tolist(), strict=True):
            if bare in whole or (parts and all(part in whole for part in parts)) or round(near, 4) >= _SAYS_SO:
                speaking[word].add(text.record.id)
    return {word: frozenset(ids) for word, ids in speaking.items()}


def _parts(word: str, cut: Cut) -> list[str]:
    """Take a word apart: into its words, else into halves; nothing where it is too short."""
    parts = [part for part in cut(word) if len(part) >= _PART]
    if len(parts) < 2:
        parts = [word[:_PART], word[_PART:]] if len(word) >= 2 * _PART else []
    return [_bare(part) for part in parts]


def _bare(text: str) -> str:
    return "".join(normalise(text).text.split()).casefold()
