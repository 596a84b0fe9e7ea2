"""A document in one line of a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.facts import status
from xiansuo.records import Kind
from xiansuo.records.archive import Standing
from xiansuo.store.documents import Stored


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What a list shows of a document; `status` says in one phrase what became of it.

    `whole` is False where who asks may see no more than this line, without author, region and sector.
    """

    id: str
    kind: Kind
    title: str
    author: str
    unit: str
    region: str
    sector: str
    date: dt.date | None
    status: str
    standing: Standing
    whole: bool = True


def document_line(stored: Stored) -> DocumentLine:
    """Tell the line of a document."""
    record = stored.document
    return DocumentLine(
        record.id,
        record.kind,
        record.title,
        record.author,
        record.unit,
        record.region,
        record.sector,
        record.date,
        status(record),
        Standing(stored.status),  # type: ignore[call-arg]
    )
