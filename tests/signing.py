"""Somebody signed in, for tests that ask the application."""

from __future__ import annotations

import datetime as dt

from fastapi.testclient import TestClient

from xiansuo.desk import accounts, signing_in
from xiansuo.desk.desk import Desk
from xiansuo.errors import NotFound
from xiansuo.gate.who import COOKIE
from xiansuo.records.accounts import Account, Role


def desk_of(client: TestClient) -> Desk:
    """The desk of the application that a client asks."""
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined]
    return desk


def account(desk: Desk, login: str, role: Role, name: str = "", unit: str = "") -> Account:
    """An account without a password, made where it is not there."""
    try:
        return accounts.named(desk, login)
    except NotFound:
        return accounts.add(desk, login, role=role, by="测试", now=dt.datetime.now(dt.UTC), name=name, unit=unit)


def sign_in(
    client: TestClient, login: str = "bianji", role: Role = Role.EDITOR, *, name: str = "编辑甲", unit: str = ""
) -> TestClient:
    """Make this client somebody's from now on; it sends the session's own token as a page does."""
    desk = desk_of(client)
    made = signing_in.open_session(desk, account(desk, login, role, name, unit), now=dt.datetime.now(dt.UTC))
    client.cookies.set(COOKIE, made.token)
    client.headers["X-CSRF-Token"] = made.csrf
    return client
