"""Keys by which other office systems ask; made and revoked by an administrator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.access import tokens
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import masked_line
from xiansuo.errors import InputError, NotFound
from xiansuo.records.accounts import ApiKey, Scope
from xiansuo.store import accounts, api_keys, audit


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; `secret` is shown this once."""

    key: ApiKey
    secret: str


def make(
    desk: Desk,
    account: int,
    name: str,
    scopes: Sequence[Scope],
    *,
    by: str,
    now: dt.datetime,
    ends_at: dt.datetime | None = None,
) -> NewKey:
    """Make a key that asks in the name of an account.

    :param name: which system has it.
    :raises InputError: it has no name or scope, or would have ended already; NotFound: there is no such account.
    """
    name = masked_line(name)[:100]
    if not name or not scopes:
        raise InputError("请写明密钥给哪个系统用，并至少选一项权限。")
    if ends_at is not None and ends_at <= now:
        raise InputError("密钥的到期时间已经过去。", advice="请选以后的日期，或不填。")
    prefix, secret = tokens.api_key()
    kept = tuple(sorted(set(scopes), key=list(Scope).index))
    made = ApiKey(id=0, prefix=prefix, name=name, account=account, scopes=kept, by=by, at=now, ends_at=ends_at)
    with desk.database.write() as connection:
        if accounts.get(connection, account) is None:
            raise NotFound(f"没有第 {account} 号账号。")
        made = api_keys.add(connection, made, tokens.digest(secret))
        audit.add(connection, at=now, account=None, name=by, action="keys.make", target=prefix, details={"for": name})
    return NewKey(made, secret)


def every(desk: Desk, *, before: int | None = None, limit: int | None = None) -> list[ApiKey]:
    """List keys, newest first: all, or so many of those with ids below `before`."""
    with desk.database.read() as connection:
        return api_keys.every(connection, before=before, limit=limit)


def revoke(desk: Desk, id: int, *, by: str, now: dt.datetime) -> ApiKey:
    """End a key at once; done again, it changes nothing.

    :raises NotFound: there is no such key.
    """
    with desk.database.write() as connection:
        found = api_keys.get(connection, id)
        if found is None:
            raise NotFound(f"没有第 {id} 号密钥。")
        if found.revoked_at is None:
            api_keys.revoke(connection, id, now)
            audit.add(connection, at=now, account=None, name=by, action="keys.revoke", target=found.prefix)
    return found.model_copy(update={"revoked_at": found.revoked_at or now})
