"""Editors' decisions over HTTP: keep one, list them, undo one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit
from xiansuo.desk import deciding
from xiansuo.desk.comparing import Text
from xiansuo.desk.paging import NUMBER, Page, paged
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described
from xiansuo.records import Decision, Relation, Verdict

router = APIRouter(
    prefix="/api/v1/decisions",
    tags=["编辑的判断"],
    responses={
        400: described("这样判不成立"),
        404: described("没有这份材料或这条判断"),
        422: described("请求不对"),
        503: described("暂不可用"),
    },
    route_class=Tagged,
)


class Deciding(BaseModel):
    """A decision on a draft and an earlier document."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"run": "check-20261101-0123456789", "earlier": "S2024-001", "verdict": "rejected"}]
        }
    )

    title: str = Field(default="", max_length=500, description="稿件标题，同查重")
    text: str = Field(default="", max_length=200_000, description="稿件正文，同查重；写了查重的编号就可不填")
    unit: str = Field(default="", max_length=200, description="报送单位")
    date: dt.date | None = Field(default=None, description="稿件日期，默认今天")
    run: str = Field(default="", max_length=40, description="编辑看的是哪次查重，写它的编号")
    earlier: str = Field(max_length=200, description="以前的材料的编号", examples=["S2024-001"])
    verdict: Verdict
    relation: Relation | None = Field(default=None, description="改判成哪种关系；不是重复时可不填")


@router.post("", summary="判一条：认可、不是重复或改判")
def decide(desk: OpenDesk, now: Now, asked: Deciding, who: Asking) -> Decision:
    """Keep what an editor says to a match; the same again changes nothing."""
    if asked.run and not asked.text:
        draft = deciding.draft_of_check(desk, asked.run)
    else:
        draft = Text(asked.title, asked.text, asked.unit, asked.date)
    return deciding.decide(
        desk, draft, asked.earlier, asked.verdict, by=who.name, now=now, relation=asked.relation, run=asked.run
    )


@router.get("", summary="判过的，最近的在前，撤销了的也在内")
def listed(
    desk: OpenDesk,
    earlier: Annotated[str, Query(max_length=200, description="只看与这份材料有关的")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[Decision]:
    """List decisions, newest first."""

    def read(before: int | None, most: int) -> tuple[Decision, ...]:
        return deciding.decisions(desk, limit=most, earlier=earlier, before=before)

    return paged("decisions", cursor, limit, NUMBER, read, lambda each: each.id)


@router.post("/{id}/undo", summary="撤销一条判断")
def undo(
    desk: OpenDesk,
    now: Now,
    id: Annotated[int, Path(ge=1, lt=2**63, description="判断的编号", examples=[1])],
    who: Asking,
) -> Decision:
    """Undo a decision; it stays as history."""
    return deciding.undo(desk, id, by=who.name, now=now)
