"""Work themes over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import GramEncoder, shipped
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.themes import import_themes
from xiansuo.embed import shelf
from xiansuo.settings import Settings

THEMES = "/api/v1/themes"


@pytest.fixture
def bare(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A home that holds nothing, with a stand-in encoder."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield sign_in(client)


@pytest.fixture
def opened(bare: TestClient, settings: Settings) -> TestClient:
    """Both years' lists."""
    with Desk(settings) as desk:
        for year in ("2025", "2026"):
            import_themes(desk, shipped(f"themes-{year}.csv"), version=year)
    return bare


def ids(client: TestClient, **asked: Any) -> list[str]:
    return [theme["id"] for theme in client.get(THEMES, params=asked).json()]


def test_versions_are_listed_and_asked_for(opened: TestClient) -> None:
    assert [version["version"] for version in opened.get(f"{THEMES}/versions").json()] == ["2026", "2025"]
    assert len(ids(opened)) == 18
    assert len(ids(opened, version="2025")) == 14
    missing = opened.get(THEMES, params={"version": "2020"})
    assert missing.status_code == 404
    assert "2020" in missing.json()["title"]


def test_an_empty_home_has_none(bare: TestClient) -> None:
    assert bare.get(THEMES).json() == []
    assert bare.get(f"{THEMES}/versions").json() == []
    assert bare.get(f"{THEMES}/log").json()["items"] == []


def test_what_an_editor_does_is_seen_logged_and_undone(opened: TestClient) -> None:
    changed = opened.post(f"{THEMES}/T01/edit", json={"change": {"name": "蓝色粮仓"}})
    assert changed.status_code == 200
    assert opened.get(THEMES).json()[0]["name"] == "蓝色粮仓"
    assert opened.post(f"{THEMES}/T01/weigh", json={"weight": 9, "version": "2025"}).json()["version"] == "2025"
    opened.post(f"{THEMES}/T01/merge", json={"others": ["T02", "T03"]})
    retired = opened.post(f"{THEMES}/T04/retire", json={}).json()
    assert ids(opened)[:2] == ["T01", "T05"]
    assert len(ids(opened, retired=True)) == 18
    opened.post(f"{THEMES}/log/{retired['id']}/undo")
    assert ids(opened)[:2] == ["T01", "T04"]
    assert [edit["action"] for edit in opened.get(f"{THEMES}/log").json()["items"]] == [
        "retire",
        "merge",
        "weigh",
        "edit",
    ]
    assert len(opened.get(f"{THEMES}/log", params={"version": "2025"}).json()["items"]) == 1


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("T99/retire", {}, 404),
        ("log/99/undo", {}, 404),
        ("T01/edit", {"change": {}}, 400),
        ("T01/merge", {"others": ["T01"]}, 400),
        ("T01/merge", {"others": []}, 422),
        ("T01/weigh", {"weight": 0}, 422),
        ("T01/retire", {"version": 3}, 422),
        ("T01/edit", {"change": {"colour": "red"}}, 422),
    ],
)
def test_what_makes_no_sense_is_told_in_chinese(
    opened: TestClient, path: str, asked: dict[str, Any], status: int
) -> None:
    answer = opened.post(f"{THEMES}/{path}", json=asked)
    assert answer.status_code == status
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.text)
