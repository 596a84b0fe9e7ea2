"""What archives had in common when they were clustered whole, by the run that did it."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from xiansuo.store.schema import ground


def put(connection: Connection, run: str, data: bytes) -> None:
    """Keep the ground of a run; keeping the same one again changes nothing."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(ground).values(run=run, data=data).on_conflict_do_nothing())


def get(connection: Connection, run: str) -> bytes | None:
    """Read the ground of a run, or None."""
    return connection.execute(select(ground.c.data).where(ground.c.run == run)).scalar()


def keep_only(connection: Connection, runs: list[str]) -> None:
    """Forget the grounds of all other runs."""
    connection.execute(delete(ground).where(ground.c.run.not_in(runs)))
