"""How long work tells where it is: the caller shows it, the worker does not care how."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a Chinese stage, how much is done, and how much there is in all."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Show nothing."""
