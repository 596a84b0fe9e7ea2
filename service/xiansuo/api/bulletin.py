"""The monthly bulletin over HTTP."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Response

from xiansuo.api.given_out import given_out
from xiansuo.desk import bulletin
from xiansuo.export.bulletin import bulletin_xlsx
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described

router = APIRouter(
    prefix="/api/v1/bulletin",
    tags=["月度通报"],
    responses={422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

Month = Annotated[dt.date | None, Query(description="这一天所在的月；默认本月")]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("", summary="各单位报送、采用、批示和得分")
def counted(desk: OpenDesk, now: Now, month: Month = None) -> bulletin.Bulletin:
    """Count a month and the year so far."""
    return bulletin.bulletin(desk, month or now.date())


@router.get(
    "/file.xlsx",
    summary="月度通报（Excel）",
    response_class=Response,
    responses={200: {"content": {_XLSX: {}}}},
)
def file(desk: OpenDesk, now: Now, month: Month = None) -> Response:
    """Write the bulletin as a workbook."""
    made = bulletin.bulletin(desk, month or now.date())
    data = bulletin_xlsx(made, day=now.date())
    return given_out(data, _XLSX, "bulletin.xlsx", f"月度通报 {made.month:%Y-%m}.xlsx")
