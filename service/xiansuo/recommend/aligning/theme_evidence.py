"""What speaks for a document being about a theme, in numbers: words, pairs of characters, meaning.

All sums are of whole numbers, so that neither threads nor the number of documents at a time change a byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.recommend.aligning.marks import Marks
from xiansuo.recommend.aligning.theme_terms import Terms
from xiansuo.recommend.texts import ReadText

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

EVIDENCE = (
    "title_words",
    "body_words",
    "title_pairs",
    "body_pairs",
    "title_clause",
    "body_clause",
    "nearest",
    "whole",
    "title",
    "clause",
)
"""In this order; `models/alignment/card.md` tells what each is."""

_UNIT = 1_000
_MOST_IN_TITLE = 1.5
_SHORT_TITLE, _SHORT_BODY = 8, 50
_NEAREST = 3
# Whole-number vectors of this length have products below 2^24, which float32 adds up exactly.
_LENGTH = 4_000
_SAYS_SO = 0.55


@dataclass(frozen=True, slots=True)
class Meant:
    """The meaning of a list of themes, whole-number vectors int16 of length 4,000, all but the last seen from a centre.

    `told` (T, d) each theme whole, `named` (k, d) names and keywords in order of the themes, `pieces` (C, d) those of
    the clauses, `words` (W, d) each word as it is. `named_from` and `pieces_from` int64 (T,) are where a theme's begin.
    """

    told: NDArray[np.int16]
    named: NDArray[np.int16]
    pieces: NDArray[np.int16]
    words: NDArray[np.int16]
    named_from: NDArray[np.int64]
    pieces_from: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Near:
    """How near documents are to themes in meaning.

    `nearest`, `whole`, `title`, `clause` float64 (n, T); `seen` int16 (n, d) are the documents as a whole; `says` bool
    (n, W): a passage says about what the word says.
    """

    nearest: NDArray[np.float64]
    whole: NDArray[np.float64]
    title: NDArray[np.float64]
    clause: NDArray[np.float64]
    seen: NDArray[np.int16]
    says: NDArray[np.bool_]


def whole_rows(rows: NDArray[np.floating]) -> NDArray[np.int16]:
    """Bring rows to length 4,000 and round them."""
    return np.asarray(np.rint(unit_rows(rows) * np.float32(_LENGTH)), dtype=np.int16)


def cosines(left: NDArray[np.int16], right: NDArray[np.int16]) -> NDArray[np.float32]:
    """Compare rows of whole numbers, all with all: exact, whatever the threads."""
    return np.asarray((left.astype(np.float32) @ right.T.astype(np.float32)) * np.float32(1 / _LENGTH**2))


def meant(terms: Terms, centre: NDArray[np.float64], encode: Encode) -> Meant:
    """Understand a list of themes.

    :param centre: the archive's mean passage, (d,).
    """
    names = [word for row in terms.held for word in np.array(terms.words, dtype=object)[row].tolist()]
    pieces = [terms.piece(place) for place in range(len(terms.pieces))]
    told, count = terms.told(), len(terms.themes)
    every = [*told, *names, *pieces, *terms.words]
    vectors = encode(every).astype(np.float64) if every else np.zeros((0, len(centre)))
    ends = np.cumsum([len(told), len(names), len(pieces)])
    seen = whole_rows(vectors[: ends[2]] - centre)
    owners = np.array([piece[0] for piece in terms.pieces], dtype=np.int64)
    return Meant(
        seen[: ends[0]],
        seen[ends[0] : ends[1]],
        seen[ends[1] :],
        whole_rows(vectors[ends[2] :]),
        np.cumsum(terms.held.sum(axis=1)) - terms.held.sum(axis=1),
        np.searchsorted(owners, np.arange(count)),
    )


def near(themes: Meant, texts: Sequence[ReadText], centre: NDArray[np.float64]) -> Near:
    """Compare documents with themes in meaning, some hundred documents at a time.

    :param texts: one at least.
    """
    sizes = np.array([len(text.matrix) for text in texts], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    matrix = np.concatenate([text.matrix for text in texts]).astype(np.float64)
    moved = matrix - centre
    seen = whole_rows(np.add.reduceat(moved, starts, axis=0))
    passages = whole_rows(moved)
    told = cosines(passages, themes.told)
    pieces = np.maximum.reduceat(cosines(passages, themes.pieces), starts, axis=0)
    titles = cosines(passages[starts], themes.named)
    says = np.maximum.reduceat(cosines(whole_rows(matrix), themes.words), starts, axis=0) >= _SAYS_SO
    nearest = [np.sort(part, axis=0)[-_NEAREST:].mean(axis=0, dtype=np.float64) for part in np.split(told, starts[1:])]
    return Near(
        np.stack(nearest),
        cosines(seen, themes.told).astype(np.float64),
        np.maximum.reduceat(titles, themes.named_from, axis=1).astype(np.float64),
        np.maximum.reduceat(pieces, themes.pieces_from, axis=1).astype(np.float64),
        seen,
        says,
    )


def rarity(documents: int, having: NDArray[np.int64]) -> NDArray[np.int64]:
    """Weigh what so many of the documents have: 1,000 for what hardly any has, 0 for what all have."""
    weights = np.log((documents + 1) / (having + 0.5)) / np.log(documents + 2)
    return np.asarray(np.rint(np.clip(weights, 0, 1) * _UNIT), dtype=np.int64)


def values(
    terms: Terms, marks: Marks, nearness: Near, words: NDArray[np.int64], grams: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Put the evidence together, float64 (n, T, len(EVIDENCE)).

    :param words: how rare each word is, int64 (W,), and `grams` each pair of characters, (G,); see `rarity`.
    """
    held = terms.held.T.astype(np.int64)
    title_length = np.sqrt(np.maximum(_SHORT_TITLE, marks.title_length))[:, None]
    length = np.log(np.maximum(_SHORT_BODY, marks.length))[:, None]
    title, body = marks.title_grams.copy(), marks.grams.copy()
    # Half for a pair that stands alone.
    title.data = grams[title.indices] * np.minimum(2, title.data) // 2
    body.data = np.rint(np.log1p(body.data) * grams[body.indices]).astype(np.int64)
    often = np.rint(np.log1p(marks.often) * words).astype(np.int64)
    return np.stack(
        [
            np.minimum(_MOST_IN_TITLE, ((marks.titled > 0) * words) @ held / _UNIT),
            often @ held / _UNIT,
            (title @ terms.said).toarray() / _UNIT / title_length,
            (body @ terms.said).toarray() / _UNIT / length,
            (title @ terms.clause).toarray() / _UNIT / title_length,
            (body @ terms.clause).toarray() / _UNIT / length,
            nearness.nearest,
            nearness.whole,
            nearness.title,
            nearness.clause,
        ],
        axis=-1,
    )
