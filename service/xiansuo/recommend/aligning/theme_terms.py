"""A list of work themes as it is looked for in texts: words, pairs of characters, and pieces to be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from xiansuo.records import WorkTheme
from xiansuo.text.normalise import normalise

Cut = Callable[[str], Sequence[str]]
"""Cuts a word into the words that it is made of."""

Counts: TypeAlias = csr_matrix
"""Whole numbers, int64, so that sums come out the same in any order."""

_PART = 2
_PIECE = re.compile(r"[^，。；！？、：\n,;!?:]+")
_SHORTEST_PIECE = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """T themes with their W different words, G pairs of characters and C pieces of clauses.

    `words` are the themes' names and keywords as written, `bare` as they are looked for, `parts` what each is made of.
    `held` bool (T, W): which theme has which word. `grams` int64 (G,), ascending. `said` and `clause` int64 (G, T) are
    the pairs of names and keywords, and those that the clause has beside them; `in_words` and `in_parts` (G, W) those
    of a word and of all its parts. `pieces` are (theme, start, end) in the clause, one at least for each theme; a theme
    without a clause has its name for one, with the place (0, 0).
    """

    themes: tuple[WorkTheme, ...]
    words: tuple[str, ...]
    bare: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    held: NDArray[np.bool_]
    grams: NDArray[np.int64]
    said: Counts
    clause: Counts
    in_words: Counts
    in_parts: Counts
    pieces: tuple[tuple[int, int, int], ...]

    def told(self) -> list[str]:
        """Tell each theme whole, for its meaning."""
        return ["。".join((theme.name, "、".join(theme.keywords), theme.clause)) for theme in self.themes]

    def piece(self, place: int) -> str:
        """Return a piece of a clause as it is written."""
        theme, start, end = self.pieces[place]
        return self.themes[theme].clause[start:end] if end else self.themes[theme].name


def terms_of(themes: Sequence[WorkTheme], cut: Cut) -> Terms:
    """Take a list of themes apart.

    :param cut: cuts a keyword into words.
    """
    words = tuple(dict.fromkeys(word for theme in themes for word in words_of(theme)))
    plain = tuple(bare(word) for word in words)
    parts = tuple(_parts(word, cut) for word in words)
    column = {word: place for place, word in enumerate(words)}
    held = np.zeros((len(themes), len(words)), dtype=np.bool_)
    for row, theme in enumerate(themes):
        held[row, [column[word] for word in words_of(theme)]] = True
    said = [grams_of(plain[place] for place in np.flatnonzero(row)) for row in held]
    clauses = [np.setdiff1d(_clause_grams(theme), own) for theme, own in zip(themes, said, strict=True)]
    grams = np.unique(np.concatenate([*said, *clauses])) if themes else np.zeros(0, dtype=np.int64)
    return Terms(
        tuple(themes),
        words,
        plain,
        parts,
        held,
        grams,
        _columns(grams, said),
        _columns(grams, clauses),
        _columns(grams, [grams_of([word]) for word in plain]),
        _columns(grams, [grams_of(own) for own in parts]),
        tuple(piece for place, theme in enumerate(themes) for piece in _pieces(place, theme)),
    )


def words_of(theme: WorkTheme) -> tuple[str, ...]:
    """List the words by which a theme is looked for: its keywords and its name."""
    return tuple(dict.fromkeys((*theme.keywords, theme.name)))


def bare(text: str) -> str:
    """Write a text in one width, script and case, without blanks."""
    return "".join(normalise(text).text.split()).casefold()


def pairs(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the pairs of characters of bare texts: which text each is of, int64 (k,), and the pair, int64 (k,)."""
    codes = [np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4") for text in texts]
    sizes = np.array([len(each) for each in codes], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), sizes)
    every = np.concatenate(codes).astype(np.int64) if codes else np.zeros(0, dtype=np.int64)
    within = owner[:-1] == owner[1:]
    return owner[:-1][within], (every[:-1] << 21 | every[1:])[within]


def grams_of(texts: Iterable[str]) -> NDArray[np.int64]:
    """List the different pairs of characters of bare texts, ascending."""
    return np.unique(pairs(list(texts))[1])


def _clause_grams(theme: WorkTheme) -> NDArray[np.int64]:
    return grams_of(bare(piece) for piece in _PIECE.findall(theme.clause))


def _columns(grams: NDArray[np.int64], sets: Sequence[NDArray[np.int64]]) -> Counts:
    """Mark in a column for each set which of the pairs it has; pairs that are not among `grams` are left out."""
    rows, columns = [], []
    for place, own in enumerate(sets):
        found = np.searchsorted(grams, own[np.isin(own, grams)])
        rows.append(found)
        columns.append(np.full(len(found), place))
    if not sets:
        return csr_matrix((len(grams), 0), dtype=np.int64)
    at = np.concatenate(rows), np.concatenate(columns)
    return csr_matrix((np.ones(len(at[0]), dtype=np.int64), at), shape=(len(grams), len(sets)))


def _parts(word: str, cut: Cut) -> tuple[str, ...]:
    """Take a word apart: into its words, else into halves; nothing where it is too short."""
    parts = [part for part in cut(word) if len(part) >= _PART]
    if len(parts) < 2:
        parts = [word[:_PART], word[_PART:]] if len(word) >= 2 * _PART else []
    return tuple(bare(part) for part in parts)


def _pieces(place: int, theme: WorkTheme) -> list[tuple[int, int, int]]:
    found = [(place, each.start(), each.end()) for each in _PIECE.finditer(theme.clause)]
    long = [each for each in found if each[2] - each[1] >= _SHORTEST_PIECE]
    return long or [(place, 0, 0)]
