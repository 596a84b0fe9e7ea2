"""Documents over HTTP: paged, cached by state, corrected only as seen, withdrawn and restored; by role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON, GramEncoder
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

DOCUMENTS = "/api/v1/documents"
ODD = "政协〔2026〕3号/二 #?%"
LIFT = f"{DOCUMENTS}/{matters.LIFT['id']}"


@pytest.fixture
def office(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    rows = [*matters.ALL, {**matters.STALLS, "id": ODD, "title": "编号里有斜线的一篇"}]
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "来稿.jsonl", rows), now=NOON)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def informant(office: TestClient) -> TestClient:
    return sign_in(office, "jia", Role.INFORMANT, name="信息员乙", unit="城关区政协")


def test_pages_follow_each_other_to_the_end(office: TestClient) -> None:
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        body = office.get(DOCUMENTS, params={"limit": 3, "cursor": cursor}).json()
        assert set(body) == {"items", "next"}
        seen += [each["id"] for each in body["items"]]
        cursor = body["next"]
    assert len(seen) == len(set(seen)) == 7
    assert seen[0] == "甲-06"
    assert all("text" not in each for each in body["items"])


def test_filters_are_taken_together(office: TestClient) -> None:
    asked = {"year": [2025, 2026], "unit": ["城关区政协"], "q": "路灯 樟树", "adopted": False, "status": "active"}
    found = office.get(DOCUMENTS, params=asked).json()
    assert [each["id"] for each in found["items"]] == ["甲-06"]


@pytest.mark.parametrize("wrong", [{"cursor": "x"}, {"limit": 0}, {"status": "gone"}, {"year": 3}, {"q": "字" * 300}])
def test_a_wrong_question_is_refused(office: TestClient, wrong: dict[str, Any]) -> None:
    answer = office.get(DOCUMENTS, params=wrong)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_any_id_has_an_address(office: TestClient) -> None:
    place = f"{DOCUMENTS}/{quote(ODD, safe='')}"
    assert office.get(place).json()["id"] == ODD
    assert office.post(f"{place}/withdraw").json()["standing"] == "withdrawn"
    assert office.post(f"{place}/restore").json()["standing"] == "active"
    assert office.get(f"{DOCUMENTS}/没有").status_code == 404


def test_what_has_not_changed_is_not_sent_again(office: TestClient) -> None:
    first = office.get(LIFT)
    tag = first.headers["etag"]
    again = office.get(LIFT, headers={"If-None-Match": f'W/"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    office.patch(LIFT, json={"unit": "别的单位"})
    after = office.get(LIFT, headers={"If-None-Match": tag})
    assert (after.status_code, after.json()["unit"]) == (200, "别的单位")
    assert after.headers["etag"] != tag


def test_a_correction_keeps_to_what_was_seen(office: TestClient) -> None:
    tag = office.get(LIFT).headers["etag"]
    made = office.patch(LIFT, json={"title": "改过的题目"}, headers={"If-Match": tag})
    assert made.status_code == 200
    assert (made.json()["version"], made.json()["text"]) == (2, matters.LIFT["text"])
    late = office.patch(LIFT, json={"title": "又改"}, headers={"If-Match": tag})
    assert (late.status_code, late.json()["code"]) == (412, "changed_since")
    assert office.patch(LIFT, json={"title": "又改"}, headers={"If-Match": "*"}).status_code == 200
    versions = office.get(LIFT).json()["versions"]
    assert [each["document"]["title"] for each in versions] == [matters.LIFT["title"], "改过的题目"]
    back = office.post(f"{LIFT}/put-back", json={"version": 1}).json()
    assert (back["title"], back["version"]) == (matters.LIFT["title"], 4)


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"text": None}, {"date": "昨天"}, {"id": "x"}, {"kind": "x"}, {"adoptions": []}, [], "x"]
)
def test_a_wrong_correction_is_refused(office: TestClient, wrong: Any) -> None:
    assert office.patch(LIFT, json=wrong).status_code == 422
    assert office.get(LIFT).json()["version"] == 1


def test_odd_characters_do_no_harm(office: TestClient) -> None:
    body = json.dumps({"title": "题\ud800目\x00", "author": "\x00"}).encode()
    made = office.patch(LIFT, content=body, headers={"Content-Type": "application/json"})
    assert made.status_code in (200, 422)
    assert office.get(DOCUMENTS).status_code == 200


def test_withdrawn_is_not_corrected_and_not_found(office: TestClient) -> None:
    office.post(f"{LIFT}/withdraw")
    assert office.patch(LIFT, json={"unit": "x"}).status_code == 409
    hits = office.get("/api/v1/lookup", params={"q": "加装电梯维保合同"}).json()["hits"]
    assert matters.LIFT["id"] not in [each["facts"]["id"] for each in hits]
    assert office.get(DOCUMENTS, params={"status": "withdrawn"}).json()["items"][0]["id"] == matters.LIFT["id"]


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        ({"what": "adoption", "level": "province", "date": "2025-06-01"}, "adoptions"),
        ({"what": "instruction", "by": "市政府", "text": "请研究。"}, "instructions"),
        ({"what": "reply", "department": "住建局", "grade": "A", "text": "已解决。"}, "replies"),
    ],
)
def test_outcomes_are_put_down_and_taken_back(office: TestClient, outcome: dict[str, Any], field: str) -> None:
    assert len(office.post(f"{LIFT}/outcomes", json=outcome).json()[field]) == 1
    assert office.post(f"{LIFT}/outcomes/take-back", json=outcome).json()[field] == []
    assert office.post(f"{LIFT}/outcomes/take-back", json=outcome).status_code == 404
    assert office.post(f"{LIFT}/outcomes", json={**outcome, "what": "praise"}).status_code == 422


def test_an_informant_reads_and_writes_nothing(office: TestClient) -> None:
    office.post(f"{LIFT}/outcomes", json={"what": "instruction", "text": "请研究。"})
    informant(office)
    body = office.get(LIFT)
    assert (body.json()["whole"], body.json()["text"], body.json()["instructions"]) == (False, "", [])
    assert matters.LIFT["text"][:12] not in body.text
    assert "批示" not in body.text
    own = office.get(f"{DOCUMENTS}/{matters.STALLS['id']}").json()
    assert (own["whole"], own["text"]) == (True, matters.STALLS["text"])
    writes = [("PATCH", ""), *(("POST", f"/{act}") for act in ("withdraw", "restore", "put-back"))]
    writes += [("POST", "/outcomes"), ("POST", "/outcomes/take-back")]
    assert {office.request(method, LIFT + act, json={}).status_code for method, act in writes} == {403}


def test_the_state_that_one_sees_is_ones_own(office: TestClient) -> None:
    tag = office.get(LIFT).headers["etag"]
    informant(office)
    assert office.get(LIFT, headers={"If-None-Match": tag}).status_code == 200
