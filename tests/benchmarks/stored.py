"""The large archive in a home: written through the store, without reading any file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from tests.benchmarks.archive import bodies, titles
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import encode_passages
from xiansuo.records import Document, Kind
from xiansuo.store import documents, state, vectors
from xiansuo.store.vectors import StoredVectors
from xiansuo.text.passages import read_passages

_BATCH = 2_000
_DAY, _DAYS = dt.date(2024, 1, 1), 900


def fill(desk: Desk, count: int, length: int) -> None:
    """Put so many documents of about `length` characters into a home."""
    records = made(count, length)
    while some := list(islice(records, _BATCH)):
        _store(desk, some)


def made(count: int, length: int) -> Iterator[Document]:
    """Make the documents, dated one day after another over two and a half years, again and again."""
    written = zip(titles(count), bodies(count, length), strict=True)
    for place, (title, body) in enumerate(written):
        date = _DAY + dt.timedelta(days=place % _DAYS)
        yield Document(id=id_at(place), kind=Kind.SUBMISSION, title=title, text=body, date=date)


def id_at(place: int) -> str:
    """Name the document at a place of the archive."""
    return f"B{place:06}"


def _store(desk: Desk, records: list[Document]) -> None:
    read = [read_passages(record.title, record.text) for record in records]
    matrices = list(encode_passages(desk.encoder, read))
    with desk.database.write() as connection:
        state.put(connection, state.ENCODER, desk.encoder_name)
        state.put(connection, state.ENCODER_ID, desk.encoder.id)
        new = [(record, passages.sections) for record, passages in zip(records, read, strict=True)]
        numbers = documents.add(connection, new, "benchmark")
        stored = (StoredVectors(n, each.spans, m) for n, each, m in zip(numbers, read, matrices, strict=True))
        vectors.put(connection, desk.encoder.id, stored)
