"""Accounts: added, changed, closed and opened by an administrator, each act in the audit trail."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Literal

from xiansuo.access import passwords, tokens
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import masked_line
from xiansuo.errors import InputError, NotFound, NotNow
from xiansuo.ingest.characters import clean, one_line
from xiansuo.records import Team
from xiansuo.records.accounts import Account, Role
from xiansuo.store import accounts, api_keys, audit, sessions
from xiansuo.store.database import Connection

DOOR = dt.timedelta(days=3)
"""How long a link to choose a password is good."""

_LOGIN = re.compile(r"[\w.@-]{2,60}")
_LONGEST_NAME = 100


def login_name(typed: str) -> str:
    """Put a login name into the form in which it is kept: small letters, no spaces around."""
    return one_line(clean(typed)[0]).casefold()


def check_login(login: str) -> str:
    """Return a login name that will do.

    :raises InputError: it will not.
    """
    if not _LOGIN.fullmatch(login):
        raise InputError("登录名要 2 到 60 个字：汉字、字母、数字和 . _ - @。", advice="例如 bianji.01 或 编辑一。")
    return login


def add(
    desk: Desk,
    login: str,
    *,
    role: Role,
    by: str,
    now: dt.datetime,
    name: str = "",
    unit: str = "",
    team: Team | None = None,
    sector: str = "",
    region: str = "",
    password: str = "",
) -> Account:
    """Make an account; without a password nobody can sign in until one is chosen through a link.

    :param name: the author's name in documents; the login where it is empty.
    :param by: who makes it.
    :raises InputError: the login or password is no good; NotNow: the login is taken.
    """
    login = check_login(login_name(login))
    if password:
        passwords.check_password(password, login)
    name = masked_line(name)[:_LONGEST_NAME] or login
    made = Account(
        id=0,
        login=login,
        name=name,
        role=role,
        unit=masked_line(unit)[:200],
        team=team,
        sector=masked_line(sector)[:100],
        region=masked_line(region)[:200],
        by=by,
        at=now,
    )
    kept = passwords.hashed(password) if password else ""
    with desk.database.write() as connection:
        made = accounts.add(connection, made)
        if kept:
            accounts.put_password(connection, made.id, kept, changes=False)
        _told(connection, "accounts.add", made, by, now, {"role": role.value, "unit": made.unit})
    return made


def every(desk: Desk, *, after: int | None = None, limit: int | None = None) -> list[Account]:
    """List accounts in the order in which they were made: all, or so many of those made after one."""
    with desk.database.read() as connection:
        return accounts.every(connection, after=after, limit=limit)


def without_account(desk: Desk, names: Iterable[str]) -> list[str]:
    """Return those names of people and units that no open account has: nobody would see what is meant for them."""
    known = {name for each in every(desk) if not each.disabled_at for name in (each.name, each.unit)}
    return [name for name in names if name not in known]


def named(desk: Desk, login: str) -> Account:
    """Find an account by its login.

    :raises NotFound: there is none.
    """
    with desk.database.read() as connection:
        found = accounts.by_login(connection, login_name(login))
    if found is None:
        raise NotFound(f"没有登录名为“{login_name(login)}”的账号。", advice="请用 xiansuo users 查看全部账号。")
    return found


def change(
    desk: Desk,
    id: int,
    *,
    by: str,
    now: dt.datetime,
    name: str | None = None,
    role: Role | None = None,
    unit: str | None = None,
    team: Team | Literal[""] | None = None,
    sector: str | None = None,
    region: str | None = None,
) -> Account:
    """Change what is known of an account; None leaves it as it is.

    :param team: an empty one takes the account out of its team.
    :raises NotNow: no administrator would be left.
    """
    told: dict[str, Any] = {"name": name, "unit": unit, "sector": sector, "region": region}
    wanted: dict[str, Any] = {key: masked_line(value)[:100] for key, value in told.items() if value is not None}
    if wanted.get("name") == "":
        raise InputError("姓名不能为空。")
    wanted |= {"role": role} if role is not None else {}
    wanted |= {"team": team or None} if team is not None else {}
    with desk.database.write() as connection:
        before = _there(connection, id)
        if role is not None and role is not Role.ADMIN:
            _keep_an_admin(connection, before)
        after = before.model_copy(update=wanted)
        accounts.change(connection, after)
        _told(connection, "accounts.change", after, by, now, {key: str(value or "") for key, value in wanted.items()})
    return after


def close(desk: Desk, id: int, *, by: str, now: dt.datetime) -> Account:
    """Close an account: its sessions, keys and link end for good; what it did stays, and it may be opened again.

    :raises NotNow: no administrator would be left.
    """
    with desk.database.write() as connection:
        before = _there(connection, id)
        _keep_an_admin(connection, before)
        after = before.model_copy(update={"disabled_at": before.disabled_at or now})
        accounts.change(connection, after)
        sessions.end_all(connection, id)
        sessions.end_door(connection, id)
        ended = api_keys.revoke_all(connection, id, now)
        _told(connection, "accounts.close", after, by, now, {"keys": " ".join(ended)} if ended else None)
    return after


def reopen(desk: Desk, id: int, *, by: str, now: dt.datetime) -> Account:
    """Open a closed account again; its password is good as before, its keys are not."""
    with desk.database.write() as connection:
        after = _there(connection, id).model_copy(update={"disabled_at": None})
        accounts.change(connection, after)
        api_keys.revoke_all(connection, id, now)  # those made while it was closed, or closed by earlier code
        _told(connection, "accounts.reopen", after, by, now)
    return after


def door(desk: Desk, id: int | None, *, by: str, now: dt.datetime) -> str:
    """Make a link's secret with which somebody chooses a password once, within three days; an earlier one is void.

    :param id: whose; None is for whoever becomes the first administrator.
    :raises NotNow: the first administrator is there already.
    """
    secret = tokens.token()
    with desk.database.write() as connection:
        if id is None:
            if accounts.number_of(connection):
                raise NotNow("已经有账号了。", advice="请用管理员账号登录。")
        else:
            _told(connection, "accounts.door", _there(connection, id), by, now)
        sessions.add_door(connection, tokens.digest(secret), id, now + DOOR)
    return secret


def set_password(desk: Desk, id: int, password: str, *, by: str, now: dt.datetime, changes: bool = False) -> None:
    """Give an account a password; its sessions end.

    :param changes: it is handed over, so that its owner has to choose another.
    :raises InputError: it would soon be guessed.
    """
    with desk.database.read() as connection:
        whose = _there(connection, id)
    passwords.check_password(password, whose.login)
    kept = passwords.hashed(password)
    with desk.database.write() as connection:
        accounts.put_password(connection, id, kept, changes=changes)
        accounts.put_failures(connection, tokens.digest(whose.login), 0, now)
        sessions.end_all(connection, id)
        _told(connection, "accounts.password", whose, by, now)


def _there(connection: Connection, id: int) -> Account:
    found = accounts.get(connection, id)
    if found is None:
        raise NotFound(f"没有第 {id} 号账号。", advice="请用 xiansuo users 查看全部账号。")
    return found


def _keep_an_admin(connection: Connection, before: Account) -> None:
    last = before.role is Role.ADMIN and not before.disabled_at and accounts.number_of(connection, Role.ADMIN) == 1
    if last:
        raise NotNow("这是唯一的管理员，不能停用或改成别的身份。", advice="请先另设一名管理员。")


def _told(
    connection: Connection,
    action: str,
    whose: Account,
    by: str,
    now: dt.datetime,
    details: dict[str, Any] | None = None,
) -> None:
    audit.add(connection, at=now, account=None, name=by, action=action, target=whose.login, details=details)
