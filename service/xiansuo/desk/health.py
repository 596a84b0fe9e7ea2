"""Whether an archive can be asked: the database is read, and the index knows what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.errors import XiansuoError
from xiansuo.store import documents


@dataclass(frozen=True, slots=True)
class Health:
    """`change` is the last change of the database, `indexed` the last that the index in memory has taken in.

    A question first brings the index up to date, so a lag costs its first asker time, never an answer.
    """

    ready: bool
    change: int
    indexed: int
    lag: int
    trouble: str = ""


def health(desk: Desk) -> Health:
    """Look without waiting for others and without bringing anything up to date."""
    try:
        with desk.database.read() as connection:
            change = documents.last_change(connection)
    except XiansuoError as error:
        return Health(ready=False, change=0, indexed=0, lag=0, trouble=error.code)
    indexed = desk.indexed
    return Health(ready=True, change=change, indexed=indexed, lag=max(0, change - indexed))
