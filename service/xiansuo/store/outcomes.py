"""Whose reports had which outcomes, without their texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from xiansuo.records import Adoption, Instruction, Kind
from xiansuo.store.documents import ACTIVE
from xiansuo.store.schema import document

_COUNTED = (Kind.SUBMISSION.value, Kind.REPORT.value)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One report: whose it is, when, and what became of it."""

    id: str
    unit: str
    author: str
    date: dt.date | None
    adoptions: tuple[Adoption, ...]
    instructions: tuple[Instruction, ...]


def read(connection: Connection) -> Iterator[Outcome]:
    """Read all active submissions and reports, in the order of their ids."""
    c = document.c
    query = select(c.id, c.unit, c.author, c.date, c.adoptions, c.instructions)
    for row in connection.execute(query.where(c.status == ACTIVE, c.kind.in_(_COUNTED)).order_by(c.id)):
        yield Outcome(
            row.id,
            row.unit,
            row.author,
            row.date,
            tuple(Adoption.model_validate(each) for each in row.adoptions),
            tuple(Instruction.model_validate(each) for each in row.instructions),
        )
