"""The bulletin in the browser: a month, the months beside it, and what counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.desk.test_bulletin import ARCHIVE, take
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.settings import Settings
from xiansuo.store import state


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def test_an_empty_year_says_what_to_do(client: TestClient) -> None:
    assert "导入来稿" in client.get("/bulletin?month=2026-10").text


def test_a_month_is_shown_and_taken_away(client: TestClient) -> None:
    take(client.app.state.desk, ARCHIVE)  # type: ignore[attr-defined]
    page = client.get("/bulletin?month=2026-10").text
    assert "2026 年 10 月通报" in page
    assert page.index("未写单位") < page.index(">甲<") < page.index(">乙<")
    assert 'href="/bulletin?month=2026-09"' in page
    assert "另有 1 篇没有日期" in page
    file = client.get("/api/v1/bulletin/file.xlsx?month=2026-10-01")
    assert file.content[:2] == b"PK"
    assert client.get("/api/v1/bulletin?month=2026-10-01").json()["all_month"]["reported"] == 2


def test_a_month_that_is_none_is_this_one(client: TestClient) -> None:
    assert client.get("/bulletin?month=x").status_code == 200


def test_a_month_that_has_just_begun_gives_way_to_the_one_before(client: TestClient) -> None:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    take(desk, ARCHIVE)
    with desk.database.write() as connection:
        state.put(connection, state.DAY, "2026-12-01")
    page = client.get("/bulletin").text
    assert "2026 年 11 月通报" in page
    assert "12 月还没有报送和结果" in page
    assert 'href="/bulletin?month=2026-12"' in page
    asked = client.get("/bulletin?month=2026-12").text
    assert "2026 年 12 月通报" in asked
    assert "看 11 月的通报" in asked
    with desk.database.write() as connection:
        state.put(connection, state.DAY, "2026-10-20")
    assert "2026 年 10 月通报" in client.get("/bulletin").text
    assert "还没有报送和结果" not in client.get("/bulletin").text


def test_points_and_targets_are_settled(client: TestClient) -> None:
    take(client.app.state.desk, ARCHIVE)  # type: ignore[attr-defined]
    form = {"reported": 2, "district": 1, "city": 1, "province": 1, "nation": 1, "instructed": 1, "counted": "every"}
    told = client.post("/bulletin/terms", data={**form, "targets": "甲 8"}, follow_redirects=False)
    assert (told.status_code, told.headers["location"]) == (303, "/bulletin")
    page = client.get("/bulletin?month=2026-10").text
    assert "2 / 8" in page
    assert "报送 2 分" in page
    assert "甲 8" in client.get("/bulletin/terms").text


def test_what_was_typed_wrongly_is_kept_and_told(client: TestClient) -> None:
    form = {"reported": "多", "district": 1, "city": 1, "province": 1, "nation": 1, "instructed": 1}
    told = client.post("/bulletin/terms", data={**form, "targets": "甲 8"})
    assert told.status_code == 400
    assert "分值要填" in told.text
    assert "甲 8" in told.text
