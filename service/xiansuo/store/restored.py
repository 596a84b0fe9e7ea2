"""What must not come back to life with an older copy of the database."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from xiansuo.store.account_tables import door, login_session


def end_sessions(connection: Connection) -> None:
    """End all sessions and void all links: some had ended after the copy was made."""
    connection.execute(delete(login_session))
    connection.execute(delete(door))
