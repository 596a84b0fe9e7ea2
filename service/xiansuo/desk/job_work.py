"""Workers: take the next job, hold it by a lease, do it, and leave it so that another can take it over."""

from __future__ import annotations

import datetime as dt
import logging
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from xiansuo.desk import finding_jobs, scratch, uploads
from xiansuo.desk.desk import Desk
from xiansuo.errors import XiansuoError
from xiansuo.records.jobs import Job, JobError, JobState
from xiansuo.settings import Settings
from xiansuo.store import jobs
from xiansuo.store.database import Database, open_database

logger = logging.getLogger(__name__)

Clock: TypeAlias = Callable[[], dt.datetime]
"""Tells the time; with a time zone."""

LEASE = dt.timedelta(seconds=60)
"""How long a job is held without a sign of life; longer than any wait for the database."""

MOST_ATTEMPTS = 20
"""So often a job is begun. One that ends its worker every time would keep all others waiting for good."""

_POLL, _TELL = 0.5, 0.3
_BEATS = 6
_STOP_SECONDS = 10.0


class Worker:
    """Does jobs one after another, in a thread of its own (`start`, `stop`) or in the caller's (`run`).

    It opens a desk of its own for each job, so that answers never wait for one. Any number of workers may share an
    archive, in any number of programs: one job is worked on at a time.

    :param clock: asked for leases and for when a job began and ended; the work itself is done as of its submission.
    :param open_desk: opens the archive.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        open_desk: Callable[[Settings], Desk] = Desk,
        lease: dt.timedelta = LEASE,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._open_desk = open_desk
        self._lease = lease
        # No other worker, before or now, is called the same.
        self.name = f"{platform.node()[:100]}-{os.getpid()}-{threading.get_ident()}-{time.monotonic_ns()}-{id(self)}"
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work in a thread."""
        self._thread = threading.Thread(target=self.run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self, wait: float = _STOP_SECONDS) -> bool:
        """Stop at the next step and put the job back into the queue; may be called from a signal's handler.

        :param wait: seconds to wait for that in the caller's thread; a job that takes longer to a step is taken over
            by another worker when its lease runs out.
        :return: whether the work has stopped.
        """
        self._stopping.set()
        if self._thread is None or self._thread is threading.current_thread():
            return True
        self._thread.join(wait)
        return not self._thread.is_alive()

    def run(self, *, once: bool = False) -> int:
        """Work until stopped.

        :param once: end as soon as nothing waits.
        :return: how many jobs were begun.
        """
        begun = 0
        database = open_database(self._settings.database_url)
        try:
            self._tidy(database)  # a worker that was killed may not have come to it
            while not self._stopping.is_set():
                job = self._next(database)
                if job is not None:
                    begun += 1
                    self._do(database, job)
                elif once:
                    break
                else:
                    self._stopping.wait(_POLL)
        finally:
            database.close()
        return begun

    def _next(self, database: Database) -> Job | None:
        try:
            now = self._clock()
            with database.write() as connection:
                return jobs.claim(connection, self.name, now=now, until=now + self._lease)
        except XiansuoError as error:
            logger.warning("jobs: cannot look for work: %s", error.code)
            return None

    def _do(self, database: Database, job: Job) -> None:
        logger.info("jobs: %s %s begins", job.id, job.kind.value)
        hold = _Hold(database, job, self.name, self._clock, self._lease, self._stopping)
        with hold.kept():
            state, result, error = self._outcome(job, hold)
        hold.leave(state, result, error)
        logger.info("jobs: %s %s %s", job.id, job.kind.value, state.value)
        self._tidy(database)

    def _tidy(self, database: Database) -> None:
        with _only_told():
            uploads.sweep(self._settings.home, database, self._clock())
            scratch.sweep(self._settings.home)

    def _outcome(self, job: Job, hold: _Hold) -> tuple[JobState, dict[str, Any] | None, JobError | None]:
        """Do the job and say how it ended; queued where it is to be done by another."""
        if job.attempts > MOST_ATTEMPTS:
            return JobState.FAILED, None, _given_up(job)
        try:
            hold.look()
            from xiansuo.desk.job_kinds import KINDS

            with self._open_desk(self._settings) as desk:
                return JobState.DONE, KINDS[job.kind](desk, job, desk.moment(job.at.astimezone()), hold.progress), None
        except _Stopped as stopped:
            return stopped.state, None, None
        except XiansuoError as error:
            return JobState.FAILED, None, JobError(code=error.code, message=error.message, advice=error.advice)
        except Exception as error:
            # A worker outlives whatever one job runs into.
            logger.error("jobs: %s failed with %s", job.id, type(error).__name__)
            return JobState.FAILED, None, _unexpected(error)


