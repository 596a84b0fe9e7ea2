"""Small facts about this archive, such as which encoder its answers use."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from xiansuo.store.schema import state

ENCODER = "encoder"
"""Name or folder of the encoder in use."""

ENCODER_ID = "encoder_id"
"""Its id: name and weights' hash; the vectors in use are those under this id."""

DAY = "day"
"""The day that this archive takes for today (ISO), set only where the material ends in the past, as in the demo."""


def get(connection: Connection, key: str) -> str | None:
    """Read a fact, or None."""
    return connection.execute(select(state.c.value).where(state.c.key == key)).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Write a fact."""
    connection.execute(delete(state).where(state.c.key == key))
    connection.execute(insert(state).values(key=key, value=value))


def starting(connection: Connection, prefix: str) -> dict[str, str]:
    """Read all facts whose keys begin so, in their order."""
    known = state.c.key.startswith(prefix, autoescape=True)
    return {
        key: value
        for key, value in connection.execute(select(state.c.key, state.c.value).where(known).order_by(state.c.key))
    }


def forget(connection: Connection, key: str) -> None:
    """Forget a fact."""
    connection.execute(delete(state).where(state.c.key == key))
