"""Hot topics over HTTP: pictures, changes, and what an editor does to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import NOW, Grams, fill, rows
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.settings import Settings

TOPICS = "/api/v1/topics"


@pytest.fixture
def few(settings: Settings, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An archive of two matters, read with a stand-in encoder."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    fill(desk, tmp_path, rows())
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def board(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(TOPICS, params={"window": "all"}).json()["topics"]
    return found


def test_pictures_come_as_a_page_and_as_png(client: TestClient) -> None:
    page = client.get(f"{TOPICS}/drawing")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<svg" in page.text
    for picture in ("map", "timeline"):
        drawn = client.get(f"{TOPICS}/drawing", params={"format": "png", "picture": picture})
        # Where no Chinese font is installed it says so.
        assert drawn.content.startswith(b"\x89PNG") or drawn.status_code == 415
    assert client.get(f"{TOPICS}/drawing", params={"format": "gif"}).status_code == 422


def test_an_empty_archive_has_a_page_too(empty: TestClient) -> None:
    assert empty.get(f"{TOPICS}/drawing").status_code == 200
    assert empty.get(f"{TOPICS}/edits").json()["items"] == []


def test_what_an_editor_does_is_seen_listed_and_undone(few: TestClient) -> None:
    first, second = (topic["id"] for topic in board(few))
    renamed = few.post(f"{TOPICS}/{first}/rename", json={"name": "食堂办不下去"})
    assert renamed.status_code == 200
    assert board(few)[0]["name"] == "食堂办不下去"
    assert few.post(f"{TOPICS}/{second}/pin").json()["action"] == "pin"
    assert board(few)[0]["id"] == second
    hidden = few.post(f"{TOPICS}/{first}/hide").json()
    assert [topic["id"] for topic in board(few)] == [second]
    few.post(f"{TOPICS}/edits/{hidden['id']}/undo")
    assert {topic["id"] for topic in board(few)} == {first, second}
    assert [edit["action"] for edit in few.get(f"{TOPICS}/edits").json()["items"]] == ["hide", "pin", "rename"]


def test_merging_and_splitting_stand_in_the_log_and_in_the_difference(few: TestClient) -> None:
    first, second = board(few)
    few.post(f"{TOPICS}/{first['id']}/merge", json={"into": second["id"]})
    assert len(board(few)) == 1
    out = first["members"][:1]
    parted = few.post(f"{TOPICS}/{second['id']}/split", json={"documents": out}).json()
    board(few)
    runs = few.get(f"{TOPICS}/log").json()["items"]
    assert [set(run["changed"]) for run in runs] == [{"shrunk", "split"}, {"grown", "merged"}, set()]
    told = few.get(f"{TOPICS}/diff", params={"first": runs[2]["run"], "second": runs[0]["run"]}).json()
    assert {(change["fate"], change["id"]) for change in told["changes"]} >= {
        ("merged", first["id"]),
        ("new", parted["into"]),
    } or {change["fate"] for change in told["changes"]} >= {"merged", "split"}
    shown = few.get(f"{TOPICS}/{parted['into']}").json()
    assert shown["topic"]["size"] == 1
    assert shown["history"]
    assert shown["edits"]


def test_a_run_is_kept_and_released(few: TestClient) -> None:
    board(few)
    run = few.get(f"{TOPICS}/log").json()["items"][0]["run"]
    assert few.post(f"{TOPICS}/runs/{run}/keep").status_code == 204
    assert few.get(f"{TOPICS}/log").json()["items"][0]["kept"].endswith("编辑甲")
    assert few.post(f"{TOPICS}/runs/{run}/release").status_code == 204
    assert few.get(f"{TOPICS}/log").json()["items"][0]["kept"] == ""
    assert few.post(f"{TOPICS}/runs/{run}/release").status_code == 404
    assert few.post(f"{TOPICS}/runs/topics-0/keep").status_code == 404


def test_drawing_all_anew_changes_nothing_that_an_editor_did(few: TestClient) -> None:
    first, second = board(few)
    few.post(f"{TOPICS}/{first['id']}/merge", json={"into": second["id"]})
    before = board(few)
    assert few.post(f"{TOPICS}/anew").json()["changes"] == []
    assert board(few) == before


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("t0/rename", {"name": "食堂关门"}, 404),
        ("t0/merge", {"into": "t1"}, 404),
        ("edits/99/undo", {}, 404),
        ("t0/merge", {"into": "t0"}, 400),
        ("t0/split", {"documents": []}, 422),
        ("t0/pin", {}, 404),
    ],
)
def test_what_makes_no_sense_is_told_in_chinese(few: TestClient, path: str, asked: dict[str, Any], status: int) -> None:
    answer = few.post(f"{TOPICS}/{path}", json=asked)
    assert answer.status_code == status
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.text)


def test_what_is_in_no_topic_is_told_with_what_is_nearest(few: TestClient) -> None:
    told = few.get(f"{TOPICS}/loose").json()["items"]
    states = [each["state"] for each in told]
    assert states == sorted(states, reverse=True)
    assert all(len(each["nearest"]) <= 3 for each in told)
    named = {topic["id"]: topic["name"] for topic in board(few)}
    assert {near["topic"]: near["name"] for each in told for near in each["nearest"] if near["topic"]}.items() <= {
        **named
    }.items()
    alone = few.get(f"{TOPICS}/loose", params={"state": "isolated"}).json()["items"]
    assert {each["state"] for each in alone} <= {"isolated"}
    assert few.get(f"{TOPICS}/loose", params={"state": "lost"}).status_code == 422


def test_an_unknown_run_is_not_found(few: TestClient) -> None:
    assert few.get(f"{TOPICS}/diff", params={"first": "topics-0", "second": "topics-1"}).status_code == 404


def test_the_day_is_the_servers(few: TestClient) -> None:
    assert few.get(TOPICS).json()["now"] >= NOW.isoformat()
