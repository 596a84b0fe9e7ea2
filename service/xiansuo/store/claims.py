"""Claims on writing prompts: added, led on, released, never deleted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from xiansuo.errors import NotNow
from xiansuo.records.prompts import Claim
from xiansuo.store.moments import utc
from xiansuo.store.prompt_tables import claim


def add(connection: Connection, made: Claim) -> int:
    """Store a claim; the id that it has is not looked at.

    :return: its id.
    :raises NotNow: somebody else holds the prompt alone, or the same informant holds it already; the database says so,
        whoever asks at the same moment.
    """
    try:
        return int(connection.execute(insert(claim).values(_row(made)).returning(claim.c.id)).scalar_one())
    except IntegrityError as error:
        raise NotNow("这条选题刚刚被认领了。", advice="请另选一条，或请对方放弃后再认领。") from error


def change(connection: Connection, to: Claim) -> None:
    """Write what a claim has become."""
    connection.execute(update(claim).where(claim.c.id == to.id).values(_row(to)))


def of(connection: Connection, prompt: int) -> list[Claim]:
    """Read the claims on a prompt, the released ones too, oldest first."""
    return [
        _read(row) for row in connection.execute(select(claim).where(claim.c.prompt == prompt).order_by(claim.c.id))
    ]


def standing(connection: Connection, prompts: Collection[int] | None = None) -> list[Claim]:
    """Read the claims on all prompts, or on some, that were not released, oldest first."""
    query = select(claim).where(claim.c.released_at.is_(None)).order_by(claim.c.id)
    if prompts is not None:
        query = query.where(claim.c.prompt.in_(prompts))
    return [_read(row) for row in connection.execute(query)]


def _row(made: Claim) -> dict[str, Any]:
    moments = {"at": utc(made.at), "released_at": made.released_at and utc(made.released_at)}
    told = made.model_dump(mode="json", exclude={"id", "at", "released_at", "outcome_date"})
    return {**told, **moments, "outcome_date": made.outcome_date}


def _read(row: Row[Any]) -> Claim:
    values = dict(row._mapping)
    for name in ("at", "released_at"):
        values[name] = values[name] and utc(values[name])
    return Claim.model_validate(values)
