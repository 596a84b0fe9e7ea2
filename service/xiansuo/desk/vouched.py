"""Signing in somebody whom the office's identity provider vouches for."""

from __future__ import annotations

import datetime as dt

from xiansuo.desk.desk import Desk
from xiansuo.desk.signing_in import SignedIn, open_session
from xiansuo.errors import NotAllowed
from xiansuo.store import accounts, audit

_NOTED = 60


def sign_in_vouched(desk: Desk, login: str, *, now: dt.datetime) -> SignedIn:
    """Open a session for the account of a login name; accounts are never made here.

    :param login: as the provider tells it, beyond doubt.
    :raises NotAllowed: nobody here has this login name, or the account is closed.
    """
    # Of letters that merely look alike, or fold into one another, none may lead into somebody else's account.
    login = login.lower() if login.isascii() else login
    with desk.database.write() as connection:
        found = accounts.by_login(connection, login)
        good = found is not None and found.disabled_at is None
        audit.add(
            connection,
            at=now,
            account=found.id if found else None,
            name=found.name if found and good else "",
            action="sign_in",
            target=login[:_NOTED],
            outcome="done" if good else "refused",
            details={"way": "统一认证"},
        )
    if found is None:
        raise NotAllowed(
            f"“{login[:_NOTED]}”在这里还没有账号。", advice="请把这个登录名告诉本单位的管理员，由他添加账号。"
        )
    if not good:
        raise NotAllowed("这个账号已经停用。", advice="需要时请联系管理员。")
    return open_session(desk, found, now=now)
