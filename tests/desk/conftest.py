"""An office with the stand-in encoder, for what does not depend on meaning."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from tests import matters
from tests.conftest import GramEncoder
from tests.desk.offices import find, halves, take
from tests.desk.offices import office as with_matters
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings


@pytest.fixture
def opened(grams: GramEncoder) -> Iterator[Callable[[Path], Desk]]:
    """Open homes with the stand-in encoder."""
    desks: list[Desk] = []

    def _open(home: Path) -> Desk:
        desk = Desk(Settings(home=home))
        desk._encoder = grams
        desks.append(desk)
        return desk

    yield _open
    for desk in desks:
        desk.close()


@pytest.fixture
def office(opened: Callable[[Path], Desk], tmp_path: Path) -> Desk:
    """An empty archive with the stand-in encoder."""
    return opened(tmp_path / "home")


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A file with all of the office's submissions."""
    return matters.write(tmp_path / "来稿.jsonl", matters.ALL)


def told(answer: Any) -> bytes:
    """Return the bytes of an answer."""
    return TypeAdapter(type(answer)).dump_json(answer)


@pytest.fixture(scope="session")
def found_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an office that has found its topics; for copies only."""
    home = tmp_path_factory.mktemp("found") / "home"
    with with_matters(home) as desk:
        find(take(desk, halves()[0]))
        desk.save_indexes()
    return home


@pytest.fixture
def archive(found_home: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office that has found its topics, with some documents still to come."""
    with with_matters(shutil.copytree(found_home, tmp_path / "home")) as desk:
        yield desk
