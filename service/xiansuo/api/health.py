"""Whether the service lives and is ready, for whatever watches over it."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from xiansuo.desk import health
from xiansuo.gate.asked import OpenDesk

router = APIRouter(prefix="/api/v1/health", tags=["运行状况"])


class Live(BaseModel):
    """It answers."""

    live: bool = True


@router.get("/live", summary="活着")
def live() -> Live:
    """Tell that the service answers."""
    return Live()


@router.get(
    "/ready",
    summary="能答：数据库可读，索引跟得上",
    responses={503: {"model": health.Health, "description": "还不能答"}},
)
def ready(desk: OpenDesk, response: Response) -> health.Health:
    """Tell whether questions can be answered, and how far the index is behind the database."""
    found = health.health(desk)
    response.status_code = 200 if found.ready else 503
    return found
