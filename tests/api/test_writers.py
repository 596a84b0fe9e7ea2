"""Who could write, over HTTP."""

from __future__ import annotations

from fastapi.testclient import TestClient

WRITERS = "/api/v1/writers"


def test_writers_come_with_reasons_and_what_they_wrote(client: TestClient) -> None:
    told = client.get(WRITERS, params={"q": "老年食堂亏损", "limit": 3, "name": ["没有这个人"]}).json()
    assert len(told["informants"]) == 3
    assert told["more_informants"] > 0
    for each in (*told["informants"], *told["units"]):
        assert each["reasons"]
        assert 1 <= len(each["evidence"]) <= 3
    assert [each["name"] for each in told["named"]] == ["没有这个人"]
    assert len(told["commission"]) == 3


def test_exactly_one_thing_is_asked_for(client: TestClient, empty: TestClient) -> None:
    assert client.get(WRITERS).status_code == 400
    assert client.get(WRITERS, params={"q": "食堂", "topic": "t1"}).status_code == 400
    assert client.get(WRITERS, params={"theme": "没有这一项"}).status_code == 404
    assert client.get(WRITERS, params={"prompt": 0}).status_code == 422
    assert empty.get(WRITERS, params={"q": "食堂"}).json()["informants"] == []
