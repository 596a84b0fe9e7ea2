"""What the comparisons share: the texts, and the transformer-like encoder that everything is measured against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.race import SHARED
from xiansuo.desk.models import build_model
from xiansuo.embed import shelf
from xiansuo.embed.encoder import Encoder
from xiansuo.settings import Settings


@pytest.fixture(scope="session")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The teacher encoder, built for the occasion."""
    home = tmp_path_factory.mktemp("teacher")
    build_model(Settings(home=home), "teacher-use", None)
    encoder = shelf.load("teacher-use", home)
    encoder.encode(["第一次总要慢些。"])
    return encoder


def real_texts(name: str) -> list[str]:
    """Return the bodies of a file of real texts; skip where it is not at hand."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"no real texts at {path}")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row["text"] for row in map(json.loads, lines) if row.get("text")]


def real_file(name: str) -> Path | None:
    """Return a file of real texts where there is one."""
    path = SHARED / name
    return path if path.is_file() else None
