"""All pairs of many texts that are worth a closer look, found without comparing each text with each.

Pure and for rows only; a slice of rows can be answered for by itself, so that slices can be shared out to processes and
put together with `pairs.united`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.candidates import FROM_EACH_SIDE
from xiansuo.dedup.pairs import Pairs, ordered, united
from xiansuo.embed.rows import unit_rows
from xiansuo.index.flat import FlatIndex
from xiansuo.index.lexical import LexicalIndex

# Of the pairs of the demo corpus that are judged to repeat themselves when each is compared with each, 98 % reach one
# of these, among them all that are confirmed; they are one pair in fourteen.
_SHARE, _MEANING, _TITLE = 0.05, 0.2, 0.3
_ASKED = 512
_MODEL = "rows"


def candidate_pairs(
    terms: Sequence[NDArray[np.uint32]],
    meanings: NDArray[np.float32],
    titles: NDArray[np.float32],
    *,
    rows: slice = slice(None),
) -> Pairs:
    """Unite the pairs that share rare 3-grams, mean the like, or have titles that do.

    :param terms: the sampled 3-grams of each of n texts.
    :param meanings: what each text says, float32 (n, dimension), see `meanings_of`; `titles` what its title says.
    :param rows: only pairs with a text of this slice.
    """
    return united(
        lexical_pairs(terms, FROM_EACH_SIDE, share=_SHARE, rows=rows),
        nearest_pairs(meanings, FROM_EACH_SIDE, cosine=_MEANING, rows=rows),
        nearest_pairs(titles, FROM_EACH_SIDE, cosine=_TITLE, rows=rows),
    )


def meanings_of(
    matrix: NDArray[np.float32], counts: NDArray[np.int64], weights: NDArray[np.float64], centre: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Sum the passages of each text, seen from the centre, to one vector of length 1.

    :param matrix: the passages of all n texts, one text after the other, float32 (p, dimension).
    :param counts: how many passages each text has, at least one, int64 (n,); `weights` of the passages, float64 (p,).
    :return: float32 (n, dimension).
    """
    seen = (matrix.astype(np.float64) - centre) * weights[:, None]
    return unit_rows(np.add.reduceat(seen, np.cumsum(counts) - counts, axis=0)) if len(counts) else matrix[:0]


def nearest_pairs(vectors: NDArray[np.float32], count: int, *, cosine: float = 0.0, rows: slice = slice(None)) -> Pairs:
    """Pair each row with its nearest others, of equals the first.

    :param vectors: float32 (n, d), rows of length 1 or 0.
    :param cosine: only those that are nearer than this.
    :param rows: only the neighbours of the rows in this slice.
    :return: pairs with their cosines.
    """
    index = FlatIndex(_MODEL, vectors.shape[1])
    for number, row in enumerate(vectors):
        index.put(number, row[None], _MODEL)
    asked = np.arange(len(vectors))[rows]
    parts = []
    for start in range(0, len(asked), _ASKED):
        numbers = asked[start : start + _ASKED]
        hits = index.search(vectors[numbers], count + 1, model=_MODEL)
        other = (hits.numbers != numbers[:, None]) & (hits.scores > cosine)
        mine = np.repeat(numbers[:, None], hits.numbers.shape[1], axis=1)
        parts.append(ordered(mine[other], hits.numbers[other], hits.scores[other].astype(np.float64)))
    return united(*parts)


def lexical_pairs(
    terms: Sequence[NDArray[np.uint32]], count: int, *, share: float = 0.0, rows: slice = slice(None)
) -> Pairs:
    """Pair each text with those that hold most of the weight of its rare terms.

    :param terms: the distinct terms of each text, such as sampled 3-grams.
    :param count: so many of each text at most; `share` in 0..1: only those that hold at least so much.
    :return: pairs with the greater of the two shares.
    """
    index = LexicalIndex()
    for number, distinct in enumerate(terms):
        index.put(number, distinct)
    left, right, score = [], [], []
    for number in range(len(terms))[rows]:
        for other, held in index.shared(terms[number], count + 1):
            if other != number and held >= share:
                left.append(number)
                right.append(other)
                score.append(held)
    return ordered(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), np.array(score, dtype=np.float64))
