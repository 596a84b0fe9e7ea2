"""Folders that a model is made in: one program at a time makes one, and what a killed one left behind is removed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xiansuo.index.turns import if_free, in_turn
from xiansuo.store.database import reporting

_LEARNING, _BUILDING = ".adapting", ".building"


@contextmanager
def learning(home: Path) -> Iterator[Path]:
    """Make a folder for an encoder that learns, and remove it afterwards; another program waits for its turn."""
    with reporting(home), in_turn(_lock(home, _LEARNING)):
        _remove_learning(home)
        with tempfile.TemporaryDirectory(prefix=f"{_LEARNING}-", dir=home) as made:
            yield Path(made)


@contextmanager
def building(home: Path) -> Iterator[None]:
    """Let encoders be built among the home's models; another program waits for its turn."""
    with reporting(home), in_turn(_lock(home, _BUILDING)):
        _remove_building(home)
        yield


def sweep(home: Path) -> None:
    """Remove what killed programs have left behind; where one is at work now, its folder stays."""
    for name, remove in ((_LEARNING, _remove_learning), (_BUILDING, _remove_building)):
        with reporting(home), if_free(_lock(home, name)) as free:
            if free:
                remove(home)


def _lock(home: Path, name: str) -> Path:
    return home / f"{name}.lock"


def _remove_learning(home: Path) -> None:
    for left in home.glob(f"{_LEARNING}-*"):
        shutil.rmtree(left, ignore_errors=True)


def _remove_building(home: Path) -> None:
    # A build writes beside its place, into a folder whose name begins with a dot.
    for left in (home / "models").glob(".*-*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
