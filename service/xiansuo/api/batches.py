"""Batches, duplicate groups and mergings over HTTP."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit, Wanted
from xiansuo.api.checks import Draft
from xiansuo.desk import batch, drafts, group_pages, grouping, merging, uploads
from xiansuo.desk.comparing import Text
from xiansuo.desk.desk import Desk
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Tagged
from xiansuo.gate.problems import described
from xiansuo.records import Filter, Merging

router = APIRouter(
    prefix="/api/v1",
    tags=["成批查重与合并"],
    responses={400: described("这样做不成立"), 422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

_MOST_DRAFTS = 2_000
Id = Annotated[str, Field(min_length=1, max_length=200)]


class Batch(BaseModel):
    """Drafts to check at once; the answer numbers them in this order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "drafts": [
                        {
                            "title": "关于老年食堂的建议",
                            "text": "社区老年食堂开得多、关得也不少。建议：按就餐人次补贴。",
                        }
                    ]
                }
            ]
        }
    )

    drafts: list[Draft] = Field(min_length=1, max_length=_MOST_DRAFTS, description="稿件，各项同查重")


class Merge(BaseModel):
    """Documents to put under a canonical one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"canonical": "S2024-012", "members": ["S2024-023"]}]})

    canonical: Id = Field(description="代表稿的编号", examples=["S2024-012"])
    members: list[Id] = Field(min_length=1, max_length=1000, description="并入的材料的编号", examples=[["S2024-023"]])


@router.post("/checks/batch", summary="成批查重：每篇与档案比，也互相比")
def check_drafts(desk: OpenDesk, now: Now, wanted: Wanted, asked: Batch, limit: Limit = 3) -> batch.BatchReport:
    """Check a list of drafts."""
    texts = [(Text(each.title, each.text, each.unit, each.date), each.author) for each in asked.drafts]
    return _checked(desk, drafts.drafts_of(texts), now, wanted, limit)


@router.post(
    "/checks/batch/file",
    summary="成批查重：上传台账或稿件文件",
    responses={413: described("文件太大或有危险"), 415: described("读不了这种文件")},
)
def check_ledger(
    desk: OpenDesk,
    now: Now,
    wanted: Wanted,
    file: Annotated[UploadFile, File(description="xlsx csv jsonl docx txt pdf，一份文件里可以有几篇")],
    limit: Limit = 3,
) -> batch.BatchReport:
    """Check the drafts of an uploaded file, which is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / uploads.safe_name(file.filename or "")
        with path.open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
        found = drafts.drafts_in(path, now=now.date(), most=_MOST_DRAFTS)
    return _checked(desk, found, now, wanted, limit)


@router.get("/groups", summary="档案里的全部重复，分组")
def groups(
    desk: OpenDesk, now: Now, wanted: Wanted, cursor: Cursor = "", limit: Limit = 50
) -> grouping.DuplicateGroups:
    """List duplicate groups, the largest first; computed once for a state of the archive."""
    return group_pages.cut(grouping.duplicate_groups(desk, now=now, filters=wanted), limit, cursor)


@router.post("/merges", summary="合并：几份材料并到代表稿之下", responses={404: described("没有这份材料")})
def merge(desk: OpenDesk, now: Now, asked: Merge, who: Asking) -> Merging:
    """Merge documents; nothing is hidden, every contributor is kept."""
    return merging.merge(desk, asked.canonical, asked.members, by=who.name, now=now)


@router.post("/merges/{id}/undo", summary="撤销一次合并", responses={404: described("没有这次合并")})
def undo(
    desk: OpenDesk,
    now: Now,
    id: Annotated[int, InPath(ge=1, lt=2**63, description="合并的编号", examples=[1])],
    who: Asking,
) -> Merging:
    """Undo a merging; it stays as history."""
    return merging.undo(desk, id, by=who.name, now=now)


def _checked(desk: Desk, found: drafts.Drafts, now: dt.datetime, wanted: Filter, limit: int) -> batch.BatchReport:
    return batch.check_many(desk, found.found, now=now, limit=limit, filters=wanted, remarks=found.remarks)
