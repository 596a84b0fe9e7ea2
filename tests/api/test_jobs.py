"""Jobs over HTTP: asked for, followed live, cancelled; one submission is one job."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from tests import matters
from tests.conftest import NOON, GramEncoder
from tests.signing import desk_of, sign_in
from xiansuo.access.needs import Need
from xiansuo.api import jobs as api
from xiansuo.app import create_app
from xiansuo.desk import job_kinds, jobs
from xiansuo.desk.desk import Desk
from xiansuo.desk.job_work import Worker
from xiansuo.embed import shelf
from xiansuo.gate.rules import RULES
from xiansuo.records.jobs import JobKind
from xiansuo.settings import Settings

JOBS = "/api/v1/jobs"
LETTERS = "\n".join(json.dumps(row, ensure_ascii=False) for row in matters.ALL).encode()


@pytest.fixture
def client(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A home with the stand-in encoder, where nobody works on jobs by himself."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    app = create_app(settings.model_copy(update={"jobs": "outside"}))
    app.include_router(api.router)
    for route in api.router.routes:
        for method in route.methods:  # type: ignore[attr-defined]
            monkeypatch.setitem(RULES, f"{method} {route.path}", Need.EDITOR)  # type: ignore[attr-defined]
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def work(client: TestClient) -> None:
    Worker(desk_of(client).settings, lambda: NOON).run(once=True)


def upload(client: TestClient, content: bytes = LETTERS, **headers: str) -> Any:
    files = [("files", ("来稿.jsonl", content, "application/jsonl"))]
    return client.post(f"{JOBS}/import", files=files, data={"kind": "report"}, headers=headers)


def told(body: str) -> list[dict[str, Any]]:
    """The jobs of a stream of events."""
    return [json.loads(line.removeprefix("data: ")) for line in body.splitlines() if line.startswith("data: ")]


def test_an_upload_is_queued_and_taken_in(client: TestClient) -> None:
    answer = upload(client)
    assert answer.status_code == 202
    job = answer.json()
    assert (job["kind"], job["state"], job["by"]) == ("import", "queued", "编辑甲")
    assert matters.LIFT["text"][:10] not in answer.text
    work(client)
    done = client.get(f"{JOBS}/{job['id']}").json()
    assert (done["state"], done["result"]["added"]) == ("done", len(matters.ALL))
    assert client.get("/api/v1/archive").status_code == 200


def test_a_submission_sent_twice_is_one_job(client: TestClient) -> None:
    first = upload(client, **{"Idempotency-Key": "k1"})
    again = client.post(f"{JOBS}/topics", json={}, headers={"Idempotency-Key": "k2"}).json()
    assert client.post(f"{JOBS}/topics", json={}, headers={"Idempotency-Key": "k2"}).json() == again
    assert first.status_code == 202
    assert [job["id"] for job in client.get(JOBS).json()["items"]] == [again["id"], first.json()["id"]]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("topics", None),
        ("indexes", None),
        ("adapt", None),
        ("demo", None),
        ("encoder", {"name": "static-zh"}),
        ("prompts", {"unit": "县工商联", "limit": 3}),
    ],
)
def test_every_kind_can_be_asked_for(client: TestClient, path: str, body: dict[str, Any] | None) -> None:
    answer = client.post(f"{JOBS}/{path}", json=body)
    assert answer.status_code == 202
    assert answer.json()["kind"] == path
    if body:
        assert answer.json()["arguments"].items() >= body.items()


def test_what_cannot_be_is_refused(client: TestClient) -> None:
    assert upload(client, b"").json()["code"] == "file_unreadable"
    assert client.post(f"{JOBS}/import").status_code == 422
    assert client.post(f"{JOBS}/prompts", json={"limit": 0}).status_code == 422
    assert client.post(f"{JOBS}/encoder", json={}).status_code == 422
    for path in (f"{JOBS}/9", f"{JOBS}/9/events"):
        assert client.get(path).status_code == 404
        assert client.get(path).json()["code"] == "not_found"
    assert client.post(f"{JOBS}/9/cancel").status_code == 404
    assert client.get(JOBS).json()["items"] == []


def test_lists_come_by_pages_and_states(client: TestClient) -> None:
    ids = [client.post(f"{JOBS}/indexes").json()["id"] for _ in range(3)]
    page = client.get(JOBS, params={"limit": 2}).json()
    assert [job["id"] for job in page["items"]] == ids[:0:-1]
    rest = client.get(JOBS, params={"cursor": page["next"]}).json()
    assert ([job["id"] for job in rest["items"]], rest["next"]) == (ids[:1], None)
    assert client.get(JOBS, params={"state": "done"}).json()["items"] == []


def test_a_job_is_cancelled_once_and_never_after_its_end(client: TestClient) -> None:
    id = client.post(f"{JOBS}/indexes").json()["id"]
    assert client.post(f"{JOBS}/{id}/cancel").json()["state"] == "cancelled"
    assert client.post(f"{JOBS}/{id}/cancel").status_code == 200
    other = client.post(f"{JOBS}/indexes").json()["id"]
    work(client)
    assert client.post(f"{JOBS}/{other}/cancel").status_code == 409


def test_events_follow_a_job_to_its_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_LOOK", 0.01)
    monkeypatch.setattr("xiansuo.desk.job_work._TELL", 0)
    seen = threading.Event()

    def steps(*given: Any) -> dict[str, Any]:
        given[-1]("第一步", 1, 2)
        assert seen.wait(20)
        return {"well": True}

    monkeypatch.setitem(job_kinds.KINDS, JobKind.TOPICS, steps)
    real = jobs.one

    def one(desk: Desk, id: int) -> Any:
        found = real(desk, id)
        if found.stage:
            seen.set()
        return found

    monkeypatch.setattr(jobs, "one", one)
    id = client.post(f"{JOBS}/topics").json()["id"]
    working = Worker(desk_of(client).settings, lambda: NOON)
    working.start()
    answer = client.get(f"{JOBS}/{id}/events")
    assert working.stop(20)
    assert answer.headers["content-type"].startswith("text/event-stream")
    states = [(job["state"], job["stage"]) for job in told(answer.text)]
    assert ("running", "第一步") in states
    assert states[-1][0] == "done"
    assert len(set(states)) == len(states)
    (last,) = told(client.get(f"{JOBS}/{id}/events").text)
    assert last["result"] == {"well": True}


def test_events_end_when_nobody_listens(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_LOOK", 0.01)
    desk = desk_of(client)
    job = jobs.submit(desk, JobKind.TOPICS, by="编辑甲", now=NOON)

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def follow() -> list[Any]:
        return [each async for each in api.events(desk, job, Request({"type": "http"}, gone))]

    assert asyncio.run(asyncio.wait_for(follow(), 20)) == [job]
