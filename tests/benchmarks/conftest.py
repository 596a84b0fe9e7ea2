"""What the comparisons share: the encoder that they are measured against."""

from __future__ import annotations

import pytest

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
