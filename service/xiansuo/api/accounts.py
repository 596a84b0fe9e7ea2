"""Accounts and keys over HTTP, for administrators; and one's own account."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit
from xiansuo.desk import accounts, api_keys, signing_in
from xiansuo.desk.paging import NUMBER, Page, paged
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import described
from xiansuo.gate.repeats import Named
from xiansuo.gate.who import COOKIE
from xiansuo.records import Team
from xiansuo.records.accounts import Account, ApiKey, Role, Scope, Viewer

router = APIRouter(
    prefix="/api/v1",
    tags=["账号与密钥"],
    responses={
        400: described("这样做不成立"),
        404: described("没有这个账号或密钥"),
        409: described("现在不能这样做"),
        422: described("请求不对"),
        503: described("暂不可用"),
    },
    route_class=Named,
)

Id = Annotated[int, Path(ge=1, lt=2**63, description="编号", examples=[1])]
Line = Annotated[str, Field(max_length=200)]


class Adding(BaseModel):
    """A new account; its owner chooses a password through the link of `door`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"login": "haiwan.shequ", "name": "海湾社区联络站", "role": "informant", "unit": "海湾社区联络站"}
            ]
        }
    )

    login: str = Field(max_length=60, description="登录名", examples=["haiwan.shequ"])
    name: Line = Field(default="", description="材料里的署名；默认同登录名")
    role: Role = Role.INFORMANT
    unit: Line = ""
    team: Team | None = None
    sector: Line = ""
    region: Line = ""


class Changing(BaseModel):
    """What is to be changed; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"unit": "青屿县政协", "role": "editor"}]})

    name: Line | None = None
    role: Role | None = None
    unit: Line | None = None
    team: Team | Literal[""] | None = Field(None, description="空的表示不再属于哪支队伍")
    sector: Line | None = None
    region: Line | None = None


class Door(BaseModel):
    """The end of a link by which somebody chooses a password; good once, for three days."""

    path: str


class NewPassword(BaseModel):
    """The old and the new password."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"old": "原来的密码", "new": "新的密码，至少十位"}]})

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000, description="至少 10 位")


class NewKey(BaseModel):
    """For which system, in whose name, for what and until when."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "办公系统", "account": 1, "scopes": ["read", "write"], "days": 365}]}
    )

    name: Line = Field(description="给哪个系统用", examples=["办公系统"])
    account: int = Field(ge=1, lt=2**63, description="以哪个账号的身份")
    scopes: list[Scope] = Field(min_length=1, max_length=3)
    days: int | None = Field(default=365, ge=1, le=3650, description="有效天数；null 为长期")


class MadeKey(BaseModel):
    """A new key; `secret` is shown this once and goes into `Authorization: Bearer …`."""

    key: ApiKey
    secret: str


@router.get("/me", summary="我是谁")
def me(who: Asking) -> Viewer:
    """Tell who asks."""
    return who


@router.post("/me/password", status_code=204, summary="改自己的密码，其他地方的登录随即失效")
def change_own_password(desk: OpenDesk, now: Clock, who: Asking, asked: NewPassword, request: Request) -> None:
    """Change one's own password."""
    keep = request.cookies.get(COOKIE, "")
    signing_in.change_own_password(desk, who, asked.old, asked.new, now=now, keep=keep)


@router.get("/users", summary="账号，先建的在前")
def listed(desk: OpenDesk, cursor: Cursor = "", limit: Limit = 50) -> Page[Account]:
    """List accounts."""

    def read(after: int | None, most: int) -> list[Account]:
        return accounts.every(desk, after=after, limit=most)

    return paged("users", cursor, limit, NUMBER, read, lambda each: each.id)


@router.post("/users", status_code=201, summary="新建账号")
def add(desk: OpenDesk, now: Clock, who: Asking, asked: Adding) -> Account:
    """Make an account."""
    return accounts.add(desk, by=who.name, now=now, **asked.model_dump())


@router.patch("/users/{id}", summary="改账号的资料或身份")
def change(desk: OpenDesk, now: Clock, who: Asking, id: Id, asked: Changing) -> Account:
    """Change an account."""
    return accounts.change(desk, id, by=who.name, now=now, **asked.model_dump())


@router.post("/users/{id}/close", summary="停用账号，登录和密钥随即失效")
def close(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Account:
    """Close an account."""
    return accounts.close(desk, id, by=who.name, now=now)


@router.post("/users/{id}/reopen", summary="恢复账号")
def reopen(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Account:
    """Open a closed account."""
    return accounts.reopen(desk, id, by=who.name, now=now)


@router.post("/users/{id}/door", summary="发一个设置密码的链接，三天内用一次")
def door(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> Door:
    """Make a link to choose a password."""
    return Door(path=f"/first/{accounts.door(desk, id, by=who.name, now=now)}")


@router.get("/keys", summary="密钥，最新的在前")
def keys(desk: OpenDesk, cursor: Cursor = "", limit: Limit = 50) -> Page[ApiKey]:
    """List keys."""

    def read(before: int | None, most: int) -> list[ApiKey]:
        return api_keys.every(desk, before=before, limit=most)

    return paged("keys", cursor, limit, NUMBER, read, lambda each: each.id)


@router.post("/keys", status_code=201, summary="新建密钥，只显示这一次")
def make_key(desk: OpenDesk, now: Clock, who: Asking, asked: NewKey) -> MadeKey:
    """Make a key."""
    ends_at = now + dt.timedelta(days=asked.days) if asked.days else None
    made = api_keys.make(desk, asked.account, asked.name, asked.scopes, by=who.name, now=now, ends_at=ends_at)
    return MadeKey(key=made.key, secret=made.secret)


@router.post("/keys/{id}/revoke", summary="停用密钥")
def revoke(desk: OpenDesk, now: Clock, who: Asking, id: Id) -> ApiKey:
    """Revoke a key."""
    return api_keys.revoke(desk, id, by=who.name, now=now)
