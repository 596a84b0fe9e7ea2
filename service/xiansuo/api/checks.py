"""Checks over HTTP: make one, list them, open one again, take it away as a file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit, Wanted
from xiansuo.api.given_out import given_out
from xiansuo.desk import checking, reopening, sight
from xiansuo.desk.cutting import recut
from xiansuo.desk.office import office
from xiansuo.desk.paging import NAME, Page, paged
from xiansuo.desk.report import DuplicateReport
from xiansuo.export.writing import written
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described

router = APIRouter(
    prefix="/api/v1",
    tags=["查重"],
    responses={422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

_NO_CHECK: dict[int | str, dict[str, Any]] = {404: described("没有这次查重")}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}

Run = Annotated[str, Path(max_length=40, description="查重的编号", examples=["check-20261101-0123456789"])]
Threshold = Annotated[
    float | None, Query(ge=0, le=1, description="只要应当过目的可能性达到它的材料；不给则全部，按系统自己的标记")
]

WithoutQuoted = Annotated[bool, Query(description="《》里的文件名不算相同字，也不算本稿的字")]


class Draft(BaseModel):
    """A draft to check; without a title the first line of the text is taken."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "关于破解社区老年食堂运营难题的建议",
                    "text": "社区老年食堂开得多、关得也不少。建议：按就餐人次补贴。",
                }
            ]
        }
    )

    title: str = Field(default="", max_length=500, examples=["关于破解社区老年食堂运营难题的建议"])
    text: str = Field(max_length=200_000, examples=["我市社区老年食堂开得多、关得也不少……建议：一是按就餐人次补贴……"])
    unit: str = Field(default="", max_length=200, description="报送单位，用来看同一单位报过没有")
    author: str = Field(default="", max_length=200, description="作者，用来看是否一稿多投")
    date: dt.date | None = Field(default=None, description="稿件日期，默认今天")


@router.post("/check", summary="查重：这篇稿件以前报过没有")
def check(
    desk: OpenDesk,
    now: Now,
    who: Asking,
    wanted: Wanted,
    draft: Draft,
    threshold: Threshold = None,
    limit: Limit = 10,
    without_quoted: WithoutQuoted = False,
) -> DuplicateReport:
    """Compare a draft with the archive, and keep the report."""
    by = draft.model_dump(include={"unit", "author", "date"})
    made = checking.check(
        desk, draft.title, draft.text, now=now, limit=limit, most=reopening.MOST, filters=wanted, **by
    )
    kept = reopening.save_report(desk, made, now, who.account)
    return sight.answer(who, recut(kept, threshold, limit, without_quoted=without_quoted), office(desk))


@router.get("/checks", summary="以前的查重，最近的在前")
def history(desk: OpenDesk, who: Asking, cursor: Cursor = "", limit: Limit = 20) -> Page[reopening.PastCheck]:
    """List checks that can be opened again: an informant's own, for an editor all."""

    def read(after: str | None, most: int) -> tuple[reopening.PastCheck, ...]:
        return reopening.history(desk, most, sight.maker(who), after=after)

    return sight.answer(who, paged("checks", cursor, limit, NAME, read, lambda each: each.run), office(desk))


@router.get("/checks/{run}", summary="重新打开一次查重，可换门槛，不重新计算", responses=_NO_CHECK)
def reopen(
    desk: OpenDesk,
    who: Asking,
    run: Run,
    threshold: Threshold = None,
    limit: Limit = 10,
    without_quoted: WithoutQuoted = False,
) -> DuplicateReport:
    """Open a check again."""
    report = reopening.reopen(desk, run, threshold, limit, without_quoted=without_quoted, maker=sight.maker(who))
    return sight.answer(who, report, office(desk))


@router.get(
    "/checks/{run}/export",
    summary="把一次查重存成 Word 文档或网页",
    response_class=Response,
    responses={200: {"content": {type: {} for type in _TYPES.values()}}, **_NO_CHECK},
)
def export(
    desk: OpenDesk,
    who: Asking,
    run: Run,
    format: Annotated[Literal["docx", "html"], Query(description="docx 或 html")] = "docx",
    threshold: Threshold = None,
    limit: Limit = 10,
    without_quoted: WithoutQuoted = False,
) -> Response:
    """Write a check as a file."""
    report = reopen(desk, who, run, threshold, limit, without_quoted)
    name = f"查重 {report.title[:40]}.{format}"
    return given_out(written(report, format), _TYPES[format], f"{report.run}.{format}", name)
