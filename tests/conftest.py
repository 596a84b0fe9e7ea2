"""What tests share: real homes in temporary folders, the shipped encoder, and a small stand-in for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.desk import accounts
from xiansuo.desk.demo import load
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings
from xiansuo.store.database import Database, open_database

# Seeded, so that a failure comes again; no deadlines, since shared machines have moods.
hypothesis.settings.register_profile("here", deadline=None, derandomize=True)
hypothesis.settings.load_profile("here")

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may see the developer's own archive or settings."""
    for name in ("XIANSUO_DATABASE", "XIANSUO_ENCODER", "XIANSUO_LEXICON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XIANSUO_HOME", str(tmp_path / "home"))


@pytest.fixture
def now() -> dt.datetime:
    """The moment at which tests take place."""
    return NOON


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """An empty archive with the shipped encoder."""
    with Desk(settings) as opened:
        yield opened


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home that holds the demo corpus; for reading only, and at the end that is made sure of."""
    home = tmp_path_factory.mktemp("demo")
    with Desk(Settings(home=home)) as desk:
        load(desk)
    yield home
    with Desk(Settings(home=home)) as desk:
        assert accounts.every(desk) == [], "a test wrote to the demo that all share; own_demo is a copy"


@pytest.fixture(scope="module")
def own_demo(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo's home, which the tests of one module may write to."""
    return shutil.copytree(demo_home, tmp_path_factory.mktemp("own") / "demo")


@pytest.fixture
def demo(demo_home: Path) -> Iterator[Desk]:
    """The demo archive; for reading only."""
    with Desk(Settings(home=demo_home)) as desk:
        yield desk


class GramEncoder:
    """A stand-in that knows no language: texts with the same 2-grams are alike. Fast, and the same everywhere."""

    def __init__(self, id: str = "grams@000000000000", dimension: int = 64) -> None:
        self.id = id
        self.dimension = dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        matrix = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(matrix, texts, strict=True):
            for a, b in zip(text, text[1:], strict=False):
                digest = hashlib.blake2b((self.id + a + b).encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "little") % self.dimension] += 1
        norm = np.linalg.norm(matrix, axis=1, keepdims=True)
        return np.asarray(matrix / np.where(norm == 0, 1, norm), dtype=np.float32)


@pytest.fixture
def grams() -> GramEncoder:
    """The stand-in encoder."""
    return GramEncoder()


def shipped(name: str) -> Path:
    """Return a file of the demo corpus."""
    return artefacts.corpus() / name
