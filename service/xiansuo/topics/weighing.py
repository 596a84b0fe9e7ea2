"""One vector a document: the mean of its passages' vectors, each weighed by its rarity.

Stock openings and closings stand in many documents and say nothing of the matter; a plain mean
would sort texts by their boilerplate. Rarity is (log(N / df) / log N)², df being the documents that
hold nearly the same passage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.topics.exact import cosines, whole
from xiansuo.topics.parts import in_parts

SAME = 0.9
"""Cosine from which two passages count as the same one."""

TITLE_WEIGHT = 2.0
"""A title says in one line what the matter is."""

# df is estimated on this many documents: stock that matters stands in far more than one in a
# thousand.
_SAMPLE = 800
_BLOCK = 2_048


@dataclass(frozen=True, slots=True)
class Sample:
    """Some documents of an archive, on which it is estimated how many hold a passage.

    `documents`: how many the archive has; `ids` of those chosen, `starts` int64: where the passages of each begin in
    `passages`, whole numbers, int16 (n, d).
    """

    documents: int
    ids: tuple[str, ...]
    starts: NDArray[np.int64]
    passages: NDArray[np.int16]


def chosen(ids: Iterable[str]) -> list[str]:
    """Choose documents by their ids' hashes: much the same ones after the archive has grown, in any order."""
    return sorted(sorted(ids, key=lambda id: (hashlib.blake2b(id.encode(), digest_size=8).digest(), id))[:_SAMPLE])


def sample_of(documents: int, passages: Mapping[str, NDArray[np.float16]]) -> Sample:
    """Take the chosen documents as a sample.

    :param documents: how many the archive has.
    :param passages: for each chosen document its passages' vectors (n, d).
    """
    ids = sorted(passages)
    sizes = np.array([len(passages[id]) for id in ids], dtype=np.int64)
    matrix = np.concatenate([passages[id] for id in ids]) if ids else np.zeros((0, 0))
    rows = whole(unit_rows(matrix.astype(np.float64))).astype(np.int16)
    return Sample(documents, tuple(ids), np.cumsum(sizes) - sizes, rows)


def document_vectors(
    ids: Sequence[str], passages: Sequence[NDArray[np.float16]], sample: Sample
) -> NDArray[np.float32]:
    """Make one vector a document.

    :param ids: the documents' ids, which tell whether one is in the sample itself.
    :param passages: for each document its passages' vectors (n, d), the title first.
    :return: float32 (len(ids), d), rows of length 1.
    """
    if not ids:
        return np.zeros((0, 0), dtype=np.float32)
    sizes = np.array([len(each) for each in passages])
    matrix = np.concatenate(passages).astype(np.float32)
    weights = _rarity(ids, np.repeat(np.arange(len(ids)), sizes), whole(unit_rows(matrix.astype(np.float64))), sample)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weights[starts] *= TITLE_WEIGHT
    # A text of nothing but stock still needs a place.
    weights = np.maximum(weights, 1e-3)
    weighed = matrix.astype(np.float64) * weights[:, None]
    return unit_rows(np.add.reduceat(weighed, starts, axis=0))


def _rarity(
    ids: Sequence[str], owner: NDArray[np.int64], vectors: NDArray[np.float32], sample: Sample
) -> NDArray[np.float64]:
    documents = sample.documents
    if documents < 2:
        return np.ones(len(owner))
    place_of = {id: place for place, id in enumerate(sample.ids)}
    own_place = np.array([place_of.get(id, -1) for id in ids])[owner]
    against = sample.passages.astype(np.float32)
    places = np.arange(len(sample.ids))

    def counted(low: int) -> NDArray[np.float64]:
        block = slice(low, low + _BLOCK)
        same = cosines(vectors[block], against) >= SAME
        holds = np.logical_or.reduceat(same, sample.starts, axis=1)
        return np.asarray((holds & (places != own_place[block, None])).sum(axis=1), dtype=np.float64)

    others = np.concatenate(in_parts(counted, range(0, len(owner), _BLOCK)))
    df = np.minimum(1 + others * documents / len(sample.ids), documents)
    return np.asarray((np.log(documents / df) / np.log(documents)) ** 2)
