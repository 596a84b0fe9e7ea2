"""The answers from the archive: lookup, topics, suggest."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from xiansuo.desk import looking, sight, suggesting
from xiansuo.desk.about import Archive, about
from xiansuo.desk.office import office
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described
from xiansuo.records import Filter, Kind, Team

router = APIRouter(
    prefix="/api/v1",
    tags=["问答"],
    responses={
        422: described("请求不对"),
        503: described("暂不可用"),
    },
    route_class=Tagged,
)


def _filter(
    kind: Annotated[list[Kind], Query(description="只看这些类别")] = [],  # noqa: B006 - FastAPI copies it
    year: Annotated[list[Annotated[int, Field(ge=1900, le=2200)]], Query(description="只看这些年份")] = [],  # noqa: B006
    unit: Annotated[list[str], Query(description="只看这些报送单位")] = [],  # noqa: B006
) -> Filter:
    return Filter(kinds=tuple(kind), years=tuple(year), units=tuple(unit))


Wanted = Annotated[Filter, Depends(_filter)]
Limit = Annotated[int, Query(ge=1, le=100, description="最多几条")]
Cursor = Annotated[str, Query(max_length=1500, description="接着上一页：它给的 next")]


class Suggesting(BaseModel):
    """On what and for whom something is suggested; all may be left out."""

    wish: str = Field(default="", alias="q", max_length=500, description="想写什么，可不填", examples=["老年食堂"])
    unit: str = Field(default="", max_length=200, description="报送单位")
    author: str = Field(default="", max_length=200, description="信息员")
    team: Team | None = Field(default=None, description="队伍")
    region: str = Field(default="", max_length=200, description="地区")
    sector: str = Field(default="", max_length=200, description="界别")
    theme: str = Field(default="", max_length=200, description="中心工作的编号或名称")
    limit: int = Field(default=10, ge=1, le=100, description="最多几条")


@router.get("/archive", summary="档案概况")
def archive(desk: OpenDesk) -> Archive:
    """Tell what the archive holds."""
    return about(desk)


@router.get("/lookup", summary="查一查：动笔之前看看报过没有")
def lookup(
    desk: OpenDesk,
    who: Asking,
    wanted: Wanted,
    q: Annotated[str, Query(max_length=2000, description="要查的事情", examples=["电动自行车充电"])],
    limit: Limit = 10,
) -> looking.Lookup:
    """Find what the archive holds on a question."""
    return sight.answer(who, looking.lookup(desk, q, limit=limit, filters=wanted), office(desk))


@router.get("/suggest", summary="选题：建议写什么，为什么", responses={404: described("没有这项中心工作")})
def suggest(desk: OpenDesk, now: Now, who: Asking, asked: Annotated[Suggesting, Query()]) -> suggesting.Suggestions:
    """Suggest writing prompts with their reasons; to an informant, fitted to themselves."""
    author, unit = sight.acts_for(who, asked.author, asked.unit)
    told = asked.model_copy(update={"author": author, "unit": unit})
    return sight.answer(who, suggesting.suggest(desk, now=now.date(), **told.model_dump()), office(desk))
