"""One writer at a time: programs that share a folder write its files in turn, and a killed one leaves no lock."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Wait until nobody else writes, and keep others waiting.

    :param path: a file that is made for this and stays, empty; the operating system lets go of it with the program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        _lock(file)
        try:
            yield
        finally:
            _unlock(file)


@contextmanager
def if_free(path: Path) -> Iterator[bool]:
    """Take the turn if nobody has it, without waiting; tells whether it was taken. See `in_turn`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        taken = _try_lock(file)
        try:
            yield taken
        finally:
            if taken:
                _unlock(file)


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(file: IO[bytes]) -> None:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:  # it gives up after ten seconds
                time.sleep(0.1)
            else:
                return

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
