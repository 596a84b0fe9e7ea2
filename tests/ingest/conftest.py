"""Texts written for these tests, and a reader with a fixed today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from xiansuo.ingest.reading import Reading, read_file
from xiansuo.records import Kind

TODAY = dt.date(2024, 6, 30)
BODY = "老旧小区的楼道里停满了电动自行车，夜间私拉电线充电，居民多次反映没有结果。建议统一建设充电棚。"


@pytest.fixture
def body() -> str:
    return BODY


@pytest.fixture
def read() -> Callable[..., Reading]:
    def _read(path: Path, kind: Kind | None = None) -> Reading:
        return read_file(path, kind=kind, now=TODAY)

    return _read
