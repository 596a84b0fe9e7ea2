"""Gaps of the year's work over HTTP, and their heat map."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from xiansuo.api.given_out import given_out
from xiansuo.desk import gap_board
from xiansuo.export.gap_map import gap_drawing
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described

router = APIRouter(
    prefix="/api/v1/gaps",
    tags=["空白"],
    responses={404: described("没有这个版本"), 422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

By = Annotated[gap_board.By, Query(description="按时间、单位、地区、界别还是队伍分列")]
StepOf = Annotated[Literal["month", "quarter"] | None, Query(description="时间按月还是按季；默认看长短")]
Version = Annotated[str | None, Query(max_length=100, description="中心工作的版本；默认当时有效的")]
Only = Annotated[list[str] | None, Query(max_length=60, description="只列这些，没有写过的也列出")]
Columns = Annotated[int, Query(ge=1, le=60, description="最多几列")]
_TYPES = {"html": "text/html; charset=utf-8", "png": "image/png"}


@router.get("", summary="空白：中心工作要求的，哪些没有人写、没有采用")
def gaps(
    desk: OpenDesk,
    now: Now,
    by: By = "time",
    step: StepOf = None,
    version: Version = None,
    only: Only = None,
    limit: Columns = gap_board.COLUMNS,
) -> gap_board.GapBoard:
    """Hold what was written against the year's work."""
    return gap_board.gap_board(desk, now=now.date(), by=by, step=step, version=version, only=only or (), limit=limit)


@router.get(
    "/drawing",
    summary="空白图",
    response_class=Response,
    responses={200: {"content": {type: {} for type in _TYPES.values()}}, 415: described("没有可用的中文字体")},
)
def drawing(
    desk: OpenDesk,
    now: Now,
    format: Annotated[Literal["html", "png"], Query(description="html 或 png")] = "html",
    by: By = "time",
    step: StepOf = None,
    version: Version = None,
    only: Only = None,
    limit: Columns = gap_board.COLUMNS,
) -> Response:
    """Draw the gaps as a heat map."""
    board = gaps(desk, now, by, step, version, only, limit)
    data, name = gap_drawing(board, format), f"空白 {board.now}.{format}"
    # The page brings its own scripts and styles, which none of ours may: it is opened from where it was saved.
    return given_out(data, _TYPES[format], f"gaps.{format}", name, shown=format != "html")
