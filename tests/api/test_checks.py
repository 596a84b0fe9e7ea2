"""Checks over HTTP are kept, listed, opened again at any threshold and taken away as files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON, GramEncoder
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.embed import shelf
from xiansuo.settings import Settings

DRAFT = {"title": matters.LIFT["title"], "text": matters.LIFT["text"], "author": "信息员甲", "unit": "临江区政协"}


@pytest.fixture
def asked(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The office's submissions."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


@pytest.fixture
def made(asked: TestClient) -> dict[str, Any]:
    """A check that was made."""
    answer = asked.post("/api/v1/check", json=DRAFT)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_check_is_opened_again_as_it_was(asked: TestClient, made: dict[str, Any]) -> None:
    assert asked.get(f"/api/v1/checks/{made['run']}").json() == made
    assert made["matches"][0]["same_author"]
    listed = asked.get("/api/v1/checks").json()["items"]
    assert [(each["run"], each["title"], each["advice"]) for each in listed] == [
        (made["run"], made["title"], made["advice"])
    ]


def test_a_threshold_cuts_without_a_new_check(asked: TestClient, made: dict[str, Any]) -> None:
    cut = asked.get(f"/api/v1/checks/{made['run']}", params={"threshold": 0.5}).json()
    assert 0 < len(cut["matches"]) < len(made["matches"])
    assert len(asked.get("/api/v1/checks").json()["items"]) == 1
    posted = asked.post("/api/v1/check", params={"threshold": 0.5}, json=DRAFT).json()
    assert posted | {"run": cut["run"], "day": cut["day"]} == cut


@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_check_is_taken_away_as_a_file(asked: TestClient, made: dict[str, Any], format: str) -> None:
    answer = asked.get(f"/api/v1/checks/{made['run']}/export", params={"format": format})
    assert answer.status_code == 200
    assert f"{made['run']}.{format}" in answer.headers["content-disposition"]
    assert "filename*=UTF-8''%E6%9F%A5" in answer.headers["content-disposition"]
    if format == "docx":
        assert made["advice"] in [each.text for each in docx.Document(io.BytesIO(answer.content)).paragraphs]
    else:
        assert made["advice"] in answer.text


def test_what_is_not_there_or_not_possible_is_told(asked: TestClient, made: dict[str, Any]) -> None:
    for address in ("/api/v1/checks/check-1", "/api/v1/checks/check-1/export"):
        assert asked.get(address).status_code == 404
    run = f"/api/v1/checks/{made['run']}"
    for address, options in ((run, {"threshold": 2}), (f"{run}/export", {"format": "pdf"})):
        assert asked.get(address, params=options).status_code == 422
