"""Works on jobs in processes that end at a chosen point, as by kill -9 or a power cut.

Loads everything once; each line of standard input, `home point`, forks a child that works until nothing waits and is
killed at its point of that number, or never for 0. Told for each: its exit status, how many points it passed, and
after how many of these its first job had ended.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.conftest import NOON
from tests.desk.archives import Grams
from xiansuo.desk import demo, importing, job_kinds, job_work
from xiansuo.desk.desk import Desk
from xiansuo.desk.job_work import Worker
from xiansuo.index import cache, snapshot
from xiansuo.settings import Settings

LATER = NOON + dt.timedelta(hours=1)
"""When the lease of a child that was killed has run out."""

BATCH = 8
LOADED = (demo, job_kinds, snapshot)


def open_desk(settings: Settings) -> Desk:
    """Open a home with a stand-in encoder."""
    desk = Desk(settings)
    desk._encoder = Grams()
    return desk


def worker(home: Path, at: dt.datetime = NOON) -> Worker:
    return Worker(Settings(home=home), lambda: at, open_desk=open_desk)


class Points:
    """Counts what a job does to the database and the disk, and ends the process at one of these."""

    def __init__(self, last: int) -> None:
        self.passed = 0
        self.first = 0
        self._last = last
        self._lock = threading.Lock()

    def __call__(self, *_: Any) -> None:
        with self._lock:
            self.passed += 1
            if self.passed == self._last:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Pass a point before every statement, commit and renaming, and at every step told."""
        event.listen(Engine, "before_cursor_execute", self)
        event.listen(Engine, "commit", self)
        job_work._Hold.leave = self._after(job_work._Hold.leave)  # type: ignore[method-assign]
        job_work._Hold.progress = self._before(job_work._Hold.progress)  # type: ignore[method-assign]
        cache._sync = self._before(cache._sync)
        Path.rename = self._before(Path.rename)  # type: ignore[method-assign]

    def _before(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def passing(*given: Any, **named: Any) -> Any:
            self()
            return do(*given, **named)

        return passing

    def _after(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def passed(*given: Any, **named: Any) -> Any:
            made = do(*given, **named)
            self.first = self.first or self.passed
            return made

        return passed


def child(home: str, last: int, tell: int) -> NoReturn:
    importing._BATCH = BATCH
    job_work._TELL = 0
    points = Points(last)
    points.watch()
    worker(Path(home)).run(once=True)
    os.write(tell, f"{points.passed} {points.first}".encode())
    os._exit(0)


def main() -> None:
    for line in sys.stdin:
        home, last = line.split()
        told, tell = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                child(home, int(last), tell)
            finally:
                os._exit(1)
        os.close(tell)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        passed = os.read(told, 40).decode() or "0 0"
        os.close(told)
        sys.stdout.write(f"{status} {passed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
