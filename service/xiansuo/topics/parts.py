"""Work in parts on as many threads as there are cores; numpy and scipy let others run while they calculate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_Made = TypeVar("_Made")


def in_parts(work: Callable[[_Part], _Made], parts: Iterable[_Part]) -> list[_Made]:
    """Do one piece of work for each part; the answers come in the parts' order, whatever was done first."""
    listed = list(parts)
    if len(listed) < 2:
        return [work(part) for part in listed]
    with ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as pool:
        return list(pool.map(work, listed))
