"""Topics that are found in the background: once the archive has changed, and where somebody asks before that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.topic_runs import runs_of_all
from xiansuo.records.jobs import FindArguments, Job, JobKind, JobState
from xiansuo.store import documents, jobs, state
from xiansuo.store.database import Connection

_FINDING = (JobKind.FIND, JobKind.TOPICS)
_CHANGING = (JobKind.IMPORT, JobKind.ENCODER, JobKind.ADAPT, JobKind.DEMO)


@dataclass(frozen=True, slots=True)
class Awaited:
    """The job that finds the topics, and those that are done before it, the running one first."""

    job: Job
    ahead: tuple[Job, ...]


def follow(connection: Connection, job: Job, now: dt.datetime) -> None:
    """Let the topics be found after a job that may have changed the archive, however it has ended.

    To be called in the transaction that ends it: so the next job is neither lost nor there twice. Where one waits
    already, or the topics are those of this archive, nothing is queued.
    """
    if job.kind not in _CHANGING or not _outdated(connection):
        return
    waiting = jobs.latest(connection, _FINDING)
    if waiting is None or waiting.state.ended:
        _queue(connection, job.by, now)


def ask(desk: Desk, *, by: str, now: dt.datetime) -> Job:
    """Let the topics be found for somebody who waits for them.

    :param now: the clock's.
    :return: the job that does it: one that has not ended, or that failed or was cancelled for this very archive, which
        somebody has to look at first; else a new one.
    """
    with desk.database.write() as connection:
        jobs.take_turn(connection)
        last = jobs.latest(connection, _FINDING)
        if last is not None and (not last.state.ended or _in_vain(connection, last)):
            return last
        return _queue(connection, editor_name(by, "提交"), now)


def ask_again(desk: Desk, *, by: str, now: dt.datetime) -> Job:
    """Do so also where it failed before; one that has not ended goes on."""
    with desk.database.write() as connection:
        jobs.take_turn(connection)
        last = jobs.latest(connection, _FINDING)
        return last if last and not last.state.ended else _queue(connection, editor_name(by, "提交"), now)


def awaited(desk: Desk) -> Awaited | None:
    """Tell how far it is; None where nobody has asked for it yet."""
    with desk.database.read() as connection:
        job = jobs.latest(connection, _FINDING)
        if job is None:
            return None
        others = [] if job.state is not JobState.QUEUED else jobs.unfinished(connection)
    ahead = [each for each in others if each.state is JobState.RUNNING or each.id < job.id]
    return Awaited(job, tuple(sorted(ahead, key=lambda each: each.state is not JobState.RUNNING)))


def _outdated(connection: Connection) -> bool:
    """Tell whether the archive, or its encoder, is another than when topics were found last."""
    seq = documents.last_change(connection)
    encoder = state.get(connection, state.ENCODER_ID)
    known = runs_of_all(connection)
    return seq > 0 and not any((run["inputs"]["seq"], run["models"]["encoder"]) == (seq, encoder) for run in known)


def _in_vain(connection: Connection, job: Job) -> bool:
    return (
        job.kind is JobKind.FIND
        and job.state in (JobState.FAILED, JobState.CANCELLED)
        and FindArguments.model_validate(job.arguments).seq == documents.last_change(connection)
    )


def _queue(connection: Connection, by: str, now: dt.datetime) -> Job:
    asked = FindArguments(seq=documents.last_change(connection))
    made = Job(id=0, kind=JobKind.FIND, arguments=asked.model_dump(mode="json"), by=by, at=now)
    return made.model_copy(update={"id": jobs.add(connection, made)})
