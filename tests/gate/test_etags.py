"""The name of an answer's state is another one whenever the answer is, and who knows it is sent nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.testclient import TestClient

from xiansuo.gate.etags import Tagged, begins_with, known_by, state_seen, tag

BODIES = ["", "甲", "甲乙", {"a": 1}, {"a": 2}, {"a": 1, "b": []}, [], [1], None]


class Shelf:
    """What is answered, and how often it had to be made."""

    def __init__(self) -> None:
        self.body: Any = "甲"
        self.mark, self.state, self.made = "m", "", 0


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def client(shelf: Shelf) -> Iterator[TestClient]:
    router = APIRouter(route_class=Tagged)

    @router.get("/made")
    def made(request: Request) -> Any:
        if shelf.state:
            begins_with(request, shelf.state)
        return shelf.body

    @router.get("/marked")
    def marked(request: Request) -> Any:
        known_by(request, shelf.mark)
        shelf.made += 1
        return shelf.body

    @router.get("/own")
    def own(response: Response) -> Any:
        response.headers["ETag"] = '"own"'
        return shelf.body

    @router.get("/failing")
    def failing() -> None:
        raise HTTPException(404)

    @router.post("/made")
    def post() -> Any:
        return shelf.body

    app = FastAPI()
    app.include_router(router)
    with TestClient(app) as opened:
        yield opened


def test_names_differ_exactly_where_bodies_do(client: TestClient, shelf: Shelf) -> None:
    seen: dict[bytes, str] = {}
    for body in BODIES + BODIES[::-1]:
        shelf.body = body
        answer = client.get("/made")
        assert seen.setdefault(answer.content, answer.headers["etag"]) == answer.headers["etag"]
    assert len(set(seen.values())) == len(seen) == len(BODIES)


@pytest.mark.parametrize("told", ["{0}", "W/{0}", '"x", {0}', '"x",W/{0} , "y"', "*"])
@pytest.mark.parametrize("path", ["/made", "/marked", "/own"])
def test_who_knows_the_state_is_sent_nothing(client: TestClient, path: str, told: str) -> None:
    name = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": told.format(name)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", name)


@pytest.mark.parametrize("told", ["", '""', '"x"', "x", '"', ",", "W/"])
@pytest.mark.parametrize("path", ["/made", "/marked", "/own"])
def test_who_knows_another_state_is_sent_all(client: TestClient, path: str, told: str) -> None:
    assert client.get(path, headers={"If-None-Match": told}).status_code == 200


def test_what_has_a_name_that_is_sooner_found_is_not_made_again(client: TestClient, shelf: Shelf) -> None:
    name = client.get("/marked").headers["etag"]
    known = {"If-None-Match": name}
    assert client.get("/marked", headers=known).status_code == 304
    assert shelf.made == 1
    # Asked in another way it is another answer.
    assert client.get("/marked?limit=3", headers=known).status_code == 200
    shelf.mark = "n"
    assert client.get("/marked", headers=known).status_code == 200


def test_failures_and_changes_have_no_state(client: TestClient) -> None:
    assert client.get("/failing", headers={"If-None-Match": "*"}).status_code == 404
    assert "etag" not in client.get("/failing").headers
    answer = client.post("/made", headers={"If-None-Match": "*"})
    assert answer.status_code == 200
    assert "etag" not in answer.headers


def test_the_state_of_what_may_be_changed_is_found_again(client: TestClient, shelf: Shelf) -> None:
    for state in ("7", "0af3"):
        shelf.state = state
        for body in BODIES:
            shelf.body = body
            name = client.get("/made").headers["etag"]
            assert state_seen(name) == state_seen(f" W/{name}") == state
            assert state_seen(tag(name)) == state
    assert state_seen("") == state_seen("*") == ""


def test_reading_routes_tell_of_it_once(client: TestClient) -> None:
    told = client.get("/openapi.json").json()["paths"]["/made"]
    assert [each["name"] for each in told["get"]["parameters"]] == ["If-None-Match"]
    assert "304" in told["get"]["responses"]
    assert "If-None-Match" not in [each["name"] for each in told["post"]["parameters"]]
    assert "304" not in told["post"]["responses"]
