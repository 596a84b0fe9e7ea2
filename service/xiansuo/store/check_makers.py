"""Who made which check."""

from __future__ import annotations

from sqlalchemy import Connection, Select, select
from sqlalchemy.dialects import postgresql, sqlite

from xiansuo.store.account_tables import check_maker


def add(connection: Connection, run: str, account: int) -> None:
    """Put down that an account made a check; again, it changes nothing."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(check_maker).values(run=run, account=account).on_conflict_do_nothing())


def made(connection: Connection, run: str, account: int) -> bool:
    """Tell whether an account made a check."""
    query = select(check_maker.c.run).where(check_maker.c.run == run, check_maker.c.account == account)
    return connection.execute(query).first() is not None


def of(account: int) -> Select[tuple[str]]:
    """Select the ids of the checks that an account made."""
    return select(check_maker.c.run).where(check_maker.c.account == account)
