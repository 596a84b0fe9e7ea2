"""The door through which files from outside are read: in another process, which may spend so much and no more.

A process reads one file at a time and is kept for the next one, so that it is not started for every letter. One that
took too long, too much or broke down is ended, and a new one takes its place.
"""

from __future__ import annotations

import atexit
import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from xiansuo.errors import FileRefused, FileUnreadable, InputError
from xiansuo.ingest import allowance, crossing
from xiansuo.ingest.limits import check_size
from xiansuo.ingest.process import Ended, How, Process
from xiansuo.ingest.reading import Reading
from xiansuo.records import Kind

AT_ONCE = 4
"""Files that are read at the same time; others wait."""
_WAITING = 2
"""Processes that are kept for the next file."""
_SUFFICES = 20.0
_CONVERSION = 150.0
_LEGACY = frozenset({".doc", ".wps", ".xls", ".et"})

_turns = threading.BoundedSemaphore(AT_ONCE)
_lock = threading.Lock()
_idle: list[Process] = []
_Read = TypeVar("_Read")


def read_file(path: Path, *, kind: Kind | None, now: dt.date) -> Reading:
    """Read one file as `reading.read_file` does, apart.

    :raises FileRefused: also if it takes more time or memory than a file of its size may, or too much comes of it.
    :raises FileUnreadable: also if reading it breaks down.
    """
    return _read("file", path, crossing.reading_of, kind, now)


def read_whole(path: Path) -> str:
    """Read one text as `whole.read_whole` does, apart; raises as `read_file`."""
    return str(_read("whole", path, crossing.value_of))


def read_cells(path: Path) -> list[list[object]]:
    """Read a table as `cells.read_cells` does, apart; raises as `read_file`."""
    return list(_read("cells", path, crossing.value_of))


def read_toml(path: Path) -> dict[str, Any]:
    """Read a .toml as `cells.read_toml` does, apart; raises as `read_file`."""
    return dict(_read("toml", path, crossing.value_of))


def close() -> None:
    """End the processes that wait for a file."""
    with _lock:
        waiting, _idle[:] = _idle[:], []
    for process in waiting:
        process.end()


def _read(
    how: str,
    path: Path,
    take: Callable[[Iterable[bytes]], _Read],
    kind: Kind | None = None,
    now: dt.date = dt.date.min,
) -> _Read:
    check_size(path)
    allowed = allowance.allowance_for(path)
    asked = crossing.Asked(
        how=how, path=str(path.absolute()), kind=kind, now=now, memory=allowed.memory, seconds=allowed.seconds
    )
    # The processor time is measured over there; this is for one that waits for something, and for busy machines.
    longest = _SUFFICES + 4 * allowed.seconds + (_CONVERSION if path.suffix.lower() in _LEGACY else 0)
    with _turns:
        process = _taken()
        try:
            process.ask(asked.model_dump_json().encode(), longest, allowed.answer)
            read = take(_checked(process.answers()))
        except InputError:
            _give_back(process)
            raise
        except Ended as end:
            process.end()
            raise _told(end.how, path.name) from None
        except ValueError:
            # Whatever this was, it is no answer.
            process.end()
            raise _told(How.BROKEN, path.name) from None
        except BaseException:
            process.end()
            raise
        _give_back(process)
        return read


def _checked(lines: Iterable[bytes]) -> Iterable[bytes]:
    for line in lines:
        if line.startswith(crossing.ERROR):
            error = crossing.error_of(line)
            # What still comes is the end.
            for _ in lines:
                pass
            raise error
        yield line


def _taken() -> Process:
    with _lock:
        while _idle:
            process = _idle.pop()
            if process.lives:
                return process
            process.end()
    return Process()


def _give_back(process: Process) -> None:
    if process.goes_on:
        with _lock:
            if len(_idle) < _WAITING:
                _idle.append(process)
                return
    process.end()


def _told(how: How, name: str) -> InputError:
    if how is How.BROKEN:
        return FileUnreadable(
            f"读“{name}”时出了意外，没有读完，可能文件已损坏。", advice="请用办公软件打开后另存一份再试。"
        )
    why = "读它要花的时间远超同样大小的正常文件" if how is How.SLOW else "里面展开的文字远多于同样大小的正常文件"
    return FileRefused(f"拒绝读取“{name}”：{why}。", advice="请用办公软件打开后另存一份，或拆成几个较小的文件。")


def _forget() -> None:
    """In a process that was forked: the processes belong to the other one."""
    global _turns, _lock
    _turns, _lock = threading.BoundedSemaphore(AT_ONCE), threading.Lock()
    _idle.clear()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
