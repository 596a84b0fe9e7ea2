"""Decisions of editors on pairs of texts: added, undone, never changed otherwise and never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select, update

from xiansuo.records import Decision
from xiansuo.store.moments import utc
from xiansuo.store.schema import decision, document

_FIELDS = tuple(name for name in Decision.model_fields if name not in ("id", "earlier_title"))


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with its draft, redacted: enough to read the pair again with a later model."""

    decision: Decision
    text: str
    unit: str
    date: dt.date | None


def add(connection: Connection, decided: Decided) -> int:
    """Store a decision; the id that it has is not looked at.

    :return: its id.
    """
    made = decided.decision
    moments = {"at": utc(made.at), "undone_at": made.undone_at and utc(made.undone_at)}
    draft = {"text": decided.text, "unit": decided.unit, "date": decided.date}
    row = {**made.model_dump(mode="json", include=set(_FIELDS)), **moments, **draft}
    return int(connection.execute(insert(decision).values(row).returning(decision.c.id)).scalar_one())


def undo(connection: Connection, id: int, by: str, at: dt.datetime) -> None:
    """Mark a decision as undone; one that is undone already stays as it is."""
    standing = decision.c.id == id, decision.c.undone_at.is_(None)
    connection.execute(update(decision).where(*standing).values(undone_at=utc(at), undone_by=by))


def get(connection: Connection, id: int) -> Decision | None:
    """Read a decision, undone or not, or None."""
    row = connection.execute(_query().where(decision.c.id == id)).one_or_none()
    return None if row is None else _read(row)


def about(connection: Connection, fingerprint: str) -> list[Decision]:
    """Read the decisions that stand on a text, as the draft or as the earlier one of the pair, oldest first."""
    either = or_(decision.c.draft == fingerprint, decision.c.earlier_fingerprint == fingerprint)
    query = _query().where(either, decision.c.undone_at.is_(None)).order_by(decision.c.id)
    return [_read(row) for row in connection.execute(query)]


def latest(
    connection: Connection, limit: int, *, draft: str = "", earlier: str = "", before: int | None = None
) -> list[Decision]:
    """Read decisions newest first, the undone ones too.

    :param draft: fingerprint of a draft, `earlier`: id of a document; only decisions on these, where given.
    :param before: only decisions with a smaller id.
    """
    query = _query().order_by(decision.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(decision.c.id < before)
    if draft:
        query = query.where(decision.c.draft == draft)
    if earlier:
        query = query.where(decision.c.earlier == earlier)
    return [_read(row) for row in connection.execute(query)]


def standing(connection: Connection) -> Iterator[Decided]:
    """Read the decision that counts for each pair, with its draft, by draft and earlier document."""
    extra = decision.c.text, decision.c.unit, decision.c.date
    query = _query().add_columns(*extra).where(decision.c.undone_at.is_(None)).order_by(decision.c.id)
    newest = {(row.draft, row.earlier): row for row in connection.execute(query)}
    for _, row in sorted(newest.items()):
        yield Decided(_read(row), row.text, row.unit, row.date)


def _query() -> Select[Any]:
    told = [decision.c[name] for name in ("id", *_FIELDS)]
    title = document.c.title.label("earlier_title")
    return select(*told, title).select_from(decision.outerjoin(document, document.c.id == decision.c.earlier))


def _read(row: Row[Any]) -> Decision:
    values = {name: row._mapping[name] for name in Decision.model_fields}
    for name in ("at", "undone_at"):
        values[name] = values[name] and utc(values[name])
    return Decision.model_validate({**values, "earlier_title": values["earlier_title"] or ""})
