"""How hot topics changed from run to run, two runs compared, what editors did, and clustering anew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from xiansuo.desk import jobs, run_keeping, topic_changes, topic_editing
from xiansuo.desk.topic_choices import topic_choices
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Clock, Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records.jobs import JobKind
from xiansuo.web import notices
from xiansuo.web.pages import templates
from xiansuo.web.topics import ways

router = APIRouter(prefix="/topics", include_in_schema=False)

Run = Annotated[str, Query(max_length=40)]
RunId = Annotated[str, Path(max_length=40)]

_RUNS = 30
_EDITS = 100


@router.get("/log")
def log(request: Request, desk: OpenDesk, now: Now, first: Run = "", second: Run = "") -> Response:
    """Show the runs, and what changed between two of them."""
    error, diff = None, None
    if first and second:
        try:
            diff = topic_changes.diff(desk, first, second)
        except XiansuoError as failed:
            error = failed
    edits = topic_editing.edits(desk)
    # What is gone now is called as it was when somebody last named or merged it.
    names = {each.topic: each.name for each in reversed(edits) if each.name}
    told = {
        "runs": topic_changes.log(desk, _RUNS),
        "labels": topic_changes.LABELS,
        "diff": diff,
        "first": first,
        "second": second,
        "edits": edits[:_EDITS],
        "names": {**names, **{each.id: each.name for each in topic_choices(desk, now=now.date())}},
        "error": error,
        "ways": ways(True, "/topics/log"),
    }
    return templates.TemplateResponse(request, "topics/log.html", told, status_code=status_of(error) if error else 200)


@router.post("/anew")
def anew(desk: OpenDesk, now: Clock, who: Asking) -> Response:
    """Queue a clustering of the whole archive."""
    job = jobs.submit(desk, JobKind.TOPICS, by=who.name, now=now)
    return _back("info", f"已排队重新聚类（第 {job.id} 号任务），做完后这里会多一次计算；编号、名称和修改都保留。")


@router.post("/runs/{run}/keep")
def keep(desk: OpenDesk, now: Now, who: Asking, run: RunId) -> Response:
    """Keep a run whole."""
    run_keeping.keep(desk, run, by=who.name, now=now)
    return _back("good", f"已保留 {run}，以后一直可以拿来比较。")


@router.post("/runs/{run}/release")
def release(desk: OpenDesk, who: Asking, run: RunId) -> Response:
    """Let a run go that was kept."""
    run_keeping.release(desk, run, by=who.name)
    return _back("good", f"不再保留 {run}。")


def _back(tone: notices.Tone, said: str) -> Response:
    answer = RedirectResponse("/topics/log", 303)
    notices.carry(answer, tone, said)
    return answer
