"""The audit trail: rows are added and read, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text

from xiansuo.access import chain
from xiansuo.records.accounts import AuditRow
from xiansuo.store.account_tables import audit
from xiansuo.store.moments import utc

_PAGE = 1000


def add(
    connection: Connection,
    *,
    at: dt.datetime,
    account: int | None,
    name: str,
    action: str,
    target: str = "",
    outcome: str = "",
    details: dict[str, Any] | None = None,
) -> AuditRow:
    """Add a row to the end of the chain, within a writing transaction."""
    if connection.dialect.name == "postgresql":
        # Two at once must not both follow the same row; SQLite lets one write at a time anyway.
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    last = connection.execute(select(audit.c.seq, audit.c.digest).order_by(audit.c.seq.desc()).limit(1)).first()
    row = AuditRow(
        seq=last.seq + 1 if last else 1,
        at=utc(at),
        account=account,
        name=name,
        action=action,
        target=target,
        outcome=outcome,
        details=details or {},
        previous=last.digest if last else chain.START,
        digest="",
    )
    row = row.model_copy(update={"digest": chain.digest(row)})
    connection.execute(insert(audit).values({**row.model_dump(mode="json", exclude={"at"}), "at": row.at}))
    return row


def listed(
    connection: Connection, *, before: int | None = None, account: int | None = None, action: str = "", limit: int = 50
) -> list[AuditRow]:
    """Read rows, newest first.

    :param before: only those with a smaller number.
    :param action: only those whose action starts with it.
    """
    query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.seq < before)
    if account is not None:
        query = query.where(audit.c.account == account)
    if action:
        query = query.where(audit.c.action.startswith(action, autoescape=True))
    return [_read(row) for row in connection.execute(query)]


def has(connection: Connection, action: str, target: str) -> bool:
    """Tell whether an act on something was put down."""
    query = select(audit.c.seq).where(audit.c.action == action, audit.c.target == target).limit(1)
    return connection.execute(query).first() is not None


def in_order(connection: Connection) -> Iterator[AuditRow]:
    """Read all rows, oldest first, some at a time."""
    after = 0
    while rows := connection.execute(
        select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(_PAGE)
    ).fetchall():
        yield from map(_read, rows)
        after = rows[-1].seq


def length(connection: Connection) -> int:
    """Count the rows."""
    return int(connection.execute(select(func.count()).select_from(audit)).scalar_one())


def _read(row: Row[Any]) -> AuditRow:
    return AuditRow.model_validate({**row._mapping, "at": utc(row.at)})
