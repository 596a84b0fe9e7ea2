"""Whose passages are nearest to some vectors, asked again of an archive of which little has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.desk import Desk
from xiansuo.index.snapshot import Indexes
from xiansuo.index.vectors import Hits
from xiansuo.store import documents

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found after a change with this mark: by each query's bytes the k nearest passages, one row of hits."""

    seq: int = 0
    mark: str = ""
    hits: dict[bytes, Hits] = field(default_factory=dict)


def nearest_again(desk: Desk, queries: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Tell whose passages are nearest to each query, float32 (q, dimension): numbers of documents, int64 (q, k).

    A query of the last time is held against what has changed since alone, unless some of that was near to it.
    """
    with desk.reading() as (connection, indexes):
        kept = desk.remembered(f"nearest {k}", desk.encoder.id, lambda: [_Known()])
        known = kept[0]
        if documents.mark_at(connection, known.seq) != known.mark:
            known = _Known()  # another history led here, as when an older copy of the database was put back
        changed = documents.changes(connection, known.seq) if known.hits else {}
        put = [number for number, action in changed.items() if action == "put"]
        names = [query.tobytes() for query in queries]
        stay = {
            name: hits
            for name in names
            if (hits := known.hits.get(name)) is not None and changed.keys().isdisjoint(hits.numbers.ravel().tolist())
        }
        old = [place for place, name in enumerate(names) if name in stay]
        new = [place for place, name in enumerate(names) if name not in stay]
        found = dict(zip((names[place] for place in new), _searched(indexes, queries[new], k, None), strict=True))
        arrived = _searched(indexes, queries[old], k, put) if put else []
        found |= stay
        found |= {names[place]: _best(stay[names[place]], more, k) for place, more in zip(old, arrived, strict=False)}
        kept[0] = _Known(indexes.seq, indexes.mark, found)
        return np.concatenate([np.zeros((0, k), np.int64), *(found[name].numbers for name in names)])


def _searched(indexes: Indexes, queries: NDArray[np.float32], k: int, allowed: list[int] | None) -> list[Hits]:
    """Search some queries at a time; one row of hits for each."""
    rows = []
    for low in range(0, len(queries), _AT_ONCE):
        hits = indexes.vectors.search(queries[low : low + _AT_ONCE], k, model=indexes.model, allowed=allowed)
        each = [slice(row, row + 1) for row in range(len(hits.numbers))]
        rows += [Hits(hits.numbers[row], hits.ordinals[row], hits.scores[row]) for row in each]
    return rows


def _best(one: Hits, other: Hits, k: int) -> Hits:
    """Put two rows of hits into one, in the order of a search: by score, then by document and passage."""
    numbers = np.concatenate([one.numbers, other.numbers], axis=1)
    ordinals = np.concatenate([one.ordinals, other.ordinals], axis=1)
    scores = np.concatenate([one.scores, other.scores], axis=1)
    order = np.lexsort((ordinals, numbers, -scores), axis=1)[0, :k]
    return Hits(numbers[:, order], ordinals[:, order], scores[:, order])
