"""Signing in and out, and who a session or key belongs to.

`now` is the clock's, never the archive's own day.
"""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass

from xiansuo.access import backoff, passwords, tokens
from xiansuo.desk.accounts import add, check_login, login_name
from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError, NotAllowed, NotSignedIn, TooSoon
from xiansuo.records.accounts import Account, Role, Scope, Viewer
from xiansuo.store import accounts, api_keys, audit, sessions
from xiansuo.store.database import Connection

IDLE = dt.timedelta(hours=12)
LONGEST = dt.timedelta(days=7)
"""A session ends when it was not used for so long, or is so old."""

_NOTED = dt.timedelta(minutes=5)
_FORGOTTEN = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the secret for the cookie, and what is sent with forms."""

    token: str
    csrf: str
    account: Account


@dataclass(frozen=True, slots=True)
class Known:
    """Who a request comes from, and the token its forms must carry; empty for a key, which no browser sends."""

    viewer: Viewer
    csrf: str = ""


def sign_in(desk: Desk, login: str, password: str, *, now: dt.datetime) -> SignedIn:
    """Sign in with a password.

    Every try is counted before the password is looked at, so that many at once are no way around the waiting.

    :raises NotSignedIn: name and password do not fit; it does not tell which.
    :raises TooSoon: too many wrong passwords came under this name.
    """
    login = login_name(login)[:200]
    counted = tokens.digest(login)
    with desk.database.write() as connection:
        _count(connection, counted, now)
        found = accounts.by_login(connection, login)
        kept = accounts.password(connection, found.id) if found and not found.disabled_at else ""
    if not passwords.fits(password[: passwords.LONGEST + 1], kept) or found is None:
        with desk.database.write() as connection:
            audit.add(
                connection, at=now, account=found.id if found else None, name="", action="sign_in", outcome="refused"
            )
        raise NotSignedIn("登录名或密码不对。", advice="请检查大小写；忘记密码可请管理员重设。")
    anew = passwords.hashed(password) if passwords.outdated(kept) else ""
    with desk.database.write() as connection:
        accounts.put_failures(connection, counted, 0, now)
        if anew:
            accounts.put_password(connection, found.id, anew, changes=found.changes_password)
        audit.add(connection, at=now, account=found.id, name=found.name, action="sign_in", outcome="done")
    return open_session(desk, found, now=now)


def open_session(desk: Desk, whose: Account, *, now: dt.datetime) -> SignedIn:
    """Open a session for somebody whose identity is beyond doubt."""
    made = SignedIn(tokens.token(), tokens.token(), whose)
    with desk.database.write() as connection:
        sessions.add(connection, tokens.digest(made.token), whose.id, made.csrf, now, now + LONGEST)
    return made


def sign_out(desk: Desk, token: str) -> None:
    """End a session."""
    with desk.database.write() as connection:
        sessions.end(connection, tokens.digest(token))


def of_session(desk: Desk, token: str, *, now: dt.datetime) -> Known | None:
    """Tell whose a session is; None where it is unknown or has ended."""
    digest = tokens.digest(token)
    with desk.database.read() as connection:
        found = sessions.get(connection, digest)
    if found is None or now >= found.ends_at or now - found.seen_at > IDLE:
        return None
    if now - found.seen_at > _NOTED:
        with desk.database.write() as connection:
            sessions.seen(connection, digest, now)
    return Known(viewer(found.account), found.csrf)


def of_key(desk: Desk, key: str, *, now: dt.datetime) -> Known | None:
    """Tell whose a key is; None where it is unknown, revoked or has ended."""
    prefix = "_".join(key.split("_", 2)[:2])
    with desk.database.read() as connection:
        found = api_keys.by_prefix(connection, prefix)
    if found is None:
        return None
    made, digest, whose = found
    good = hmac.compare_digest(tokens.digest(key), digest)
    if not good or made.revoked_at or (made.ends_at and now >= made.ends_at):
        return None
    if made.used_at is None or now - made.used_at > _NOTED:
        with desk.database.write() as connection:
            api_keys.used(connection, made.id, now)
    return Known(viewer(whose, made.scopes))


def viewer(whose: Account, scopes: tuple[Scope, ...] | None = None) -> Viewer:
    """Return an account as a request sees it."""
    told = {name: getattr(whose, name) for name in Viewer.model_fields if name not in ("account", "scopes")}
    return Viewer(account=whose.id, scopes=scopes, **told)


def door_is_open(desk: Desk, secret: str, *, now: dt.datetime) -> bool:
    """Tell whether a link to choose a password is good."""
    with desk.database.read() as connection:
        return sessions.door_is_open(connection, tokens.digest(secret), now)


def founds(desk: Desk, secret: str) -> bool:
    """Tell whether a link makes the first administrator, who has to choose a name too."""
    with desk.database.read() as connection:
        return sessions.founds(connection, tokens.digest(secret))


def choose_password(
    desk: Desk, secret: str, password: str, *, again: str, now: dt.datetime, login: str = ""
) -> SignedIn:
    """Choose a password through a link, which is used up, and sign in.

    :param again: the password typed once more.
    :param login: for the link of the first administrator: under which name.
    :raises NotAllowed: the link is not good any more.
    :raises InputError: the password would soon be guessed; the link stays good.
    """
    digest = tokens.digest(secret)
    refused = NotAllowed("这个链接已经用过或过期了。", advice="请管理员再发一个。")
    if not door_is_open(desk, secret, now=now):
        raise refused
    if password != again:
        raise InputError("两次输入的密码不一样。", advice="请再输入一遍。")
    passwords.check_password(password, login)
    if founds(desk, secret):
        check_login(login_name(login))
    kept = passwords.hashed(password)
    with desk.database.write() as connection:
        good, id = sessions.go_through(connection, digest, now)
        # Whoever found an old link to the first account must not become an administrator beside others.
        good = good and (id is not None or accounts.number_of(connection) == 0)
        whose = accounts.get(connection, id) if good and id is not None else None
        if not good or (id is not None and (whose is None or whose.disabled_at)):
            raise refused
        if whose is not None:
            accounts.put_password(connection, whose.id, kept, changes=False)
            sessions.end_all(connection, whose.id)
            audit.add(
                connection, at=now, account=whose.id, name=whose.name, action="accounts.chosen", target=whose.login
            )
    if whose is None:
        whose = add(desk, login, role=Role.ADMIN, by="首次设置", now=now, password=password)
    return open_session(desk, whose, now=now)


def change_own_password(desk: Desk, who: Viewer, old: str, new: str, *, now: dt.datetime, keep: str = "") -> None:
    """Change one's password; all other sessions end.

    :param keep: the secret of the session that goes on.
    :raises NotAllowed: the old one is wrong; TooSoon: it was wrong too often, here or at signing in.
    :raises InputError: the new one would soon be guessed.
    """
    with desk.database.read() as connection:
        kept = accounts.password(connection, who.account)
    passwords.check_password(new, who.login)
    counted = tokens.digest(who.login)
    with desk.database.write() as connection:
        _count(connection, counted, now)
    if not passwords.fits(old[: passwords.LONGEST + 1], kept):
        raise NotAllowed("原来的密码不对。")
    made = passwords.hashed(new)
    with desk.database.write() as connection:
        accounts.put_failures(connection, counted, 0, now)
        accounts.put_password(connection, who.account, made, changes=False)
        sessions.end_all(connection, who.account, but=tokens.digest(keep))
        audit.add(connection, at=now, account=who.account, name=who.name, action="accounts.password", target=who.login)


def _count(connection: Connection, counted: str, now: dt.datetime) -> None:
    """Put a try down as wrong until it proves right.

    :raises TooSoon: too many were wrong.
    """
    failures, wait_until = accounts.failures(connection, counted)
    if wait_until is not None and now < wait_until:
        seconds = int((wait_until - now).total_seconds()) + 1
        advice = f"请等 {_spoken(seconds)}；忘记密码可请管理员重设。"
        raise TooSoon("密码错了太多次，请稍候再试。", advice=advice, seconds=seconds)
    accounts.forget_failures(connection, now - _FORGOTTEN)
    accounts.put_failures(connection, counted, failures + 1, now + backoff.wait(failures + 1))


def _spoken(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 90 else f"{round(seconds / 60)} 分钟"
