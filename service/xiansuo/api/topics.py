"""Hot topics over HTTP: the list, one of them, how they changed, pictures, and what an editor does to them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from xiansuo.api.answers import Cursor, Limit
from xiansuo.api.given_out import given_out
from xiansuo.desk import finding, loose_texts, run_keeping, sight, topic_changes, topic_editing, topic_page, topics
from xiansuo.desk.office import office
from xiansuo.desk.paging import NAME, NUMBER, Page, paged
from xiansuo.desk.topic_marks import topics_mark
from xiansuo.export.topic_files import drawn
from xiansuo.export.topic_plan import TopicPlan, plan
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Tagged, known_by
from xiansuo.gate.problems import described
from xiansuo.records import TopicEdit

router = APIRouter(
    prefix="/api/v1/topics",
    tags=["热点"],
    responses={422: described("请求不对"), 503: described("暂不可用")},
    route_class=Tagged,
)

Window = Annotated[Literal["week", "month", "quarter", "year", "all"], Query(description="时间窗")]
Id = Annotated[str, Path(max_length=40, description="热点编号", examples=["t0123456789"])]
_A_RUN = "topics-20261101-0123456789"
Run = Annotated[str, Query(max_length=40, description="热点计算的编号", examples=[_A_RUN])]
RunId = Annotated[str, Path(max_length=40, description="热点计算的编号", examples=[_A_RUN])]
_TYPES = {"html": "text/html; charset=utf-8", "png": "image/png"}
_RUN: dict[int | str, dict[str, Any]] = {404: described("没有这次计算"), 409: described("这次计算已经精简")}
_UNKNOWN: dict[int | str, dict[str, Any]] = {400: described("这样改不成立"), 404: described("没有这个热点")}


def _by_run(request: Request, desk: OpenDesk, now: Now) -> None:
    known_by(request, topics_mark(desk, now.date()))


_BY_RUN = [Depends(_by_run)]


class Renaming(BaseModel):
    """A new name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "望潮区老年食堂亏损"}]})

    name: str = Field(max_length=100, description="新的名称", examples=["望潮区老年食堂亏损"])


class Merging(BaseModel):
    """Which topic it becomes part of."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"into": "t0123456789"}]})

    into: str = Field(max_length=40, description="并入哪个热点")


class Splitting(BaseModel):
    """Which documents become a topic of their own."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"documents": ["S2024-012", "S2024-023"]}]})

    documents: list[str] = Field(min_length=1, max_length=10_000, description="拆出哪些材料（编号）")


@router.get("", summary="热点：现在大家在反映什么", dependencies=_BY_RUN)
def hot(
    desk: OpenDesk, now: Now, window: Window = "quarter", cursor: Cursor = "", limit: Limit = 20
) -> topics.TopicBoard:
    """List hot topics, hottest first."""
    return topics.hot_topics(desk, now=now.date(), window=window, limit=limit, cursor=cursor)


