"""Makes backups in processes that are killed, as by kill -9 or a power cut: at a chosen step, or after a while.

Each line of standard input, `home point microseconds`, forks a child; told for each: its exit status and steps passed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from tests.conftest import NOON
from tests.desk.job_child import Points
from xiansuo.desk import backup
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings
from xiansuo.store import copies


def child(home: str, last: int, wait: int, tell: int) -> NoReturn:
    points = Points(last)

    def before(do: Callable[..., Any]) -> Callable[..., Any]:
        def passing(*given: Any, **named: Any) -> Any:
            points()
            return do(*given, **named)

        return passing

    backup._sync = before(backup._sync)
    copies.sqlite3.connect = before(copies.sqlite3.connect)  # type: ignore[attr-defined]
    Path.replace = before(Path.replace)  # type: ignore[method-assign]
    with Desk(Settings(home=Path(home))) as desk:
        if wait:
            threading.Timer(wait / 1e6, os.kill, (os.getpid(), signal.SIGKILL)).start()
        backup.make(desk, by="管理员", now=NOON, progress=points)
    os.write(tell, str(points.passed).encode())
    os._exit(0)


def main() -> None:
    for line in sys.stdin:
        home, last, wait = line.split()
        told, tell = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                child(home, int(last), int(wait), tell)
            finally:
                os._exit(1)
        os.close(tell)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        passed = os.read(told, 20).decode() or "0"
        os.close(told)
        sys.stdout.write(f"{status} {passed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