class _Stopped(BaseException):
    """Leaves the work at a step; no error, so that nothing on the way takes it for one."""

    def __init__(self, state: JobState) -> None:
        self.state = state


class _Hold:
    """A worker's hold on one job: renewed by a thread, asked at every step of the work."""

    def __init__(
        self, database: Database, job: Job, holder: str, clock: Clock, lease: dt.timedelta, stopping: threading.Event
    ) -> None:
        self._database = database
        self._job = job
        self._holder = holder
        self._clock = clock
        self._lease = lease
        self._stopping = stopping
        self._lost = threading.Event()
        self._over = threading.Event()
        self._told_at = time.monotonic()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew the lease for as long as the work lasts."""
        beat = threading.Thread(target=self._beat, name="jobs-lease", daemon=True)
        beat.start()
        try:
            yield
        finally:
            self._over.set()
            beat.join()

    def progress(self, stage: str, done: int, total: int) -> None:
        """Tell where the work is, a few times a second at most; stop it where that was asked for."""
        if self._stopping.is_set():
            raise _Stopped(JobState.QUEUED)
        if self._lost.is_set():
            raise _Stopped(JobState.RUNNING)
        if time.monotonic() - self._told_at >= _TELL:
            self._tell(stage, done, total)
            self._told_at = time.monotonic()

    def look(self) -> None:
        """Stop before the work begins where that was asked for."""
        self._tell("", 0, 0)

    def leave(self, state: JobState, result: dict[str, Any] | None, error: JobError | None) -> None:
        """Write how the job ended, or put it back; nothing where another holds it by now."""
        if state is JobState.RUNNING:
            return
        with _only_told(), self._database.write() as connection:
            jobs.take_turn(connection)
            if state is JobState.QUEUED:
                jobs.give_back(connection, self._job.id, self._holder)
            else:
                at = self._clock()
                if jobs.end(connection, self._job.id, self._holder, state, at, result=result, error=error):
                    finding_jobs.follow(connection, self._job, at)

    def _tell(self, stage: str, done: int, total: int) -> None:
        cancelled: bool | None = False
        with _only_told(), self._database.write() as connection:
            cancelled = jobs.report(connection, self._job.id, self._holder, stage, done, total)
        if cancelled is None:
            raise _Stopped(JobState.RUNNING)
        if cancelled:
            raise _Stopped(JobState.CANCELLED)

    def _beat(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / _BEATS):
            with _only_told(), self._database.write() as connection:
                if not jobs.renew(connection, self._job.id, self._holder, self._clock() + self._lease):
                    self._lost.set()
                    return


@contextmanager
def _only_told() -> Iterator[None]:
    """Let a failure of the database pass: the lease runs out, and another worker does the job again."""
    try:
        yield
    except XiansuoError as error:
        logger.warning("jobs: %s", error.code)


def _given_up(job: Job) -> JobError:
    return JobError(
        code="interrupted",
        message=f"这项任务已经中断 {job.attempts - 1} 次，不再重试。",
        advice="可能内存不足或程序被反复关闭；请联系管理员，问题解决后重新提交，已入库的内容不受影响。",
    )


def _unexpected(error: Exception) -> JobError:
    return JobError(
        code="error",
        message=f"任务出错了（{type(error).__name__}），已存入的内容不受影响。",
        advice="请重新提交；如果反复出现，请联系管理员。",
    )
