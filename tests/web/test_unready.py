"""A page whose topics are not found yet shows how far that is, and opens by itself; a program is told to come again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import NOON
from tests.desk.archives import Grams, fill, rows
from tests.desk.test_aligning import listed
from tests.signing import desk_of, sign_in
from tests.web.few import informant
from tests.web.test_frame import INLINE
from xiansuo.app import create_app
from xiansuo.desk import aligning, ground_kept, job_kinds, jobs
from xiansuo.desk.desk import Desk
from xiansuo.desk.job_work import Worker
from xiansuo.embed import shelf
from xiansuo.errors import HomeError
from xiansuo.records.jobs import JobKind, JobState
from xiansuo.settings import Settings

PAGES = ("/topics?window=all", "/topics/map", "/topics/loose", "/topics/log", "/topics/none")
PARTS = ("/home/emerging", "/prompts/suggested?first=3")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def large(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An archive that is called large, with no topics yet, where nobody works on jobs by himself."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    with Desk(settings) as desk:
        listed(fill(desk, tmp_path, rows()), tmp_path)
    monkeypatch.setattr(ground_kept, "_SOON", 5)
    monkeypatch.setattr(ground_kept, "_SMALL", 1)
    app = create_app(settings.model_copy(update={"jobs": "outside"}))
    with TestClient(
        app, base_url="http://127.0.0.1", headers={"Accept": "text/html"}, raise_server_exceptions=False
    ) as client:
        yield sign_in(client)


def work(client: TestClient) -> None:
    Worker(desk_of(client).settings, lambda: NOON).run(once=True)


def made(client: TestClient) -> list[JobKind]:
    return [job.kind for job in jobs.listed(desk_of(client)).jobs]


def polled(page: str) -> str:
    (address,) = re.findall(r'hx-get="([^"]*)" hx-trigger="every 1s"', page)
    return html.unescape(address)


@pytest.mark.parametrize("path", PAGES[:4])
def test_a_page_shows_how_far_it_is_and_opens_by_itself(large: TestClient, path: str) -> None:
    answer = large.get(path)
    assert answer.status_code == 202
    assert "正在聚类" in answer.text
    assert INLINE.findall(answer.text) == []
    assert made(large) == [JobKind.FIND]
    poll = polled(answer.text)
    part = large.get(poll, headers=HTMX)
    assert polled(part.text) == poll
    assert "<html" not in part.text
    work(large)
    assert large.get(poll, headers=HTMX).headers["hx-redirect"] == path
    assert large.get(path).status_code == 200


@pytest.mark.parametrize("path", PARTS)
def test_a_part_of_a_page_waits_in_its_place(large: TestClient, path: str) -> None:
    assert large.get("/").status_code == 200, "the page itself waits for nothing"
    waiting = large.get(path, headers=HTMX)
    assert waiting.status_code == 202
    assert "<html" not in waiting.text
    poll = polled(waiting.text)
    assert polled(large.get(poll, headers=HTMX).text) == poll
    work(large)
    ended = large.get(poll, headers=HTMX)
    assert "hx-redirect" not in ended.headers
    (onward,) = re.findall(r'hx-get="([^"]*)" hx-trigger="load"', ended.text)
    assert html.unescape(onward) == path
    assert large.get(path, headers=HTMX).status_code == 200


def test_all_who_wait_wait_for_one_job(large: TestClient) -> None:
    for path in PAGES:
        assert large.get(path).status_code == 202
    for path in PARTS:
        large.get(path, headers=HTMX)
    informant(large)
    for path in ("/topics", "/prompts"):
        assert large.get(path).status_code in (200, 202)
    assert large.get("/api/v1/topics").status_code == 503
    assert made(large) == [JobKind.FIND]
    assert jobs.one(desk_of(large), 1).by == "编辑甲"


def test_an_informant_may_wait_and_sees_no_more_than_that(large: TestClient) -> None:
    jobs.submit(desk_of(large), JobKind.INDEXES, by="管理员甲", now=NOON)
    informant(large)
    page = large.get("/topics").text
    assert "前面还有 1 项任务" in page
    assert "管理员甲" not in page
    assert "/jobs" not in page
    assert jobs.one(desk_of(large), 2).by == "委员甲"
    assert large.get(polled(page), headers=HTMX).status_code == 200


def test_how_far_it_is_stands_on_the_page(large: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = polled(large.get("/topics").text)
    seen: list[str] = []

    def look(_desk: Any, _job: Any, _now: Any, progress: Any) -> dict[str, Any]:
        progress("找相近的材料", 3, 8)
        seen.append(large.get(poll, headers=HTMX).text)
        return {"run": "r"}

    monkeypatch.setattr("xiansuo.desk.job_work._TELL", 0)
    monkeypatch.setitem(job_kinds.KINDS, JobKind.FIND, look)
    work(large)
    assert "找相近的材料 3 / 8" in seen[0]


def test_a_failure_is_told_and_tried_again_by_hand_only(large: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> dict[str, Any]:
        raise HomeError("放不下了。", advice="请腾地方。")

    with monkeypatch.context() as patch:
        patch.setitem(job_kinds.KINDS, JobKind.FIND, fail)
        poll = polled(large.get("/topics").text)
        work(large)
    for page in (large.get(poll, headers=HTMX).text, large.get("/topics").text):
        assert "聚类没有做完：放不下了。请腾地方。" in page
        assert "every 1s" not in page
    assert made(large) == [JobKind.FIND]
    back = large.post("/topics/finding", data={"then": "/topics"}, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, "/topics")
    assert made(large) == [JobKind.FIND] * 2
    work(large)
    assert large.get("/topics").status_code == 200


@pytest.mark.parametrize("then", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_nobody_is_led_elsewhere(large: TestClient, then: str) -> None:
    assert large.get("/topics/finding", params={"then": then}, follow_redirects=False).headers["location"] == "/"
    assert large.get("/topics/finding", params={"then": then}, headers=HTMX).headers["hx-redirect"] == "/"
    sent = large.post("/topics/finding", data={"then": then}, follow_redirects=False)
    assert sent.headers["location"] == "/"


def test_a_program_is_told_when_to_come_again(large: TestClient) -> None:
    answer = large.get("/api/v1/topics", headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "topics_not_ready"
    assert int(answer.headers["retry-after"]) > 0
    assert made(large) == [JobKind.FIND]
    work(large)
    assert large.get("/api/v1/topics").status_code == 200


def test_a_form_is_refused_until_it_is_done(large: TestClient) -> None:
    refused = large.post("/topics/none/rename", data={"name": "新名字"})
    assert refused.status_code == 503
    assert "还没有算好" in refused.text


def test_the_gaps_wait_as_well_where_much_is_to_be_read(large: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligning, "_SOON", 5)
    answer = large.get("/gaps")
    assert answer.status_code == 202
    assert "中心工作" in answer.text
    work(large)
    assert jobs.one(desk_of(large), 1).state is JobState.DONE
    assert large.get("/gaps").status_code == 200
