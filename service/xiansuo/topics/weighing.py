"""One vector a document: the mean of its passages' vectors, each weighed by its rarity.

Stock openings and closings stand in many documents and say nothing of the matter; a plain mean
would sort texts by their boilerplate. Rarity is (log(N / df) / log N)², df being the documents that
hold nearly the same passage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.exact import cosines, whole

SAME = 0.9
"""Cosine from which two passages count as the same one."""

TITLE_WEIGHT = 2.0
"""A title says in one line what the matter is."""

# df is estimated on this many documents: stock that matters stands in far more than one in a
# thousand.
_SAMPLE = 800
_BLOCK = 2_048


def document_vectors(ids: Sequence[str], passages: Sequence[NDArray[np.float16]]) -> NDArray[np.float32]:
    """Make one vector a document.

    :param ids: the documents' ids; they choose the sample, so that the order given does not matter.
    :param passages: for each document its passages' vectors (n, d), the title first.
    :return: float32 (len(ids), d), rows of length 1.
    """
    if not ids:
        return np.zeros((0, 0), dtype=np.float32)
    sizes = np.array([len(each) for each in passages])
    owner = np.repeat(np.arange(len(ids)), sizes)
    matrix = np.concatenate(passages).astype(np.float32)
    weights = _rarity(ids, owner, whole(unit_rows(matrix.astype(np.float64))))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weights[starts] *= TITLE_WEIGHT
    # A text of nothing but stock still needs a place.
    weights = np.maximum(weights, 1e-3)
    weighed = matrix.astype(np.float64) * weights[:, None]
    return unit_rows(np.add.reduceat(weighed, starts, axis=0))


def _rarity(ids: Sequence[str], owner: NDArray[np.int64], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    documents = len(ids)
    if documents < 2:
        return np.ones(len(owner))
    chosen = _sample(ids)
    rows = np.flatnonzero(np.isin(owner, chosen))
    sample, holders = vectors[rows], owner[rows]
    starts = np.flatnonzero(np.concatenate([[True], holders[1:] != holders[:-1]]))
    held_by = holders[starts]
    others = np.zeros(len(owner))
    for low in range(0, len(owner), _BLOCK):
        block = slice(low, low + _BLOCK)
        same = cosines(vectors[block], sample) >= SAME
        holds = np.logical_or.reduceat(same, starts, axis=1)
        own = held_by[None, :] == owner[block, None]
        others[block] = (holds & ~own).sum(axis=1)
    df = np.minimum(1 + others * documents / len(chosen), documents)
    return np.asarray((np.log(documents / df) / np.log(documents)) ** 2)


def _sample(ids: Sequence[str]) -> NDArray[np.int64]:
    """Choose documents by their ids' hashes: much the same ones after the archive has grown."""
    digests = [hashlib.blake2b(id.encode(), digest_size=8).digest() for id in ids]
    order = sorted(range(len(ids)), key=lambda i: (digests[i], ids[i]))
    return np.array(sorted(order[:_SAMPLE]), dtype=np.int64)
