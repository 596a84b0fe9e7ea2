"""The year's central work over HTTP: the themes, their versions, and what an editor does to them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Query, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit
from xiansuo.desk import theme_editing, theme_uploads, themes
from xiansuo.desk.paging import NUMBER, Page, paged
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Seen, Tagged, begins_with, state_seen
from xiansuo.gate.problems import described
from xiansuo.records import ThemeChange, ThemeEdit, WorkTheme

router = APIRouter(
    prefix="/api/v1/themes",
    tags=["中心工作"],
    responses={422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

Version = Annotated[str | None, Query(max_length=100, description="版本名；默认最新")]
Id = Annotated[str, Path(max_length=100, description="编号", examples=["T1"])]
_UNKNOWN: dict[int | str, dict[str, Any]] = {
    400: described("这样改不成立"),
    404: described("没有这一项"),
    412: described("看过清单之后别人改过了（If-Match）"),
}


class Editing(BaseModel):
    """In which version; the newest by default."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": "2026"}]})

    version: str | None = Field(default=None, max_length=100, description="版本名；默认最新")


class Changing(Editing):
    """What is said anew; what is not named stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"change": {"keywords": ["老年食堂", "送餐"], "until": "2026-12-31"}}]}
    )

    change: ThemeChange


class Weighing(Editing):
    """A new weight."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"weight": 3}]})

    weight: float = Field(gt=0, allow_inf_nan=False, description="新的权重", examples=[3])


class Merging(Editing):
    """Which themes become part of this one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"others": ["T2"]}]})

    others: list[Annotated[str, Field(max_length=100)]] = Field(min_length=1, max_length=500, description="并入的编号")


@router.get("", summary="中心工作", responses={404: described("没有这个版本")})
def listed(
    request: Request,
    desk: OpenDesk,
    version: Version = None,
    retired: Annotated[bool, Query(description="停用的、并入别项的也列出")] = False,
) -> list[WorkTheme]:
    """List the themes of a version; the ETag begins with the state of what editors may change."""
    every = themes.list_themes(desk, version, retired=True)
    begins_with(request, themes.state_of(every))
    return [each for each in every if retired or not each.retired]


@router.post(
    "",
    summary="导入一份清单或工作报告",
    status_code=201,
    responses={
        400: described("文件里没有中心工作，或与编辑的修改对不上"),
        413: described("文件太大或有危险"),
        415: described("读不了这种文件"),
    },
)
def take_in(
    desk: OpenDesk,
    now: Now,
    file: Annotated[UploadFile, File(description="清单 csv xlsx toml txt，或工作报告 docx txt pdf")],
    version: Annotated[str, Form(max_length=100, description="版本名；默认用文件名")] = "",
    most: Annotated[int | None, Form(ge=1, le=1000, description="只留权重最大的几项")] = None,
    replace: Annotated[bool, Form(description="同一版本里对不上的修改撤销，照样导入")] = False,
) -> themes.TakenThemes:
    """Take in the themes of a file, which is not kept, in place of what stood under the same version."""
    moment = now if replace else None
    name, content = file.filename or "", file.file
    return theme_uploads.take_sent(desk, name, content, version=version, most=most, replace_at=moment)


@router.get("/versions", summary="各个版本，最新的在前")
def versions(desk: OpenDesk) -> tuple[themes.ThemeVersion, ...]:
    """List the versions."""
    return themes.list_versions(desk)


@router.get("/log", summary="编辑做过的修改，最近的在前")
def log(desk: OpenDesk, version: Version = None, cursor: Cursor = "", limit: Limit = 50) -> Page[ThemeEdit]:
    """List edits, the undone ones too."""

    def read(before: int | None, most: int) -> tuple[ThemeEdit, ...]:
        return theme_editing.latest_edits(desk, most, version=version, before=before)

    return paged("themes/log", cursor, limit, NUMBER, read, lambda each: each.id)


@router.post("/log/{id}/undo", summary="撤销一次修改", responses={404: described("没有这次修改")})
def undo(
    desk: OpenDesk,
    now: Now,
    id: Annotated[int, Path(ge=1, lt=2**63, description="修改的编号", examples=[1])],
    who: Asking,
) -> ThemeEdit:
    """Undo an edit; it stays as history."""
    return theme_editing.undo(desk, id, by=who.name, now=now)


@router.post("/{id}/edit", summary="修改", responses=_UNKNOWN)
def edit(desk: OpenDesk, now: Now, id: Id, asked: Changing, who: Asking, seen: Seen = "") -> ThemeEdit:
    """Change what is said of a theme."""
    return theme_editing.edit(
        desk, id, asked.change, by=who.name, now=now, version=asked.version, seen_as=state_seen(seen)
    )


@router.post("/{id}/weigh", summary="定权重", responses=_UNKNOWN)
def weigh(desk: OpenDesk, now: Now, id: Id, asked: Weighing, who: Asking, seen: Seen = "") -> ThemeEdit:
    """Weigh a theme."""
    return theme_editing.weigh(
        desk, id, asked.weight, by=who.name, now=now, version=asked.version, seen_as=state_seen(seen)
    )


@router.post("/{id}/merge", summary="把别的几项并入这一项", responses=_UNKNOWN)
def merge(desk: OpenDesk, now: Now, id: Id, asked: Merging, who: Asking, seen: Seen = "") -> ThemeEdit:
    """Make other themes part of this one."""
    return theme_editing.merge(
        desk, id, asked.others, by=who.name, now=now, version=asked.version, seen_as=state_seen(seen)
    )


@router.post("/{id}/retire", summary="停用", responses=_UNKNOWN)
def retire(desk: OpenDesk, now: Now, id: Id, asked: Editing, who: Asking, seen: Seen = "") -> ThemeEdit:
    """Take a theme out of suggestions."""
    return theme_editing.retire(desk, id, by=who.name, now=now, version=asked.version, seen_as=state_seen(seen))
