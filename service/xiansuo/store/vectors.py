"""Sentence vectors of documents, one row a document and model, so that a model switch can build beside the old."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select

from xiansuo.store.documents import ACTIVE
from xiansuo.store.schema import document, vectors

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """The passages of one document: `spans` int32 (n, 3) as in `text.passages`, `matrix` float16 (n, dimension)."""

    number: int
    spans: NDArray[np.int32]
    matrix: NDArray[np.float16]


def put(connection: Connection, model: str, items: Iterable[StoredVectors]) -> None:
    """Store the vectors of some documents, replacing what this model had for them."""
    rows = [
        {
            "number": item.number,
            "model": model,
            "spans": item.spans.astype("<i4").tobytes(),
            "matrix": item.matrix.astype("<f2").tobytes(),
        }
        for item in items
    ]
    if not rows:
        return
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        numbers = [row["number"] for row in chunk]
        connection.execute(delete(vectors).where(vectors.c.model == model, vectors.c.number.in_(numbers)))
        connection.execute(insert(vectors), chunk)


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Drop what every model had read of these documents, because their texts have changed."""
    for start in range(0, len(numbers), _CHUNK):
        connection.execute(delete(vectors).where(vectors.c.number.in_(numbers[start : start + _CHUNK])))


def read(
    connection: Connection, model: str, dimension: int, numbers: Collection[int] | None = None
) -> Iterator[StoredVectors]:
    """Read the vectors of active documents, all or those with the given numbers, by number."""
    query = (
        select(vectors.c.number, vectors.c.spans, vectors.c.matrix)
        .join(document, document.c.number == vectors.c.number)
        .where(vectors.c.model == model, document.c.status == ACTIVE)
        .order_by(vectors.c.number)
    )
    wanted = None if numbers is None else sorted(numbers)
    chunks = [None] if wanted is None else [wanted[i : i + _CHUNK] for i in range(0, len(wanted), _CHUNK)]
    for chunk in chunks:
        rows = connection.execute(query if chunk is None else query.where(vectors.c.number.in_(chunk)))
        for number, spans, matrix in rows:
            yield StoredVectors(
                number,
                np.frombuffer(spans, dtype="<i4").reshape(-1, 3),
                np.frombuffer(matrix, dtype="<f2").reshape(-1, dimension),
            )


def missing(connection: Connection, model: str) -> list[int]:
    """Find the active documents that this model has not read yet."""
    have = select(vectors.c.number).where(vectors.c.model == model)
    query = select(document.c.number).where(document.c.status == ACTIVE, document.c.number.not_in(have))
    return list(connection.execute(query.order_by(document.c.number)).scalars())


def drop_others(connection: Connection, model: str) -> None:
    """Forget the vectors of every model but this one."""
    connection.execute(delete(vectors).where(vectors.c.model != model))


def counts(connection: Connection) -> dict[str, int]:
    """Count the documents that each model has read."""
    query = select(vectors.c.model, func.count()).group_by(vectors.c.model).order_by(vectors.c.model)
    return {key: value for key, value in connection.execute(query)}
