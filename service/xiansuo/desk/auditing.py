"""The audit trail: put a line down, read it, check that nobody has changed it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xiansuo.access import chain
from xiansuo.desk.desk import Desk
from xiansuo.records.accounts import AuditRow, Viewer
from xiansuo.store import audit


@dataclass(frozen=True, slots=True)
class Soundness:
    """Whether the trail is as it was written; `broken_at` is the first row that is not."""

    rows: int
    broken_at: int | None


def note(
    desk: Desk,
    who: Viewer | None,
    action: str,
    *,
    now: dt.datetime,
    target: str = "",
    outcome: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Put down what was done; ids and names only, never a text body."""
    with desk.database.write() as connection:
        audit.add(
            connection,
            at=now,
            account=who.account if who else None,
            name=who.name if who else "",
            action=action,
            target=target,
            outcome=outcome,
            details=details,
        )


def trail(
    desk: Desk, *, before: int | None = None, account: int | None = None, action: str = "", limit: int = 50
) -> list[AuditRow]:
    """Read the trail, newest first; parameters as `store.audit.listed`."""
    with desk.database.read() as connection:
        return audit.listed(connection, before=before, account=account, action=action, limit=limit)


def soundness(desk: Desk) -> Soundness:
    """Follow the chain from its first row.

    A trail that was cut off at its end is whole in itself: compare the number of rows with one noted elsewhere.
    """
    with desk.database.read() as connection:
        return Soundness(audit.length(connection), chain.broken_at(audit.in_order(connection)))
