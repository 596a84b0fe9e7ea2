"""Accounts, who asks, and the trail of what was done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from xiansuo.records import Record, Team, Text
from xiansuo.records.words import Labelled


class Role(Labelled):
    """What a person is here; each may do all that those before it may."""

    INFORMANT = "informant", "信息员"
    EDITOR = "editor", "编辑"
    ADMIN = "admin", "管理员"


class Scope(Labelled):
    """What a key of another system may be used for, never more than its account may."""

    READ = "read", "只读"
    WRITE = "write", "写入"
    MANAGE = "manage", "管理"


class Account(Record):
    """Somebody who may sign in.

    `name` is the author's name in documents and claims, `login` what is typed. `changes_password` asks for a new
    password at the next visit. Moments are in UTC.
    """

    id: int
    login: Text
    name: Text
    role: Role
    unit: str = ""
    team: Team | None = None
    sector: str = ""
    region: str = ""
    changes_password: bool = False
    disabled_at: dt.datetime | None = None
    by: Text
    at: dt.datetime


class Viewer(Record):
    """Who asks: an account as one request sees it; `scopes` bind a key and are None for a person's session."""

    account: int
    login: Text
    name: Text
    role: Role
    unit: str = ""
    team: Team | None = None
    sector: str = ""
    region: str = ""
    changes_password: bool = False
    scopes: tuple[Scope, ...] | None = None

    @property
    def edits(self) -> bool:
        """Whether they see and do what editors do."""
        return self.role is not Role.INFORMANT


class ApiKey(Record):
    """A key of another system; the key itself is shown once and never kept. `ends_at` None is without an end."""

    id: int
    prefix: Text
    name: Text
    account: int
    scopes: tuple[Scope, ...]
    by: Text
    at: dt.datetime
    ends_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None
    used_at: dt.datetime | None = None


class AuditRow(Record):
    """One line of the trail: who did what to what, when, and how it ended; never a text body.

    `previous` is the digest of the row before, so that no row can be changed or taken out unseen.
    """

    seq: int = Field(ge=1)
    at: dt.datetime
    account: int | None
    name: str
    action: Text
    target: str = ""
    outcome: str = ""
    details: dict[str, Any] = Field(default_factory=dict)
    previous: str
    digest: str
