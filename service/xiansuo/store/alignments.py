"""What documents have to do with work themes, by the ground that they were judged on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from xiansuo.store.alignment_tables import alignment, alignment_ground
from xiansuo.store.documents import chunks


@dataclass(frozen=True, slots=True)
class KeptGround:
    """A ground of a list, without its data: up to which day it saw how many documents, and what is judged since."""

    id: str
    list: str
    version: str
    model: str
    until: dt.date
    documents: int
    seq: int


class KeptAlignment(NamedTuple):
    """A document held against a list; columns as in the schema. A tuple: there are as many as documents."""

    number: int
    document: str
    date: dt.date | None
    digest: str
    theme: int
    probability: float
    keywords: str
    passage: str
    clause: str
    said: bytes


_COLUMNS = tuple(alignment.c[name] for name in KeptAlignment._fields)


def grounds(connection: Connection, listed: str, model: str) -> list[KeptGround]:
    """Read the grounds of a list, the latest day first."""
    columns = [alignment_ground.c[name] for name in KeptGround.__dataclass_fields__]
    query = select(*columns).where(alignment_ground.c.list == listed, alignment_ground.c.model == model)
    rows = connection.execute(query.order_by(alignment_ground.c.until.desc(), alignment_ground.c.id))
    return [KeptGround(**row._mapping) for row in rows]


def data(connection: Connection, ground: str) -> bytes | None:
    """Read what a ground knows."""
    return connection.execute(select(alignment_ground.c.data).where(alignment_ground.c.id == ground)).scalar()


def put_ground(connection: Connection, ground: KeptGround, written: bytes) -> None:
    """Keep a ground; keeping the same one again changes nothing."""
    to = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(to(alignment_ground).values(**asdict(ground), data=written).on_conflict_do_nothing())


def reached(connection: Connection, ground: str, seq: int) -> None:
    """Note that all documents are judged as they stood after a change."""
    query = update(alignment_ground).where(alignment_ground.c.id == ground, alignment_ground.c.seq < seq)
    connection.execute(query.values(seq=seq))


def keep_only(connection: Connection, ground: KeptGround, most: int, all_versions: int) -> None:
    """Forget the grounds of other encoders, and all but a ground itself and those of the latest days.

    :param most: so many of its version are left, and so many of all versions together by `all_versions`.
    """
    connection.execute(delete(alignment_ground).where(alignment_ground.c.model != ground.model))
    others = alignment_ground.c.id != ground.id
    ordered = (alignment_ground.c.until.desc(), alignment_ground.c.seq.desc(), alignment_ground.c.id)
    for which, left in (((alignment_ground.c.version == ground.version,), most), ((), all_versions)):
        query = select(alignment_ground.c.id).where(others, *which).order_by(*ordered)
        old = list(connection.execute(query).scalars())[left - 1 :]
        connection.execute(delete(alignment_ground).where(alignment_ground.c.id.in_(old)))


def put(connection: Connection, ground: str, rows: Sequence[KeptAlignment]) -> None:
    """Keep documents' alignments in place of what was kept of them."""
    forget(connection, ground, [row.number for row in rows])
    if rows:
        connection.execute(insert(alignment), [{"ground": ground, **row._asdict()} for row in rows])


def forget(connection: Connection, ground: str, numbers: Collection[int]) -> None:
    """Forget documents that are gone."""
    for chunk in chunks(sorted(numbers)):
        connection.execute(delete(alignment).where(alignment.c.ground == ground, alignment.c.number.in_(chunk)))


def digests(connection: Connection, ground: str, numbers: Collection[int]) -> dict[int, str]:
    """Tell which of some documents are judged, and by which digest, by number."""
    query = select(alignment.c.number, alignment.c.digest).where(alignment.c.ground == ground)
    return {
        number: digest
        for chunk in chunks(sorted(numbers))
        for number, digest in connection.execute(query.where(alignment.c.number.in_(chunk)))
    }


def of(connection: Connection, ground: str, numbers: Collection[int] | None) -> list[KeptAlignment]:
    """Read what is kept of some documents, or of all."""
    query = select(*_COLUMNS).where(alignment.c.ground == ground)
    some = (
        [query]
        if numbers is None
        else [query.where(alignment.c.number.in_(chunk)) for chunk in chunks(sorted(numbers))]
    )
    return [KeptAlignment(*row) for each in some for row in connection.execute(each).all()]


def seq_of(connection: Connection, ground: str) -> int:
    """Tell up to which change all documents are judged by a ground, 0 where there is no such ground."""
    query = select(alignment_ground.c.seq).where(alignment_ground.c.id == ground)
    return connection.execute(query).scalar() or 0
