"""Documents with their history: add, update, find. Each write leaves a `change` row in the same transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Row, Select, delete, extract, func, insert, or_, select, update

from xiansuo.records import Document, Filter, Kind, Sections
from xiansuo.store.schema import change, document, earlier_version

Action = Literal["put", "delete"]
ACTIVE = "active"
_T = TypeVar("_T")

_FIELDS = tuple(Document.model_fields)
# SQLite takes at most 32,766 parameters in one statement.
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already holds under an id."""

    number: int
    digest: str
    version: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as the store holds it."""

    number: int
    document: Document
    sections: Sections
    version: int
    status: str


def known(connection: Connection, ids: Iterable[str]) -> dict[str, Known]:
    """Look up which ids are stored already, withdrawn documents included."""
    found: dict[str, Known] = {}
    for chunk in chunks(sorted(set(ids))):
        query = select(document.c.id, document.c.number, document.c.digest, document.c.version)
        for row in connection.execute(query.where(document.c.id.in_(chunk))):
            found[row.id] = Known(row.number, row.digest, row.version)
    return found


def add(connection: Connection, new: Sequence[tuple[Document, Sections]], run: str) -> list[int]:
    """Store new documents.

    :return: their numbers, in the order given.
    """
    if not new:
        return []
    numbers = _free_numbers(connection, [record.id for record, _ in new])
    rows = [
        {**_row(record, sections), "number": number, "status": ACTIVE, "version": 1, "run": run}
        for number, (record, sections) in zip(numbers, new, strict=True)
    ]
    connection.execute(insert(document), rows)
    _note(connection, ((row["number"], row["digest"]) for row in rows), "put")
    return numbers


def replace(
    connection: Connection, changed: Sequence[tuple[Known, Document, Sections]], run: str, now: dt.datetime
) -> list[int]:
    """Store corrected documents and keep what stood there before.

    :return: their numbers, in the order given.
    """
    numbers = []
    for before, record, sections in changed:
        old = connection.execute(select(document).where(document.c.number == before.number)).one()
        connection.execute(
            insert(earlier_version).values(
                number=old.number,
                version=old.version,
                record=_record(old).model_dump(mode="json"),
                digest=old.digest,
                run=old.run,
                replaced_at=now,
            )
        )
        values = {**_row(record, sections), "version": old.version + 1, "run": run}
        connection.execute(update(document).where(document.c.number == before.number).values(values))
        numbers.append(before.number)
    _note(connection, ((before.number, record.digest) for before, record, _ in changed), "put")
    return numbers


def set_status(connection: Connection, number: int, status: str) -> None:
    """Withdraw, hide or restore a document; it stays stored and leaves or re-enters every answer."""
    connection.execute(update(document).where(document.c.number == number).values(status=status))
    _note(connection, [(number, status)], "put" if status == ACTIVE else "delete")


def remove(connection: Connection, number: int) -> None:
    """Delete a document with its history and vectors for good, as the law on personal data may ask."""
    connection.execute(delete(document).where(document.c.number == number))
    _note(connection, [(number, "")], "delete")


def read(connection: Connection, numbers: Collection[int] | None = None) -> Iterator[Stored]:
    """Read active documents, all or those with the given numbers, by number."""
    if numbers is None:
        yield from map(stored_of, connection.execute(_active()))
        return
    for chunk in chunks(sorted(numbers)):
        yield from map(stored_of, connection.execute(_active().where(document.c.number.in_(chunk))))


def wordings(connection: Connection, numbers: Collection[int]) -> dict[str, tuple[str, str]]:
    """Read title and text of active documents, by id: much sooner than all that is known of them."""
    query = select(document.c.id, document.c.title, document.c.text).where(document.c.status == ACTIVE)
    return {
        id: (title, text)
        for chunk in chunks(sorted(numbers))
        for id, title, text in connection.execute(query.where(document.c.number.in_(chunk))).all()
    }


def by_id(connection: Connection, id: str) -> Stored | None:
    """Read one document by its id, whatever its status."""
    row = connection.execute(select(document).where(document.c.id == id)).one_or_none()
    return None if row is None else stored_of(row)


def history(connection: Connection, number: int) -> list[Document]:
    """Read the earlier versions of a document, oldest first."""
    query = select(earlier_version.c.record).where(earlier_version.c.number == number)
    return [
        Document.model_validate(row.record) for row in connection.execute(query.order_by(earlier_version.c.version))
    ]


def matching(connection: Connection, wanted: Filter) -> list[int]:
    """Find the numbers of the active documents that pass a filter, ascending."""
    query = select(document.c.number).where(document.c.status == ACTIVE)
    if wanted.kinds:
        query = query.where(document.c.kind.in_([str(kind.value) for kind in wanted.kinds]))
    if wanted.years:
        query = query.where(extract("year", document.c.date).in_(wanted.years))
    if wanted.units:
        query = query.where(document.c.unit.in_(wanted.units))
    return list(connection.execute(query.order_by(document.c.number)).scalars())


def count(connection: Connection) -> dict[Kind, int]:
    """Count the active documents by kind."""
    query = select(document.c.kind, func.count()).where(document.c.status == ACTIVE).group_by(document.c.kind)
    found: dict[str, int] = {key: value for key, value in connection.execute(query)}
    return {kind: found.get(kind.value, 0) for kind in Kind}


def count_until(connection: Connection, day: dt.date) -> int:
    """Count the active documents that are not dated later than a day."""
    known = or_(document.c.date.is_(None), document.c.date <= day)
    return connection.execute(select(func.count()).where(document.c.status == ACTIVE, known)).scalar() or 0


def digests(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Look up the digests of active documents, by number."""
    query = select(document.c.number, document.c.digest).where(document.c.status == ACTIVE)
    return {
        number: digest
        for chunk in chunks(sorted(numbers))
        for number, digest in connection.execute(query.where(document.c.number.in_(chunk))).all()
    }


