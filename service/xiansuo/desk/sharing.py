"""Let one process answer many people at once."""

from __future__ import annotations

import ctypes
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits

# glibc's own number for it, from malloc.h.
_M_ARENA_MAX, _ARENAS = -8, 2


@contextmanager
def answering_many() -> Iterator[None]:
    """Take one core for each answer, and keep memory in one place, for as long as this lasts.

    Answers run beside each other, so several cores for one product of matrices only wait for each other. And where
    every thread holds a heap of its own, what one has given back is of no use to the next: memory seems to grow.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
    with threadpool_limits(1, user_api="blas"):
        yield
