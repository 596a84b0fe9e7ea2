"""Who could write on something, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from xiansuo.api.answers import Limit
from xiansuo.desk.writers import Writers, find_writers
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described

router = APIRouter(
    prefix="/api/v1/writers",
    tags=["谁能写"],
    responses={
        400: described("没有说要写什么，或者说了几样"),
        404: described("没有这项中心工作、这个热点或这条选题"),
        422: described("请求不对"),
        503: described("暂不可用"),
    },
    route_class=Tagged,
)

Name = Annotated[str, Field(max_length=200)]


@router.get("", summary="谁能写：有关信息员和单位，供约稿参考")
def listed(
    desk: OpenDesk,
    now: Now,
    q: Annotated[str, Query(max_length=2000, description="要写的事情", examples=["海上风电渔民补偿"])] = "",
    theme: Annotated[str, Query(max_length=200, description="或者：中心工作的编号或名称")] = "",
    topic: Annotated[str, Query(max_length=40, description="或者：热点编号")] = "",
    prompt: Annotated[int | None, Query(ge=1, lt=2**63, description="或者：选题的编号")] = None,
    name: Annotated[list[Name], Query(max_length=100, description="一定要看的信息员或单位")] = [],  # noqa: B006
    limit: Limit = 10,
) -> Writers:
    """List who could write on exactly one of these."""
    return find_writers(desk, now=now, text=q, theme=theme, topic=topic, prompt=prompt, names=name, limit=limit)