def units(connection: Connection) -> list[str]:
    """List the units that wrote submissions, proposals or reports, in order of their names."""
    query = select(document.c.unit).where(
        document.c.status == ACTIVE, document.c.unit != "", document.c.kind != Kind.REFERENCE.value
    )
    return list(connection.execute(query.distinct().order_by(document.c.unit)).scalars())


def last_change(connection: Connection) -> int:
    """Return the newest change's number, 0 if nothing was ever stored."""
    return connection.execute(select(func.max(change.c.seq))).scalar() or 0


def mark_at(connection: Connection, seq: int) -> str:
    """Return the mark of a change, empty for none: it names the whole history up to there."""
    return connection.execute(select(change.c.mark).where(change.c.seq == seq)).scalar() or ""


def changes(connection: Connection, after: int) -> dict[int, Action]:
    """Read what became of each document after a change: its last action, by number."""
    query = select(change.c.number, change.c.action).where(change.c.seq > after).order_by(change.c.seq)
    return {key: value for key, value in connection.execute(query)}


def _active() -> Select[Any]:
    return select(document).where(document.c.status == ACTIVE).order_by(document.c.number)


def _row(record: Document, sections: Sections) -> dict[str, Any]:
    values = record.model_dump(mode="json", exclude={"date"})
    return {
        **values,
        "date": record.date,
        "sections": sections.model_dump(mode="json"),
        "digest": record.digest,
    }


def _record(row: Row[Any]) -> Document:
    values = row._mapping
    return Document.model_validate({field: values[field] for field in _FIELDS})


def stored_of(row: Row[Any]) -> Stored:
    """Take a whole row of the documents' table for a document."""
    return Stored(row.number, _record(row), Sections.model_validate(row.sections), row.version, row.status)


def _free_numbers(connection: Connection, ids: Sequence[str]) -> list[int]:
    """Number documents by their ids, not by their arrival, so that no order of import shows in any answer.

    A number has 47 bits, which leaves an index 16 for a passage's place; two ids that meet are moved apart.
    """
    numbers: dict[int, str] = {}
    for id in ids:
        number = int.from_bytes(hashlib.blake2b(id.encode(), digest_size=6).digest(), "big") >> 1
        while number in numbers:
            number += 1
        numbers[number] = id
    taken = {
        number
        for chunk in chunks(sorted(numbers))
        for number in connection.execute(select(document.c.number).where(document.c.number.in_(chunk))).scalars()
    }
    free = []
    for number in numbers:
        while number in taken:
            number += 1
        taken.add(number)
        free.append(number)
    return free


def _note(connection: Connection, changed: Iterable[tuple[int, str]], action: Action) -> None:
    """Leave a change row for each document; the digest tells what it now holds, empty where it is gone."""
    mark = mark_at(connection, last_change(connection))
    rows = []
    for number, digest in changed:
        told = f"{mark} {number} {action} {digest}"
        mark = hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
        rows.append({"number": number, "action": action, "mark": mark})
    if rows:
        connection.execute(insert(change), rows)


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Cut a list of numbers or ids into pieces that one statement takes."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
