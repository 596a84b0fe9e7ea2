"""The audit trail over HTTP, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from xiansuo.api.answers import Limit
from xiansuo.desk import auditing
from xiansuo.gate.asked import OpenDesk
from xiansuo.gate.problems import described
from xiansuo.records.accounts import AuditRow

router = APIRouter(
    prefix="/api/v1/audit", tags=["审计"], responses={422: described("请求不对"), 503: described("暂不可用")}
)


@router.get("", summary="谁在何时做了什么，最近的在前")
def listed(
    desk: OpenDesk,
    before: Annotated[int | None, Query(ge=1, lt=2**63, description="只看这一号之前的，用来翻页")] = None,
    account: Annotated[int | None, Query(ge=1, lt=2**63, description="只看这个账号的")] = None,
    action: Annotated[str, Query(max_length=100, description="只看以此开头的动作")] = "",
    limit: Limit = 50,
) -> list[AuditRow]:
    """List the trail."""
    return auditing.trail(desk, before=before, account=account, action=action, limit=limit)


@router.get("/soundness", summary="查验审计记录是否被改动")
def soundness(desk: OpenDesk) -> auditing.Soundness:
    """Follow the chain."""
    return auditing.soundness(desk)
