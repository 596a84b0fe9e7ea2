"""Ask for long work and look after it: submit, list, read, cancel. Who does it is in `job_work`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from xiansuo.desk import uploads
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.uploads import Incoming
from xiansuo.errors import InputError, KeyUsed, NotFound, NotNow
from xiansuo.records import Kind, Record
from xiansuo.records.jobs import ARGUMENTS, ImportArguments, Job, JobKind, JobState, NoArguments
from xiansuo.store import jobs

_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, newest first; `before` asks for those behind them, None where there are no more."""

    jobs: tuple[Job, ...]
    before: int | None


def submit(
    desk: Desk, kind: JobKind, arguments: Record | None = None, *, by: str, now: dt.datetime, key: str = ""
) -> Job:
    """Put work into the queue.

    :param arguments: what its kind must be told, as `ARGUMENTS` says.
    :param now: the clock's; of an archive that has a day of its own, that day counts for the work.
    :param key: names the submission: the same person sending it again gets the job that is there already.
    :raises InputError: nobody's name is given, the arguments are those of another kind, or the key is too long.
    :raises KeyUsed: the key names other work.
    """
    return _submitted(desk, kind, arguments or NoArguments(), (), by, now, key)


def submit_import(
    desk: Desk, files: Sequence[Incoming], *, by: str, now: dt.datetime, kind: Kind | None = None, key: str = ""
) -> Job:
    """Put the import of received files into the queue; they are kept until it has ended. Raises as `submit`.

    :param files: from `uploads.receive`, within `uploads.receiving`.
    :param kind: what their documents are where the rows do not say.
    """
    if not files:
        raise InputError("没有上传文件。", advice="请选择要导入的文件。")
    named = tuple(dict.fromkeys(each.file for each in files))
    return _submitted(desk, JobKind.IMPORT, ImportArguments(files=named, kind=kind), files, by, now, key)


def listed(desk: Desk, *, before: int | None = None, limit: int = 50, states: Collection[JobState] = ()) -> JobPage:
    """List jobs, newest first; `before` is what the page in front said."""
    with desk.database.read() as connection:
        found = jobs.listed(connection, before=before, limit=limit + 1, states=states)
    more = len(found) > limit
    return JobPage(tuple(found[:limit]), found[limit - 1].id if more else None)


def under_way(desk: Desk, kind: JobKind) -> Job | None:
    """Read the newest job of a kind that has not ended, or None."""
    newest = latest(desk, kind)
    return newest if newest and not newest.state.ended else None


def latest(desk: Desk, kind: JobKind) -> Job | None:
    """Read the newest job of a kind that has not ended, else the newest that has, or None."""
    with desk.database.read() as connection:
        return jobs.latest(connection, [kind])


def any_open(desk: Desk) -> bool:
    """Tell whether a job waits or is being worked on."""
    with desk.database.read() as connection:
        return jobs.any_open(connection)


def one(desk: Desk, id: int) -> Job:
    """Read a job.

    :raises NotFound: there is none.
    """
    with desk.database.read() as connection:
        return _there(jobs.get(connection, id), id)


def cancel(desk: Desk, id: int, *, now: dt.datetime) -> Job:
    """Cancel a job: at once where it waits, at its next step where it is being worked on; what is stored stays.

    Cancelling again changes nothing.

    :raises NotFound: there is none.
    :raises NotNow: it has ended already.
    """
    with desk.database.write() as connection:
        jobs.ask_to_cancel(connection, id, now)
        job = _there(jobs.get(connection, id), id)
    if not job.cancel_asked:
        raise NotNow(f"第 {id} 号任务已经{job.state.label}，不能再取消。", advice="已经入库的内容不受影响。")
    uploads.sweep(desk.settings.home, desk.database, now)
    return job


def _submitted(
    desk: Desk, kind: JobKind, arguments: Record, files: Sequence[Incoming], by: str, now: dt.datetime, key: str
) -> Job:
    by = editor_name(by, "提交")
    if type(arguments) is not ARGUMENTS[kind]:
        raise InputError(f"“{kind.label}”的参数不对。", advice="请对照接口说明填写。")
    if len(key) > _LONGEST_KEY:
        raise InputError(f"幂等键太长，最多 {_LONGEST_KEY} 个字符。")
    made = Job(id=0, kind=kind, arguments=arguments.model_dump(mode="json"), by=by, at=now, key=key or None)
    with desk.database.write() as connection:
        jobs.take_turn(connection)
        before = jobs.named(connection, by, key) if key else None
        if before is not None:
            if (before.kind, before.arguments) != (made.kind, made.arguments):
                raise KeyUsed("这个幂等键已经用于另一项任务。", advice="不同的任务请用不同的键。")
            return before
        id = jobs.add(connection, made)
        uploads.put(desk.settings.home, files)
        return _there(jobs.get(connection, id), id)


def _there(job: Job | None, id: int) -> Job:
    if job is None:
        raise NotFound(f"没有第 {id} 号任务。", advice="请用 xiansuo jobs 查看。")
    return job
