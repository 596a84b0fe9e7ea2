"""The four answers over HTTP: the same as the desk's, for many at once, and well described."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from tests import corpus
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.looking import lookup

CHINESE = re.compile("[\u4e00-\u9fff]")
DRAFT = {key: corpus.rows("documents.jsonl")[0][key] for key in ("title", "text")}
GOOD = {"200", "201", "202", "204"}
FOREIGN = re.compile(r"https?://(?!www\.w3\.org/)", re.IGNORECASE)
FETCHED = re.compile(r"(?:url\(|@import\s*)[\"']?(?:https?:)?//", re.IGNORECASE)


def told(answer: Any) -> Any:
    return TypeAdapter(type(answer)).dump_python(answer, mode="json")


def test_a_check_is_the_desks_own(client: TestClient, demo: Desk) -> None:
    answer = client.post("/api/v1/check", json=DRAFT, params={"limit": 3})
    assert answer.status_code == 200
    assert answer.json() == told(check(demo, DRAFT["title"], DRAFT["text"], now=NOON, limit=3))
    assert answer.json()["matches"][0]["judgement"]["relation"] == "copy"


def test_a_lookup_is_the_desks_own(client: TestClient, demo: Desk) -> None:
    answer = client.get("/api/v1/lookup", params={"q": "医院停车难"})
    assert answer.json() == told(lookup(demo, "医院停车难"))


def test_filters_are_taken(client: TestClient) -> None:
    asked = {"q": "养殖保险理赔难", "kind": "proposal", "year": [2025, 2026], "unit": []}
    hits = client.get("/api/v1/lookup", params=asked).json()["hits"]
    assert {hit["facts"]["kind"] for hit in hits} == {"proposal"}


def test_topics_can_be_listed_and_opened(client: TestClient) -> None:
    board = client.get("/api/v1/topics", params={"window": "year", "limit": 5}).json()
    assert len(board["topics"]) == 5
    assert board["now"] == "2026-11-01"
    first = board["topics"][0]
    assert client.get(f"/api/v1/topics/{first['id']}").json()["topic"]["name"] == first["name"]


def test_prompts_come_with_their_reasons(client: TestClient) -> None:
    made = client.get("/api/v1/suggest", params={"unit": "青屿县政协", "limit": 2}).json()
    assert made["state"] == "ok"
    assert all(prompt["evidence"] and prompt["parts"] for prompt in made["prompts"])


def test_the_archive_is_described(client: TestClient) -> None:
    assert client.get("/api/v1/archive").json()["documents"] == len(corpus.rows("documents.jsonl"))


def test_an_empty_archive_still_answers(empty: TestClient) -> None:
    assert empty.post("/api/v1/check", json=DRAFT).json()["matches"] == []
    assert empty.get("/api/v1/lookup", params={"q": "医院停车难"}).json()["answered"] is False
    assert empty.get("/api/v1/topics").json()["topics"] == []
    assert empty.get("/api/v1/suggest").json()["state"] == "no_archive"


def test_many_who_ask_at_once_get_equal_answers(client: TestClient) -> None:
    def ask(_: int) -> tuple[bytes, ...]:
        return (
            client.post("/api/v1/check", json=DRAFT).content,
            client.get("/api/v1/lookup", params={"q": "集卡排队进港"}).content,
            client.get("/api/v1/topics").content,
        )

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("POST", "/api/v1/check", {"json": {"text": ""}}, 422, "text_unusable"),
        ("POST", "/api/v1/check", {"json": {"text": "。"}}, 422, "text_unusable"),
        ("POST", "/api/v1/check", {"json": {"text": "路" * 60_000}}, 422, "text_unusable"),
        ("POST", "/api/v1/check", {"json": {"text": "路" * 200_001}}, 422, "malformed"),
        ("POST", "/api/v1/check", {"json": {"title": "没有正文"}}, 422, "malformed"),
        ("POST", "/api/v1/check", {"json": {"text": ["不是文字"]}}, 422, "malformed"),
        ("POST", "/api/v1/check", {"content": b'{"text": "\\ud800 broken"}'}, 422, "malformed"),
        ("POST", "/api/v1/check", {"content": b'{"text": '}, 422, "malformed"),
        ("POST", "/api/v1/check", {"content": b"\xff\xfe"}, 422, "malformed"),
        ("GET", "/api/v1/lookup", {}, 422, "malformed"),
        ("GET", "/api/v1/lookup", {"params": {"q": "？"}}, 422, "text_unusable"),
        ("GET", "/api/v1/lookup", {"params": {"q": "路" * 2001}}, 422, "malformed"),
        ("GET", "/api/v1/lookup", {"params": {"q": "路灯", "limit": 0}}, 422, "malformed"),
        ("GET", "/api/v1/lookup", {"params": {"q": "路灯", "kind": "letter"}}, 422, "malformed"),
        ("GET", "/api/v1/topics", {"params": {"window": "decade"}}, 422, "malformed"),
        ("GET", "/api/v1/topics/t0000000000", {}, 404, "not_found"),
        ("GET", "/api/v1/suggest", {"params": {"theme": "T99"}}, 404, "not_found"),
        ("GET", "/api/v1/nothing", {}, 404, "not_found"),
        ("GET", "/api/v1/check", {}, 405, "malformed"),
    ],
)
def test_a_bad_request_is_told_in_chinese(
    client: TestClient, method: str, path: str, options: dict[str, Any], status: int, code: str
) -> None:
    headers = {"content-type": "application/json"} if "content" in options else {}
    answer = client.request(method, path, headers=headers, **options)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["status"]) == (code, status)
    assert CHINESE.search(problem["title"])


def test_what_was_typed_is_not_repeated_in_a_failure(client: TestClient) -> None:
    secret = "张某某的住址"
    for answer in (
        client.get("/api/v1/topics", params={"window": secret}),
        client.post("/api/v1/check", json={"text": [secret]}),
        client.get("/api/v1/suggest", params={"team": secret}),
    ):
        assert answer.status_code == 422
        assert secret not in answer.text


def test_a_fault_of_our_own_tells_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError("张某某的住址")

    monkeypatch.setattr("xiansuo.desk.looking.lookup", fault)
    answer = client.get("/api/v1/lookup", params={"q": "医院停车难"})
    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert "住址" not in answer.text
    assert "unexpected ZeroDivisionError" in caplog.text


def test_every_operation_is_described_in_chinese(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    operations = {
        f"{method} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert {"post /api/v1/check", "get /api/v1/lookup", "get /api/v1/topics", "get /api/v1/suggest"} <= set(operations)
    for name, operation in operations.items():
        assert CHINESE.search(operation["summary"]), name
        for parameter in operation.get("parameters", ()):
            assert CHINESE.search(parameter.get("description", "")) or parameter["in"] == "path", (name, parameter)
        assert {"401", "403", "413", "422", "429", "503"} <= set(operation["responses"]), name
        assert GOOD & set(operation["responses"]), name
        for status, response in operation["responses"].items():
            assert status in GOOD or CHINESE.search(response["description"]), (name, status)


def test_failures_are_described_as_they_come(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if status in ("204", "304"):
                    assert "content" not in response, path
                elif status not in GOOD and "health" not in path:
                    ((media_type, body),) = response["content"].items()
                    assert media_type == "application/problem+json", path
                    assert {"code", "title", "advice", "status"} == set(body["schema"]["properties"])


def test_the_description_page_needs_no_network(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert not FOREIGN.search(page.text)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert client.get(address).status_code == 200


def test_the_page_needs_no_network(client: TestClient, empty: TestClient) -> None:
    for asked in (client, empty):
        page = asked.get("/")
        assert page.status_code == 200
        assert CHINESE.search(page.text)
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text):
            part = asked.get(address)
            assert part.status_code == 200, address
            # The kits of others name their makers in comments; what they would fetch is what counts.
            assert not (FETCHED if "/vendor/" in address else FOREIGN).search(part.text), address
        assert not FOREIGN.search(page.text)
    assert "还没有材料" in empty.get("/").text
    assert "还没有材料" not in client.get("/").text
