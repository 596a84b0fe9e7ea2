"""Batches, groups and mergings over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.settings import Settings

RESENT = {**matters.LIFT, "id": "新-1", "author": "信息员癸", "unit": "市总工会", "date": "2026-09-02"}
DRAFTS = [{key: row[key] for key in ("title", "text", "unit", "author", "date")} for row in (matters.WATER, RESENT)]


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    """The office's submissions, one of them twice."""
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "来稿.jsonl", [*matters.ALL, RESENT]), now=NOON)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def told(client: TestClient, method: str, path: str, **options: Any) -> Any:
    answer = client.request(method, f"/api/v1{path}", **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_list_and_a_file_of_drafts_are_checked(office: TestClient) -> None:
    listed = told(office, "POST", "/checks/batch", json={"drafts": [*DRAFTS, DRAFTS[0]]}, params={"limit": 1})
    assert [draft["stored"] for draft in listed["drafts"]] == ["甲-04", "新-1", "甲-04"]
    assert [len(draft["matches"]) for draft in listed["drafts"]] == [1, 1, 1]
    assert [(pair["later"], pair["earlier"], pair["overlap"]) for pair in listed["pairs"]] == [(3, 1, "resent")]
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in ({**DRAFTS[0], "id": "九"}, {"text": ""}))
    sent = told(office, "POST", "/checks/batch/file", files={"file": ("../../台账.jsonl", lines.encode())})
    assert [(draft["id"], draft["file"], draft["row"]) for draft in sent["drafts"]] == [("九", "台账.jsonl", 1)]
    assert [(remark["row"], remark["reason"]) for remark in sent["remarks"]] == [(2, "正文为空")]


def test_groups_are_listed_merged_and_restored(office: TestClient) -> None:
    (group,) = told(office, "GET", "/groups")["groups"]
    assert (group["canonical"]["id"], [member["facts"]["id"] for member in group["members"]]) == ("甲-01", ["新-1"])
    assert {each["author"] for each in group["contributors"]} == {"信息员甲", "信息员癸"}
    made = told(office, "POST", "/merges", json={"canonical": "甲-01", "members": ["新-1"]})
    assert told(office, "GET", "/groups")["groups"] == []
    matched = told(office, "POST", "/check", json=DRAFTS[1])["matches"]
    kept = next(match["facts"]["contributors"] for match in matched if match["facts"]["id"] == "甲-01")
    assert {each["author"] for each in kept} == {"信息员甲", "信息员癸"}
    told(office, "POST", f"/merges/{made['id']}/undo")
    assert told(office, "GET", "/groups")["groups"] == [group]


@pytest.mark.parametrize(
    ("path", "options", "status", "code"),
    [
        ("/checks/batch", {"json": {"drafts": []}}, 422, "malformed"),
        ("/checks/batch", {"json": {"drafts": [{"text": "路"}]}}, 422, "text_unusable"),
        ("/checks/batch/file", {"files": {"file": ("图.png", b"png")}}, 415, "format_unsupported"),
        ("/checks/batch/file", {"files": {"file": ("空.csv", b"")}}, 400, "file_unreadable"),
        ("/checks/batch/file", {}, 422, "malformed"),
        ("/merges", {"json": {"canonical": "甲-01", "members": ["没有"]}}, 404, "not_found"),
        ("/merges", {"json": {"canonical": "甲-01", "members": []}}, 422, "malformed"),
        ("/merges/7/undo", {}, 404, "not_found"),
    ],
)
def test_a_bad_request_is_told(client: TestClient, path: str, options: dict[str, Any], status: int, code: str) -> None:
    answer = client.post(f"/api/v1{path}", **options)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
