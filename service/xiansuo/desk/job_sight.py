"""Which jobs somebody sees and may lead: administrators all, editors their own and what is under way."""

from __future__ import annotations

import datetime as dt

from xiansuo.desk import jobs
from xiansuo.desk.desk import Desk
from xiansuo.desk.jobs import JobPage
from xiansuo.errors import NotAllowed, NotFound, NotNow
from xiansuo.records.accounts import Role, Viewer
from xiansuo.records.jobs import ARGUMENTS, Job, JobKind
from xiansuo.store import jobs as stored

_ADMINS = {JobKind.ENCODER, JobKind.INDEXES, JobKind.ADAPT, JobKind.DEMO, JobKind.BACKUP}


def listed(desk: Desk, who: Viewer, *, before: int | None = None, limit: int = 50) -> JobPage:
    """List jobs, newest first; `before` is what the page in front said."""
    whose = None if who.role is Role.ADMIN else who.name
    with desk.database.read() as connection:
        found = stored.listed(connection, before=before, limit=limit + 1, whose=whose)
    return JobPage(tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None)


def one(desk: Desk, who: Viewer, id: int) -> Job:
    """Read a job.

    :raises NotFound: there is none, or it is another's that has ended.
    """
    job = jobs.one(desk, id)
    if leads(who, job) or not job.state.ended:
        return job
    raise NotFound(f"没有第 {id} 号任务。", advice="别人的任务结束以后，只有管理员能看。")


def leads(who: Viewer, job: Job) -> bool:
    """Tell whether somebody may cancel a job."""
    return who.role is Role.ADMIN or job.by == who.name


def repeats(who: Viewer, job: Job) -> bool:
    """Tell whether somebody may ask for a job's work again; of imports the files are gone."""
    return job.state.ended and job.kind is not JobKind.IMPORT and (who.role is Role.ADMIN or job.kind not in _ADMINS)


def cancel(desk: Desk, who: Viewer, id: int, *, now: dt.datetime) -> Job:
    """Cancel a job, as `jobs.cancel`.

    :raises NotAllowed: it is another's.
    """
    if not leads(who, one(desk, who, id)):
        raise NotAllowed("这是别人提交的任务。", advice="需要取消时请提交的人或管理员来做。")
    return jobs.cancel(desk, id, now=now)


def again(desk: Desk, who: Viewer, id: int, *, now: dt.datetime) -> Job:
    """Ask once more for what a job was to do.

    :return: the new job.
    :raises NotNow: it has not ended, or is an import; NotAllowed: its kind is for administrators.
    """
    before = one(desk, who, id)
    if before.kind is JobKind.IMPORT:
        raise NotNow("导入用过的文件已经清理，不能原样再来。", advice="请到“导入材料”重新上传；已入库的不会重复。")
    if not before.state.ended:
        raise NotNow(f"第 {id} 号任务还没有结束。", advice="请等它结束，或先取消。")
    if not repeats(who, before):
        raise NotAllowed(f"“{before.kind.label}”要管理员来做。")
    asked = ARGUMENTS[before.kind].model_validate(before.arguments)
    return jobs.submit(desk, before.kind, asked, by=who.name, now=now)


def once(desk: Desk, kind: JobKind, *, by: str, now: dt.datetime) -> Job:
    """Ask for work of which one at a time is enough: asked again before it has ended, it is the same job."""
    return jobs.under_way(desk, kind) or jobs.submit(desk, kind, by=by, now=now)
