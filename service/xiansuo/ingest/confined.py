"""The process in which files are read: it takes one file after the other and can do no more than it is allowed.

Where the system has such limits (not on Windows), memory, processor time and files are limited before anything is
opened; elsewhere the process that asks limits time and the length of the answer. Memory is limited on Linux only.
It loads what reads files and nothing else, opens no connection, and ends when nobody asks any more.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from xiansuo.errors import FileRefused, XiansuoError
from xiansuo.ingest import allowance, crossing
from xiansuo.ingest.cells import read_cells, read_toml
from xiansuo.ingest.crossing import Asked
from xiansuo.ingest.limits import MAX_UNPACKED_BYTES
from xiansuo.ingest.reading import read_file
from xiansuo.ingest.whole import read_whole

_MOST_FILES = 1000
_MOST_KEPT = 48 * 2**20
"""Bytes held beyond the beginning above which the process makes way for a new one."""
_NOT_NEEDED = ("numpy", "PIL")
"""What openpyxl takes along for arrays and pictures, neither of which is read."""

_NO_MEMORY = re.compile(r"memory allocation failed|cannot allocate memory|out of memory", re.IGNORECASE)

_HOW: dict[str, Callable[[Path], object]] = {"whole": read_whole, "cells": read_cells, "toml": read_toml}


def main() -> None:
    """Answer what is asked on the standard input."""
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]
    # What a reader prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    allowance.confine(MAX_UNPACKED_BYTES)
    before = allowance.held()
    for count, line in enumerate(sys.stdin.buffer, 1):
        well = _answer(Asked.model_validate_json(line), before, answers)
        goes_on = well and count < _MOST_FILES and allowance.held() <= before + _MOST_KEPT
        answers.write((crossing.END if goes_on else crossing.LAST) + b"\n")
        answers.flush()
        if not goes_on:
            return


def _answer(asked: Asked, before: int, answers: BinaryIO) -> bool:
    """Read one file; False if the memory came to its end."""
    path = Path(asked.path)
    allowed = allowance.Allowance(asked.memory, asked.seconds, 0)
    try:
        with allowance.within(allowed, before):
            for line in _lines(asked, path):
                answers.write(line + b"\n")
    except Exception as error:
        told = _told(error, path.name)
        answers.write(crossing.error_line(told or _too_much(path.name)) + b"\n")
        return told is not None
    return True


def _lines(asked: Asked, path: Path) -> Iterator[bytes]:
    if asked.how == "file":
        yield from crossing.reading_lines(read_file(path, kind=asked.kind, now=asked.now))
    else:
        yield crossing.value_line(_HOW[asked.how](path))


def _told(error: Exception, name: str) -> XiansuoError | None:
    """Return what to tell; None if there was not memory enough, which readers take for damage.

    :raises Exception: as it came, where it is nothing that a file should lead to.
    """
    cause: BaseException | None = error
    while cause is not None:
        # A call that fails for want of memory may say so in words only, or fail to say anything.
        if isinstance(cause, (MemoryError, SystemError)) or _NO_MEMORY.search(str(cause)):
            return None
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, RecursionError):
        return FileRefused(f"拒绝读取“{name}”：里面一层套一层，套得太深。", advice="请把文字复制到新文件里。")
    if isinstance(error, XiansuoError):
        return error
    raise error


def _too_much(name: str) -> FileRefused:
    return FileRefused(
        f"拒绝读取“{name}”：读它要占的内存远超同样大小的正常文件。",
        advice="请把文字复制到新文件里，或拆成几个较小的文件。",
    )


if __name__ == "__main__":
    main()
