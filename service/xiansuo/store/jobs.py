"""Jobs: put in, taken by one worker at a time, led on by who holds them, never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from xiansuo.records.jobs import Job, JobError, JobKind, JobState
from xiansuo.store.job_tables import job
from xiansuo.store.moments import utc
from xiansuo.store.schema import document

_MOMENTS = ("at", "started_at", "ended_at", "until")
_LONGEST_STAGE = 300
_OPEN = (JobState.QUEUED.value, JobState.RUNNING.value)
_NOBODY: dict[str, Any] = {"holder": "", "until": None}


def take_turn(connection: Connection) -> None:
    """Let nobody else take, add or end a job before this transaction ends; on SQLite no writer has company anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE job IN SHARE ROW EXCLUSIVE MODE"))


def add(connection: Connection, made: Job) -> int:
    """Store a job; the id that it has is not looked at.

    :return: its id.
    """
    told = made.model_dump(mode="json", exclude={"id", *_MOMENTS})
    moments = {name: (moment := getattr(made, name)) and utc(moment) for name in _MOMENTS}
    return int(connection.execute(insert(job).values({**told, **moments}).returning(job.c.id)).scalar_one())


def get(connection: Connection, id: int) -> Job | None:
    """Read a job, or None."""
    return _read(connection.execute(select(job).where(job.c.id == id)).one_or_none())


def named(connection: Connection, by: str, key: str) -> Job | None:
    """Read the job that somebody submitted under a key, or None."""
    return _read(connection.execute(select(job).where(job.c.by == by, job.c.key == key)).one_or_none())


def listed(
    connection: Connection,
    *,
    before: int | None = None,
    limit: int = 50,
    states: Collection[JobState] = (),
    whose: str | None = None,
) -> list[Job]:
    """Read jobs, newest first: those with ids below `before`, of all states where none is named.

    :param whose: only those that this one has asked for, and those of others that have not ended.
    """
    query = select(job).order_by(job.c.id.desc()).limit(limit)
    if whose is not None:
        query = query.where(or_(job.c.by == whose, job.c.state.in_(_OPEN)))
    if before is not None:
        query = query.where(job.c.id < before)
    if states:
        query = query.where(job.c.state.in_([state.value for state in states]))
    return [found for row in connection.execute(query) if (found := _read(row))]


def unfinished(connection: Connection) -> list[Job]:
    """Read the jobs that have not ended, oldest first."""
    open_ones = select(job).where(job.c.state.in_(_OPEN))
    return [found for row in connection.execute(open_ones.order_by(job.c.id)) if (found := _read(row))]


def latest(connection: Connection, kinds: Collection[JobKind]) -> Job | None:
    """Read the newest job of some kinds that has not ended, else the newest that has; None where there is none."""
    asked = select(job).where(job.c.kind.in_([kind.value for kind in kinds]))
    order = case((job.c.state.in_(_OPEN), 0), else_=1)
    return _read(connection.execute(asked.order_by(order, job.c.id.desc()).limit(1)).one_or_none())


def any_open(connection: Connection) -> bool:
    """Tell whether a job waits or is being worked on."""
    return connection.execute(select(job.c.id).where(job.c.state.in_(_OPEN)).limit(1)).first() is not None


def claim(connection: Connection, holder: str, *, now: dt.datetime, until: dt.datetime) -> Job | None:
    """Take the job that nobody holds any more, else the oldest that waits; None while another is being worked on.

    Of two that try at the same moment one gets it: the row must still be as it was read, and the database takes no
    second running job.

    :param until: nobody else may take the job before this moment.
    """
    take_turn(connection)
    query = select(job).where(job.c.state == JobState.RUNNING.value)
    seen = _read(connection.execute(query).one_or_none())
    if seen is not None and seen.until is not None and seen.until > now:
        return None
    if seen is None:
        query = select(job).where(job.c.state == JobState.QUEUED.value).order_by(job.c.id).limit(1)
        seen = _read(connection.execute(query).one_or_none())
    if seen is None:
        return None
    asked = (
        update(job)
        .where(
            job.c.id == seen.id,
            job.c.state == seen.state.value,
            job.c.holder == seen.holder,
            job.c.attempts == seen.attempts,
        )
        .values(
            state=JobState.RUNNING.value,
            holder=holder,
            until=utc(until),
            started_at=utc(seen.started_at or now),
            attempts=seen.attempts + 1,
            stage="",
            done=0,
            total=0,
        )
    )
    try:
        taken = connection.execute(asked).rowcount
    except IntegrityError:
        return None
    return get(connection, seen.id) if taken else None


def renew(connection: Connection, id: int, holder: str, until: dt.datetime) -> bool:
    """Put off the moment from which others may take a job; False where they have done so already."""
    return bool(connection.execute(update(job).where(*_held(id, holder)).values(until=utc(until))).rowcount)


def report(connection: Connection, id: int, holder: str, stage: str, done: int, total: int) -> bool | None:
    """Say where a job is.

    :return: whether somebody asked to cancel it; None where another holds it now, and nothing is written.
    """
    told = {"stage": stage[:_LONGEST_STAGE], "done": done, "total": total}
    asked = update(job).where(*_held(id, holder)).values(told).returning(job.c.cancel_asked)
    return connection.execute(asked).scalar_one_or_none()


def end(
    connection: Connection,
    id: int,
    holder: str,
    state: JobState,
    at: dt.datetime,
    *,
    result: dict[str, Any] | None = None,
    error: JobError | None = None,
) -> bool:
    """End a job; False where another holds it now, and nothing is written."""
    told = {"state": state.value, "ended_at": utc(at), "result": result, "error": error and error.model_dump()}
    return bool(connection.execute(update(job).where(*_held(id, holder)).values({**told, **_NOBODY})).rowcount)


def give_back(connection: Connection, id: int, holder: str) -> bool:
    """Put a job back into the queue, as if it had not begun; False where another holds it now."""
    told = {"state": JobState.QUEUED.value, "attempts": job.c.attempts - 1, **_NOBODY}
    return bool(connection.execute(update(job).where(*_held(id, holder)).values(told)).rowcount)


def ask_to_cancel(connection: Connection, id: int, now: dt.datetime) -> None:
    """Cancel a job that nobody works on; ask who works on it to stop. One that has ended stays as it is."""
    take_turn(connection)
    seen = get(connection, id)
    if seen is None or seen.state.ended:
        return
    if seen.until is not None and seen.until > now:
        connection.execute(update(job).where(*_held(id, seen.holder)).values(cancel_asked=True))
        return
    told = {"state": JobState.CANCELLED.value, "ended_at": utc(now), "cancel_asked": True, **_NOBODY}
    connection.execute(update(job).where(job.c.id == id, job.c.holder == seen.holder).values(told))


def taken_in(connection: Connection, run: str) -> int:
    """Count the documents that the import of this run has brought in or corrected last."""
    return int(connection.execute(select(func.count()).where(document.c.run == run)).scalar_one())


def _held(id: int, holder: str) -> tuple[ColumnElement[bool], ...]:
    return job.c.id == id, job.c.holder == holder, job.c.state == JobState.RUNNING.value


def _read(row: Row[Any] | None) -> Job | None:
    if row is None:
        return None
    values = dict(row._mapping)
    for name in _MOMENTS:
        values[name] = values[name] and utc(values[name])
    return Job.model_validate(values)
