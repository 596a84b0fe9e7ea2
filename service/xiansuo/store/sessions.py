"""Sessions of people who signed in, and links by which a password is chosen; both known by their digests only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from xiansuo.records.accounts import Account
from xiansuo.store.account_tables import account, door, login_session
from xiansuo.store.accounts import read
from xiansuo.store.moments import utc


@dataclass(frozen=True, slots=True)
class Session:
    """A session and whose it is."""

    account: Account
    csrf: str
    seen_at: dt.datetime
    ends_at: dt.datetime


def add(connection: Connection, digest: str, id: int, csrf: str, at: dt.datetime, ends_at: dt.datetime) -> None:
    """Keep a session of account `id`, and forget those that have ended."""
    connection.execute(delete(login_session).where(login_session.c.ends_at < utc(at)))
    values = {"digest": digest, "account": id, "csrf": csrf, "at": utc(at), "seen_at": utc(at), "ends_at": utc(ends_at)}
    connection.execute(insert(login_session).values(values))


def get(connection: Connection, digest: str) -> Session | None:
    """Read a session, ended or not, of an account that may sign in."""
    query = (
        select(account, login_session.c.csrf, login_session.c.seen_at, login_session.c.ends_at)
        .join(account, account.c.id == login_session.c.account)
        .where(login_session.c.digest == digest, account.c.disabled_at.is_(None))
    )
    row = connection.execute(query).first()
    return None if row is None else Session(read(row), row.csrf, utc(row.seen_at), utc(row.ends_at))


def seen(connection: Connection, digest: str, at: dt.datetime) -> None:
    """Put down that a session is in use."""
    connection.execute(update(login_session).where(login_session.c.digest == digest).values(seen_at=utc(at)))


def end(connection: Connection, digest: str) -> None:
    """End one session."""
    connection.execute(delete(login_session).where(login_session.c.digest == digest))


def end_all(connection: Connection, id: int, *, but: str = "") -> None:
    """End all sessions of an account, one excepted where its digest is given."""
    connection.execute(delete(login_session).where(login_session.c.account == id, login_session.c.digest != but))


def add_door(connection: Connection, digest: str, id: int | None, ends_at: dt.datetime) -> None:
    """Keep a link for an account, in place of any earlier one; None is for the first administrator."""
    same = door.c.account.is_(None) if id is None else door.c.account == id
    connection.execute(delete(door).where(same))
    connection.execute(insert(door).values(digest=digest, account=id, ends_at=utc(ends_at)))


def end_door(connection: Connection, id: int) -> None:
    """Make the link of an account void."""
    connection.execute(delete(door).where(door.c.account == id))


def go_through(connection: Connection, digest: str, now: dt.datetime) -> tuple[bool, int | None]:
    """Use a link up.

    :return: whether it was good, and whose it is.
    """
    used = (
        update(door)
        .where(door.c.digest == digest, door.c.used_at.is_(None), door.c.ends_at >= utc(now))
        .values(used_at=utc(now))
        .returning(door.c.account)
    )
    row = connection.execute(used).first()
    return row is not None, row.account if row else None


def door_is_open(connection: Connection, digest: str, now: dt.datetime) -> bool:
    """Tell whether a link is good, without using it."""
    query = select(door.c.digest).where(door.c.digest == digest, door.c.used_at.is_(None), door.c.ends_at >= utc(now))
    return connection.execute(query).first() is not None


def founds(connection: Connection, digest: str) -> bool:
    """Tell whether a link is the one that makes the first administrator."""
    query = select(door.c.digest).where(door.c.digest == digest, door.c.account.is_(None))
    return connection.execute(query).first() is not None
