"""Accounts and the passwords they sign in with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from xiansuo.errors import NotNow
from xiansuo.records.accounts import Account, Role
from xiansuo.store.account_tables import account, wrong_password
from xiansuo.store.moments import utc


def add(connection: Connection, made: Account) -> Account:
    """Store an account; the id that it has is not looked at.

    :raises NotNow: the login is taken.
    """
    values = _row(made)
    del values["id"]
    try:
        made_id = connection.execute(insert(account).values(**values, password="").returning(account.c.id)).scalar_one()
    except IntegrityError as error:
        raise NotNow(f"登录名“{made.login}”已经有人用了。", advice="请换一个登录名。") from error
    return made.model_copy(update={"id": int(made_id)})


def change(connection: Connection, to: Account) -> None:
    """Write what an account has become."""
    connection.execute(update(account).where(account.c.id == to.id).values(_row(to)))


def get(connection: Connection, id: int) -> Account | None:
    """Read an account."""
    row = connection.execute(select(account).where(account.c.id == id)).first()
    return read(row) if row else None


def by_login(connection: Connection, login: str) -> Account | None:
    """Read the account that signs in under a name."""
    row = connection.execute(select(account).where(account.c.login == login)).first()
    return read(row) if row else None


def every(connection: Connection, *, after: int | None = None, limit: int | None = None) -> list[Account]:
    """Read accounts in the order in which they were made: all, or so many of those made after one."""
    query = select(account).order_by(account.c.id).limit(limit)
    if after is not None:
        query = query.where(account.c.id > after)
    return [read(row) for row in connection.execute(query)]


def number_of(connection: Connection, role: Role | None = None) -> int:
    """Count the accounts that may sign in, of one role where one is given."""
    query = select(func.count()).select_from(account).where(account.c.disabled_at.is_(None))
    return int(connection.execute(query if role is None else query.where(account.c.role == role.value)).scalar_one())


def password(connection: Connection, id: int) -> str:
    """Read the hash of an account's password; empty where none was chosen."""
    return connection.execute(select(account.c.password).where(account.c.id == id)).scalar() or ""


def put_password(connection: Connection, id: int, kept: str, *, changes: bool) -> None:
    """Keep the hash of a new password.

    :param changes: it was chosen by somebody else, so it has to be changed at the next visit.
    """
    connection.execute(update(account).where(account.c.id == id).values(password=kept, changes_password=changes))


def failures(connection: Connection, login: str) -> tuple[int, dt.datetime | None]:
    """Tell how many wrong passwords in a row came under a name, and until when it has to wait."""
    row = connection.execute(select(wrong_password).where(wrong_password.c.login == login)).first()
    return (row.failures, utc(row.wait_until)) if row else (0, None)


def put_failures(connection: Connection, login: str, number: int, wait_until: dt.datetime) -> None:
    """Keep how many wrong passwords came under a name; none forgets the name."""
    connection.execute(delete(wrong_password).where(wrong_password.c.login == login))
    if number:
        connection.execute(insert(wrong_password).values(login=login, failures=number, wait_until=utc(wait_until)))


def forget_failures(connection: Connection, before: dt.datetime) -> None:
    """Forget the names whose waiting ended before a moment, so that made-up names do not pile up."""
    connection.execute(delete(wrong_password).where(wrong_password.c.wait_until < utc(before)))


def read(row: Row[Any]) -> Account:
    """Make an account of a row that holds its columns."""
    values = {name: getattr(row, name) for name in Account.model_fields}
    values["at"] = utc(values["at"])
    values["disabled_at"] = values["disabled_at"] and utc(values["disabled_at"])
    return Account.model_validate(values)


def _row(made: Account) -> dict[str, Any]:
    told = made.model_dump(mode="json", exclude={"at", "disabled_at"})
    return {**told, "at": utc(made.at), "disabled_at": made.disabled_at and utc(made.disabled_at)}