@router.get("/loose", summary="不在任何热点里的材料，和它最近的")
def loose(
    desk: OpenDesk,
    now: Now,
    state: Annotated[Literal["undecided", "isolated"] | None, Query(description="暂不归类，或单独一事")] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[loose_texts.LooseText]:
    """List documents of no topic, the undecided first."""

    def read(after: loose_texts.LoosePlace | None, most: int) -> tuple[loose_texts.LooseText, ...]:
        return loose_texts.loose_texts(desk, now=now.date(), state=state, after=after, limit=most)

    return paged("topics/loose", cursor, limit, loose_texts.PLACE, read, loose_texts.place_of)


@router.get("/log", summary="变化记录：每次计算变了什么")
def log(desk: OpenDesk, cursor: Cursor = "", limit: Limit = 20) -> Page[topic_changes.TopicRun]:
    """List the runs, newest first."""

    def read(after: str | None, most: int) -> tuple[topic_changes.TopicRun, ...]:
        return topic_changes.log(desk, most, after=after)

    return paged("topics/log", cursor, limit, NAME, read, lambda each: each.run)


@router.get("/diff", summary="比较两次计算", responses=_RUN)
def diff(desk: OpenDesk, first: Run, second: Run) -> topic_changes.TopicDiff:
    """Tell what became of topics from one run to another."""
    return topic_changes.diff(desk, first, second)


@router.post("/runs/{run}/keep", status_code=204, summary="保留一次计算的材料清单", responses=_RUN)
def keep(desk: OpenDesk, now: Now, run: RunId, who: Asking) -> None:
    """Keep a run whole: it can be compared for good."""
    run_keeping.keep(desk, run, by=who.name, now=now)


@router.post("/runs/{run}/release", status_code=204, summary="不再保留一次计算", responses=_RUN)
def release(desk: OpenDesk, run: RunId, who: Asking) -> None:
    """Let a run go that was kept."""
    run_keeping.release(desk, run, by=who.name)


@router.get(
    "/drawing",
    summary="热点图、时间线",
    dependencies=_BY_RUN,
    response_class=Response,
    responses={200: {"content": {type: {} for type in _TYPES.values()}}, 415: described("没有可用的中文字体")},
)
def drawing(
    desk: OpenDesk,
    now: Now,
    format: Annotated[Literal["html", "png"], Query(description="html 或 png")] = "html",
    picture: Annotated[Literal["map", "timeline"], Query(description="PNG 画哪一张")] = "map",
    window: Window = "year",
    limit: Limit = 80,
) -> Response:
    """Draw hot topics."""
    board = topics.hot_topics(desk, now=now.date(), window=window, limit=limit)
    data, name = drawn(board, format, picture), f"热点图 {board.now}.{format}"
    # The page brings its own scripts and styles, which none of ours may: it is opened from where it was saved.
    return given_out(data, _TYPES[format], f"topics.{format}", name, shown=format != "html")


@router.get("/map", summary="热点图的数据：各主题、各热点的圆在哪里、多大", dependencies=_BY_RUN)
def map_plan(
    desk: OpenDesk,
    now: Now,
    window: Window = "year",
    limit: Limit = 80,
    width: Annotated[float, Query(ge=280, le=4000, description="图宽，像素")] = 1180,
) -> TopicPlan:
    """Lay hot topics out as the exported map does."""
    return plan(topics.hot_topics(desk, now=now.date(), window=window, limit=limit), width)


@router.post("/anew", summary="全部重新聚类，编号、名称和修改都保留")
def anew(desk: OpenDesk, now: Now) -> topic_changes.TopicDiff:
    """Cluster all anew and tell what changed."""
    found = finding.draw_all_anew(desk, now=now.date())
    return topic_changes.diff(desk, found.base or found.run, found.run)


@router.get("/edits", summary="编辑对热点做过的修改，最近的在前")
def edits(desk: OpenDesk, cursor: Cursor = "", limit: Limit = 50) -> Page[TopicEdit]:
    """List edits, the undone ones too."""

    def read(before: int | None, most: int) -> tuple[TopicEdit, ...]:
        return topic_editing.latest_edits(desk, most, before=before)

    return paged("topics/edits", cursor, limit, NUMBER, read, lambda each: each.id)


@router.post("/edits/{id}/undo", summary="撤销一次修改", responses={404: described("没有这次修改")})
def undo(
    desk: OpenDesk,
    now: Now,
    id: Annotated[int, Path(ge=1, lt=2**63, description="修改的编号", examples=[1])],
    who: Asking,
) -> TopicEdit:
    """Undo an edit; it stays as history."""
    return topic_editing.undo(desk, id, by=who.name, now=now)


@router.get("/{id}", summary="一个热点", responses={404: described("没有这个热点")})
def one_topic(desk: OpenDesk, now: Now, who: Asking, id: Id, window: Window = "quarter") -> topic_page.TopicPage:
    """Show one hot topic with what surrounds it."""
    return sight.topic_page(who, topic_page.topic_page(desk, id, now=now.date(), window=window), office(desk))


@router.post("/{id}/rename", summary="改名", responses=_UNKNOWN)
def rename(desk: OpenDesk, now: Now, id: Id, asked: Renaming, who: Asking) -> TopicEdit:
    """Call a topic by another name."""
    return topic_editing.rename(desk, id, asked.name, by=who.name, now=now)


@router.post("/{id}/merge", summary="并入另一个热点", responses=_UNKNOWN)
def merge(desk: OpenDesk, now: Now, id: Id, asked: Merging, who: Asking) -> TopicEdit:
    """Make a topic part of another one."""
    return topic_editing.merge(desk, id, asked.into, by=who.name, now=now)


@router.post("/{id}/split", summary="拆出几篇材料，另成一个热点", responses=_UNKNOWN)
def split(desk: OpenDesk, now: Now, id: Id, asked: Splitting, who: Asking) -> TopicEdit:
    """Take documents out of a topic."""
    return topic_editing.split(desk, id, asked.documents, by=who.name, now=now)


@router.post("/{id}/pin", summary="置顶", responses=_UNKNOWN)
def pin(desk: OpenDesk, now: Now, id: Id, who: Asking) -> TopicEdit:
    """Show a topic before all others."""
    return topic_editing.pin(desk, id, by=who.name, now=now)


@router.post("/{id}/hide", summary="隐藏", responses=_UNKNOWN)
def hide(desk: OpenDesk, now: Now, id: Id, who: Asking) -> TopicEdit:
    """Leave a topic out of every list."""
    return topic_editing.hide(desk, id, by=who.name, now=now)
