"""The audit trail over HTTP, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from xiansuo.api.answers import Cursor, Limit
from xiansuo.desk import auditing
from xiansuo.desk.paging import NUMBER, Page, paged
from xiansuo.gate.asked import OpenDesk
from xiansuo.gate.problems import described
from xiansuo.records.accounts import AuditRow

router = APIRouter(
    prefix="/api/v1/audit",
    tags=["审计"],
    responses={422: described("请求不对"), 503: described("暂不可用")},
)


@router.get("", summary="谁在何时做了什么，最近的在前")
def listed(
    desk: OpenDesk,
    account: Annotated[int | None, Query(ge=1, lt=2**63, description="只看这个账号的")] = None,
    action: Annotated[str, Query(max_length=100, description="只看以此开头的动作")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AuditRow]:
    """List the trail."""

    def read(before: int | None, most: int) -> list[AuditRow]:
        return auditing.trail(desk, before=before, account=account, action=action, limit=most)

    return paged("audit", cursor, limit, NUMBER, read, lambda each: each.seq)


@router.get("/soundness", summary="查验审计记录是否被改动")
def soundness(desk: OpenDesk) -> auditing.Soundness:
    """Follow the chain."""
    return auditing.soundness(desk)
