"""Documents of the archive with their passages and vectors, as recommending reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from xiansuo.desk.desk import Desk
from xiansuo.recommend.texts import ReadText
from xiansuo.store import documents, vectors
from xiansuo.store.database import Connection


def read_texts(desk: Desk, numbers: Iterable[int] | None = None) -> dict[str, ReadText]:
    """Read documents by their numbers, all where none are given: by id, in order of their ids."""
    asked = None if numbers is None else set(numbers)
    with desk.database.read() as connection:
        return texts_in(desk, connection, asked)


def texts_in(desk: Desk, connection: Connection, numbers: Collection[int] | None) -> dict[str, ReadText]:
    """Read documents as `read_texts` does, within a transaction."""
    stored = {each.number: each.document for each in documents.read(connection, numbers)}
    read = vectors.read(connection, desk.encoder.id, desk.encoder.dimension, None if numbers is None else stored)
    texts = {
        stored[item.number].id: ReadText(stored[item.number], item.spans, item.matrix.astype(np.float32))
        for item in read
        if item.number in stored
    }
    return dict(sorted(texts.items()))
