"""The archive over HTTP: list it, read, correct, withdraw and restore a document, keep what became of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit
from xiansuo.desk import correcting, document_list, document_outcomes, sight, withdrawing
from xiansuo.desk.document_line import DocumentLine
from xiansuo.desk.document_page import DocumentPage, document_page
from xiansuo.desk.office import office
from xiansuo.desk.paging import Page
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Seen, Tagged, tag
from xiansuo.gate.problems import described
from xiansuo.records import Kind
from xiansuo.records.archive import ArchiveFilter, DocumentChange, Outcome, Standing

router = APIRouter(
    prefix="/api/v1/documents",
    tags=["材料"],
    responses={400: described("这样做不成立"), 422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

_UNKNOWN: dict[int | str, dict[str, Any]] = {404: described("没有这份材料，或您看不到它")}
_CHANGED: dict[int | str, dict[str, Any]] = {
    **_UNKNOWN,
    409: described("已经撤下，要先恢复"),
    412: described("看过之后别人改过了（If-Match）"),
}

Id = Annotated[str, Path(max_length=200, description="材料的编号", examples=["S2024-001"])]
Correction = Annotated[
    DocumentChange, Body(examples=[{"title": "关于破解社区老年食堂运营难题的建议", "unit": "青屿县政协"}])
]
Told = Annotated[Outcome, Body(examples=[{"what": "adoption", "level": "city", "date": "2026-11-01"}])]
Year = Annotated[int, Field(ge=1900, le=2200)]


class PutBack(BaseModel):
    """Which earlier version becomes the newest again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1}]})

    version: int = Field(ge=1, lt=2**31, description="第几版")


def _wanted(
    q: Annotated[str, Query(max_length=200, description="标题或正文里的词，空格隔开，都要有；或编号")] = "",
    kind: Annotated[list[Kind], Query(description="只看这些类别")] = [],  # noqa: B006 - FastAPI copies it
    year: Annotated[list[Year], Query(description="只看这些年份")] = [],  # noqa: B006
    unit: Annotated[list[str], Query(description="只看这些报送单位")] = [],  # noqa: B006
    region: Annotated[str, Query(max_length=200, description="地区里含有这几个字")] = "",
    sector: Annotated[list[str], Query(description="只看这些界别")] = [],  # noqa: B006
    status: Annotated[Standing | None, Query(description="在档还是已撤下")] = None,
    adopted: Annotated[bool | None, Query(description="采用过的，或没有采用过的")] = None,
) -> ArchiveFilter:
    return ArchiveFilter(
        kinds=tuple(kind),
        years=tuple(year),
        units=tuple(unit),
        region=region,
        sectors=tuple(sector),
        standing=status,
        adopted=adopted,
        words=document_list.words_of(q),
    )


@router.get("", summary="档案里的材料，最近的在前")
def listed(
    desk: OpenDesk,
    who: Asking,
    wanted: Annotated[ArchiveFilter, Depends(_wanted)],
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[DocumentLine]:
    """List documents; to informants of others' only title, unit, kind, date and outcome."""
    return document_list.listed(desk, who, wanted, cursor=cursor, limit=limit)


@router.get(
    "/{id:path}",
    summary="一份材料",
    responses=_UNKNOWN,
)
def read(desk: OpenDesk, who: Asking, id: Id, response: Response) -> DocumentPage:
    """Show a document with its parts and outcomes; to editors with its earlier versions."""
    return _told(sight.document_for(who, document_page(desk, id), office(desk)), response)


@router.patch("/{id:path}", summary="更正：只写要改的字段", responses=_CHANGED)
def correct(
    desk: OpenDesk, now: Now, who: Asking, id: Id, change: Correction, response: Response, seen: Seen = ""
) -> DocumentPage:
    """Correct a document; the version before is kept."""
    return _told(correcting.correct(desk, id, change, by=who.name, now=now, tag=tag(seen)), response)


@router.post("/{id:path}/put-back", summary="恢复成以前的一版", responses=_CHANGED)
def put_back(
    desk: OpenDesk, now: Now, who: Asking, id: Id, asked: PutBack, response: Response, seen: Seen = ""
) -> DocumentPage:
    """Make an earlier version the newest one."""
    made = correcting.put_back(desk, id, asked.version, by=who.name, now=now, tag=tag(seen))
    return _told(made, response)


@router.post("/{id:path}/withdraw", summary="撤下：留着，不再出现在任何回答里", responses=_UNKNOWN)
def withdraw(desk: OpenDesk, now: Now, who: Asking, id: Id, response: Response) -> DocumentPage:
    """Take a document out of every answer."""
    return _told(withdrawing.withdraw(desk, id, by=who.name, now=now), response)


@router.post("/{id:path}/restore", summary="恢复撤下的", responses=_UNKNOWN)
def restore(desk: OpenDesk, now: Now, who: Asking, id: Id, response: Response) -> DocumentPage:
    """Let a document count again."""
    return _told(withdrawing.restore(desk, id, by=who.name, now=now), response)


@router.post("/{id:path}/outcomes", summary="记一条结果：采用、批示或答复", responses=_CHANGED)
def add_outcome(
    desk: OpenDesk, now: Now, who: Asking, id: Id, outcome: Told, response: Response, seen: Seen = ""
) -> DocumentPage:
    """Put down what became of a document; the same again changes nothing."""
    made = document_outcomes.add_outcome(desk, id, outcome, by=who.name, now=now, tag=tag(seen))
    return _told(made, response)


@router.post("/{id:path}/outcomes/take-back", summary="撤回一条结果", responses=_CHANGED)
def take_back_outcome(
    desk: OpenDesk, now: Now, who: Asking, id: Id, outcome: Told, response: Response, seen: Seen = ""
) -> DocumentPage:
    """Take back what was put down wrongly."""
    made = document_outcomes.take_back_outcome(desk, id, outcome, by=who.name, now=now, tag=tag(seen))
    return _told(made, response)


def _told(page: DocumentPage, response: Response) -> DocumentPage:
    response.headers["ETag"] = f'"{page.tag}"'
    return page
