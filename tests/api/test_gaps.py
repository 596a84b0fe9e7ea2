"""Gaps over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, fill, rows
from tests.desk.test_aligning import listed
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.settings import Settings

GAPS = "/api/v1/gaps"


@pytest.fixture
def few(settings: Settings, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An archive of two matters with three themes, read with a stand-in encoder."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    listed(fill(desk, tmp_path, rows()), tmp_path)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def test_gaps_come_with_their_cells(few: TestClient) -> None:
    told = few.get(GAPS, params={"by": "unit"}).json()
    assert told["by"] == "unit"
    assert len(told["rows"]) == 3
    assert all(len(row["cells"]) == len(told["columns"]) for row in told["rows"])
    assert told["rows"][0]["gap"]["theme"]["id"] == "T3"
    asked = few.get(GAPS, params={"by": "unit", "only": ["第九联络站"]}).json()
    assert asked["columns"] == ["第九联络站"]


def test_gaps_are_drawn(few: TestClient) -> None:
    page = few.get(f"{GAPS}/drawing")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<svg" in page.text
    drawn = few.get(f"{GAPS}/drawing", params={"format": "png"})
    # Where no Chinese font is installed it says so.
    assert drawn.content.startswith(b"\x89PNG") or drawn.status_code == 415


def test_what_cannot_be_asked_is_refused(few: TestClient) -> None:
    assert few.get(GAPS, params={"by": "weather"}).status_code == 422
    assert few.get(GAPS, params={"version": "2030"}).status_code == 404


def test_an_empty_archive_has_an_answer_too(empty: TestClient) -> None:
    told = empty.get(GAPS).json()
    assert told["rows"] == []
    assert told["notes"]
    assert empty.get(f"{GAPS}/drawing").status_code == 200
