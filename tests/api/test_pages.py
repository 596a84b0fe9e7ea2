"""All lists come in pages in one way: rows and `next`, every row once, whatever comes in meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, rows
from tests.fuzz import office as furnished
from tests.prompts import published, put
from tests.signing import desk_of, sign_in
from xiansuo.app import create_app
from xiansuo.desk import accounts, api_keys, deciding, jobs, reopening, theme_editing, topic_editing, topics
from xiansuo.desk.checking import check
from xiansuo.desk.comparing import Text
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.records import Verdict
from xiansuo.records.accounts import Role, Scope
from xiansuo.records.jobs import JobKind
from xiansuo.settings import Settings

NOW, BY = furnished.NOW, furnished.BY
LISTS = {
    "documents": "id",
    "jobs": "id",
    "audit": "seq",
    "decisions": "id",
    "checks": "run",
    "prompts": "number",
    "prompts/log": "id",
    "users": "id",
    "keys": "id",
    "themes/log": "id",
    "topics/log": "run",
    "topics/edits": "id",
    "topics/loose": "id",
}
"""Each list, and what its rows are known by."""
BOARDS = {"topics": "topics", "groups": "groups"}
"""Answers that hold a list beside other things, and what it is called there."""


def more(desk: Desk, place: int) -> None:
    """Put a new row into every list that grows without new documents."""
    later = NOW + dt.timedelta(minutes=place)
    draft = rows()[place]
    title, text = str(draft["title"]), f"{draft['text']}第 {place} 次。"
    reopening.save_report(desk, check(desk, title, text, now=later), later)
    deciding.decide(desk, Text(title, text), "D05", Verdict.REJECTED, by=BY, now=later)
    theme_editing.weigh(desk, "T1", 1 + place, by=BY, now=later)
    board = topics.hot_topics(desk, now=NOW.date(), window="all")
    topic_editing.rename(desk, board.topics[0].id, f"第{place}件事", by=BY, now=later)
    topics.hot_topics(desk, now=NOW.date(), window="all")
    published(desk, deadline=NOW.date())
    put(desk)
    jobs.submit(desk, JobKind.INDEXES, by=BY, now=later)
    made = accounts.add(desk, f"renyuan.{place}", role=Role.EDITOR, by=BY, now=later)
    api_keys.make(desk, made.id, "试验", [Scope.READ], by=BY, now=later)


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A small office with several rows in every list."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "load", lambda *_: Grams())
        folder: Path = tmp_path_factory.mktemp("office")
        app = create_app(Settings(home=folder, jobs="outside", requests_a_minute=100_000))
        with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
            desk: Desk = app.state.desk
            furnished.furnish(desk, tmp_path_factory.mktemp("files"))
            for place in range(3):
                more(desk, place)
            yield sign_in(opened, "guanli", Role.ADMIN, name="管理员甲")


def page(client: TestClient, name: str, cursor: str = "", limit: int = 100) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{name}", params={"cursor": cursor, "limit": limit, **asked(name)})
    assert answer.status_code == 200, (name, answer.text)
    told: dict[str, Any] = answer.json()
    return told


def asked(name: str) -> dict[str, str]:
    return {"window": "all"} if name == "topics" else {}


def walk(client: TestClient, name: str, cursor: str = "", limit: int = 1, field: str = "items") -> list[dict[str, Any]]:
    told = list[dict[str, Any]]()
    while True:
        found = page(client, name, cursor, limit)
        assert len(found[field]) <= limit
        told += found[field]
        if found["next"] is None:
            return told
        cursor = found["next"]


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("name", LISTS)
def test_pages_of_any_size_give_every_row_once(admin: TestClient, name: str, limit: int) -> None:
    whole = page(admin, name)
    assert set(whole) == {"items", "next"}
    assert len(whole["items"]) > 2
    assert whole["next"] is None
    assert walk(admin, name, limit=limit) == whole["items"]
    known = [row[LISTS[name]] for row in whole["items"]]
    assert len(set(known)) == len(known)


@pytest.mark.parametrize("name", BOARDS)
def test_boards_come_in_pages_too(admin: TestClient, name: str) -> None:
    whole = page(admin, name)
    assert len(whole[BOARDS[name]]) > (1 if name == "topics" else 0)
    assert walk(admin, name, field=BOARDS[name]) == whole[BOARDS[name]]


def test_what_comes_in_between_two_pages_is_not_told_twice_and_drops_nothing(admin: TestClient) -> None:
    before = {name: [row[key] for row in page(admin, name)["items"]] for name, key in LISTS.items()}
    first = {name: page(admin, name, limit=2) for name in LISTS}
    more(desk_of(admin), 3)
    for name, key in LISTS.items():
        rest = [row[key] for row in walk(admin, name, first[name]["next"])]
        told = [*(row[key] for row in first[name]["items"]), *rest]
        if name == "prompts":
            # A new one may fall due between two others.
            told = [number for number in told if number in before[name]]
        assert len(set(told)) == len(told)
        # Accounts stand in the order in which they were made: a new one is the last.
        assert told[: len(before[name])] == before[name], name


@pytest.mark.parametrize("cursor", ["x", "WyIxIl0", "am9icyAtMQ", "甲", "=" * 9, "am9icyA5ZTk5"])
@pytest.mark.parametrize("name", [*LISTS, *BOARDS])
def test_a_made_up_cursor_is_refused(admin: TestClient, name: str, cursor: str) -> None:
    answer = admin.get(f"/api/v1/{name}", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "input")
    assert "翻页" in answer.json()["title"]


def test_the_cursor_of_one_list_opens_no_other(admin: TestClient) -> None:
    cursors = {name: page(admin, name, limit=1)["next"] for name in LISTS}
    assert len(set(cursors.values())) == len(LISTS)
    for name in LISTS:
        for other in LISTS.keys() - {name}:
            refused = admin.get(f"/api/v1/{name}", params={"cursor": cursors[other]})
            assert refused.status_code == 400, (name, other)
