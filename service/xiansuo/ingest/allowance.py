"""How much a file may cost to read: memory, time, and what comes of it; in keeping with its size.

A small file that needs much is made to need it. The figures leave a real submission several times what it takes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_LIMITED = find_spec("resource") is not None
"""Not on Windows."""
if _LIMITED:
    import resource

MEMORY_BYTES = 128 * 2**20
MOST_MEMORY_BYTES = 2 * 2**30
SECONDS = 1.0
MOST_SECONDS = 90.0
ANSWER_BYTES = 8 * 2**20
CONVERTER_BYTES = 6 * 2**30
"""Addresses that LibreOffice reserves, of which it uses a small part."""

_MEMORY_A_BYTE = 12
_SECONDS_A_BYTE = 4 / 2**20
_ANSWER_A_BYTE = 12
_FILES = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one file may cost.

    `memory`: bytes that the process may take beside what it held before its first file. `seconds`: of processor
    time. `answer`: bytes that may come of it.
    """

    memory: int
    seconds: float
    answer: int


def allowance_for(path: Path) -> Allowance:
    """Return what a file may cost, by its size."""
    size = path.stat().st_size
    return Allowance(
        memory=min(MEMORY_BYTES + _MEMORY_A_BYTE * size, MOST_MEMORY_BYTES),
        seconds=min(SECONDS + _SECONDS_A_BYTE * size, MOST_SECONDS),
        answer=ANSWER_BYTES + _ANSWER_A_BYTE * size,
    )


def held() -> int:
    """Return the bytes of addresses that this process holds; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def confine(largest_file: int) -> None:
    """Limit this process for good: no core dump, no file written above a size, little of everything else.

    Does nothing where the system has no such limits.
    """
    if not _LIMITED:
        return
    for what, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, largest_file, largest_file),
        (resource.RLIMIT_NOFILE, _FILES, 16 * _FILES),
        (resource.RLIMIT_AS, CONVERTER_BYTES, CONVERTER_BYTES),
    ):
        _, most = resource.getrlimit(what)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (soft, hard))


@contextmanager
def within(allowance: Allowance, before: int) -> Iterator[None]:
    """Let this process spend no more on what is done inside: too much memory fails, too much time ends the process.

    By a timer and not by `RLIMIT_CPU`, which knows whole seconds only and counts what earlier files took.

    :param before: what it held before its first file.
    """
    if not _LIMITED:
        yield
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if before:
        resource.setrlimit(resource.RLIMIT_AS, (min(before + allowance.memory, most), most))
    signal.setitimer(signal.ITIMER_PROF, allowance.seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextmanager
def room_for_another() -> Iterator[None]:
    """Let a program that is started inside have as much as this process could ever have."""
    if not _LIMITED:
        yield
        return
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)
    before = [(what, resource.getrlimit(what)) for what in kinds]
    for what, (_, most) in before:
        resource.setrlimit(what, (most, most))
    try:
        yield
    finally:
        for what, limits in before:
            resource.setrlimit(what, limits)
