"""Keys of other systems, known by prefix and digest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from xiansuo.records.accounts import Account, ApiKey
from xiansuo.store import accounts
from xiansuo.store.account_tables import account, api_key
from xiansuo.store.moments import utc


def add(connection: Connection, made: ApiKey, digest: str) -> ApiKey:
    """Store a key; the id that it has is not looked at."""
    values = {
        **made.model_dump(mode="json", include={"prefix", "name", "account", "scopes", "by"}),
        "digest": digest,
        "at": utc(made.at),
        "ends_at": made.ends_at and utc(made.ends_at),
    }
    id = connection.execute(insert(api_key).values(values).returning(api_key.c.id)).scalar_one()
    return made.model_copy(update={"id": int(id)})


def every(connection: Connection, *, before: int | None = None, limit: int | None = None) -> list[ApiKey]:
    """Read keys, newest first: all, or so many of those with ids below `before`."""
    query = select(api_key).order_by(api_key.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(api_key.c.id < before)
    return [_read(row) for row in connection.execute(query)]


def get(connection: Connection, id: int) -> ApiKey | None:
    """Read a key."""
    row = connection.execute(select(api_key).where(api_key.c.id == id)).first()
    return _read(row) if row else None


def by_prefix(connection: Connection, prefix: str) -> tuple[ApiKey, str, Account] | None:
    """Find a key, its digest and whose it is; only of accounts that may sign in."""
    row = connection.execute(select(api_key).where(api_key.c.prefix == prefix)).first()
    if row is None:
        return None
    whose = connection.execute(
        select(account).where(account.c.id == row.account, account.c.disabled_at.is_(None))
    ).first()
    return (_read(row), row.digest, accounts.read(whose)) if whose else None


def used(connection: Connection, id: int, at: dt.datetime) -> None:
    """Put down that a key is in use."""
    connection.execute(update(api_key).where(api_key.c.id == id).values(used_at=utc(at)))


def revoke(connection: Connection, id: int, at: dt.datetime) -> None:
    """End a key."""
    connection.execute(update(api_key).where(api_key.c.id == id).values(revoked_at=utc(at)))


def revoke_all(connection: Connection, whose: int, at: dt.datetime) -> list[str]:
    """End all keys of an account that are good.

    :return: their prefixes, in the order in which they were made.
    """
    good = api_key.c.account == whose, api_key.c.revoked_at.is_(None)
    ended = connection.execute(select(api_key.c.prefix).where(*good).order_by(api_key.c.id)).scalars().all()
    connection.execute(update(api_key).where(*good).values(revoked_at=utc(at)))
    return [str(prefix) for prefix in ended]


def _read(row: Row[Any]) -> ApiKey:
    values = {name: getattr(row, name) for name in ApiKey.model_fields}
    for name in ("at", "ends_at", "revoked_at", "used_at"):
        values[name] = values[name] and utc(values[name])
    return ApiKey.model_validate(values)
