"""Jobs over HTTP: ask for long work, follow it live, cancel it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, File, Form, Header, Query, Request, UploadFile
from fastapi import Path as InPath
from fastapi.sse import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from xiansuo.api.answers import Cursor, Limit
from xiansuo.desk import jobs, uploads
from xiansuo.desk.paging import NUMBER, Page, paged
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import described
from xiansuo.gate.repeats import Named
from xiansuo.records import Kind
from xiansuo.records.jobs import EncoderArguments, Job, JobKind, JobState, PromptsArguments

router = APIRouter(
    prefix="/api/v1/jobs",
    tags=["任务"],
    responses={400: described("这样做不成立"), 422: described("请求不对"), 503: described("暂不可用")},
    route_class=Named,
)

_MOST_FILES = 200
_LOOK = 0.5
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: described("没有这项任务")}
_TAKEN: dict[int | str, dict[str, Any]] = {409: described("这个幂等键已经用于另一项任务")}


def _there(desk: OpenDesk, id: Annotated[int, InPath(ge=1, lt=2**63, description="任务的编号", examples=[1])]) -> Job:
    return jobs.one(desk, id)


There = Annotated[Job, Depends(_there)]
Key = Annotated[str, Header(alias="Idempotency-Key", max_length=100, description="同一个键只成一项任务")]


@router.post(
    "/import",
    summary="导入：上传文件，排队入库",
    status_code=202,
    responses={**_TAKEN, 413: described("文件太大或有危险"), 415: described("读不了这种文件")},
)
def take_in(
    desk: OpenDesk,
    now: Clock,
    who: Asking,
    files: Annotated[
        list[UploadFile], File(max_length=_MOST_FILES, description="要导入的 docx xlsx csv jsonl txt pdf")
    ],
    kind: Annotated[Kind | None, Form(description="行内没写时按哪一类收")] = None,
    key: Key = "",
) -> Job:
    """Keep uploaded files and queue their import."""
    home = desk.settings.home
    with uploads.receiving() as received:
        for file in files:
            received.append(uploads.receive(home, file.filename or "", file.file))
        return jobs.submit_import(desk, received, by=who.name, now=now, kind=kind, key=key)


@router.post("/topics", summary="重新聚类整个档案", status_code=202, responses=_TAKEN)
def topics(desk: OpenDesk, now: Clock, who: Asking, key: Key = "") -> Job:
    """Queue a clustering of the whole archive."""
    return jobs.submit(desk, JobKind.TOPICS, by=who.name, now=now, key=key)


@router.post("/encoder", summary="切换编码器", status_code=202, responses=_TAKEN)
def encoder(
    desk: OpenDesk,
    now: Clock,
    asked: Annotated[EncoderArguments, Body(examples=[{"name": "static-zh"}])],
    who: Asking,
    key: Key = "",
) -> Job:
    """Queue a switch of the encoder."""
    return jobs.submit(desk, JobKind.ENCODER, asked, by=who.name, now=now, key=key)


@router.post("/prompts", summary="成批提出选题", status_code=202, responses=_TAKEN)
def prompts(
    desk: OpenDesk,
    now: Clock,
    asked: Annotated[PromptsArguments, Body(examples=[{"unit": "青屿县政协", "limit": 10}])],
    who: Asking,
    key: Key = "",
) -> Job:
    """Queue a batch of writing prompts."""
    return jobs.submit(desk, JobKind.PROMPTS, asked, by=who.name, now=now, key=key)


@router.post("/indexes", summary="由数据库重建索引", status_code=202, responses=_TAKEN)
def indexes(desk: OpenDesk, now: Clock, who: Asking, key: Key = "") -> Job:
    """Queue a rebuild of the indexes."""
    return jobs.submit(desk, JobKind.INDEXES, by=who.name, now=now, key=key)


@router.post("/adapt", summary="让编码器学习本单位的档案", status_code=202, responses=_TAKEN)
def adapt(desk: OpenDesk, now: Clock, who: Asking, key: Key = "") -> Job:
    """Queue the learning of the archive."""
    return jobs.submit(desk, JobKind.ADAPT, by=who.name, now=now, key=key)


@router.post("/demo", summary="载入演示语料", status_code=202, responses=_TAKEN)
def demo(desk: OpenDesk, now: Clock, who: Asking, key: Key = "") -> Job:
    """Queue the load of the demo corpus."""
    return jobs.submit(desk, JobKind.DEMO, by=who.name, now=now, key=key)


@router.get("", summary="任务，最近的在前")
def listed(
    desk: OpenDesk,
    state: Annotated[list[JobState], Query(description="只看这些状态")] = [],  # noqa: B006 - FastAPI copies it
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[Job]:
    """List jobs."""

    def read(before: int | None, most: int) -> tuple[Job, ...]:
        return jobs.listed(desk, before=before, limit=most, states=state).jobs

    return paged("jobs", cursor, limit, NUMBER, read, lambda each: each.id)


@router.get("/{id}", summary="一项任务", responses=_UNKNOWN)
def one(job: There) -> Job:
    """Show a job."""
    return job


@router.post("/{id}/cancel", summary="取消；已入库的保留", responses={**_UNKNOWN, 409: described("任务已经结束")})
def cancel(desk: OpenDesk, now: Clock, job: There) -> Job:
    """Cancel a job."""
    return jobs.cancel(desk, job.id, now=now)


@router.get(
    "/{id}/events",
    summary="看着一项任务：有变化就推送，结束即止",
    response_class=EventSourceResponse,
    responses=_UNKNOWN,
)
async def events(desk: OpenDesk, job: There, request: Request) -> AsyncIterator[Job]:
    """Send a job as often as it changes, until it ends or nobody listens."""
    yield job
    while not job.state.ended and not await request.is_disconnected():
        await asyncio.sleep(_LOOK)
        seen, job = job, await run_in_threadpool(jobs.one, desk, job.id)
        if _shown(job) != _shown(seen):
            yield job


def _shown(job: Job) -> Job:
    # A lease that was put off again is no news.
    return job.model_copy(update={"until": None})
