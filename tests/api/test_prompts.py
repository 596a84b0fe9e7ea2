"""Writing prompts over HTTP, from proposal to outcome."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, fill, rows
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

PROMPTS = "/api/v1/prompts"
FAR = "2999-12-31"


@pytest.fixture
def few(settings: Settings, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An archive of two matters, read with a stand-in encoder."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    fill(desk, tmp_path, [{**row, "adoptions": [{"level": "city"}]} if row["id"] == "D00" else row for row in rows()])
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


@pytest.fixture
def him(few: TestClient) -> TestClient:
    """An informant, at another browser."""
    return another(few, "xinxi.yi", "信息员乙", "第一站")


def another(few: TestClient, login: str, name: str, unit: str = "") -> TestClient:
    client = TestClient(few.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    return sign_in(client, login, Role.INFORMANT, name=name, unit=unit)


def do(client: TestClient, number: int, act: str, status: int = 200, **asked: Any) -> Any:
    answer = client.post(f"{PROMPTS}/{number}/{act}", json=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def number(few: TestClient) -> int:
    """A published prompt's number."""
    made = few.post(PROMPTS, json={"limit": 1}).json()
    one: int = made["prompts"][0]["number"]
    assert do(few, one, "approve")["actions"] == ["edit", "publish", "withdraw"]
    do(few, one, "publish", deadline=FAR)
    return one


def test_a_life_over_http(few: TestClient, him: TestClient, number: int) -> None:
    assert do(few, number, "edit", title="食堂怎么办")["title"] == "食堂怎么办"
    assert do(him, number, "claim")["claims"][0]["author"] == "信息员乙"
    taken = do(another(few, "xinxi.bing", "信息员丙"), number, "claim", 409)
    assert (taken["code"], taken["status"]) == ("not_now", 409)
    assert "信息员乙" in taken["title"]
    text = "走访发现社区老年食堂每天就餐不足三十人，送餐没有人手。"
    checked = do(him, number, "check", title="食堂", text=text)
    run = checked["claims"][0]["check"]["run"]
    assert few.get(f"/api/v1/checks/{run}").status_code == him.get(f"/api/v1/checks/{run}").status_code == 200
    assert do(him, number, "submit", document="D00")["state"] == "submitted"
    assert do(few, number, "outcome")["claims"][0]["level"] == "city"
    assert do(few, number, "undo")["state"] == "submitted"
    assert do(few, number, "outcome", adopted=False)["claims"][0]["adopted"] is False
    assert do(him, number, "feedback", verdict="useful")["author"] == "信息员乙"
    page = few.get(f"{PROMPTS}/{number}").json()
    assert page["prompt"]["card"]["titles"]
    assert [said["verdict"] for said in page["feedback"]] == ["useful"]
    assert [event["id"] for event in few.get(f"{PROMPTS}/log").json()["items"]] == list(
        range(len(page["events"]), 0, -1)
    )


def test_lists_are_narrowed(few: TestClient, number: int) -> None:
    do(few, number, "publish", commissioned=["第一站"])
    for asked, found in (
        ({"state": ["published"]}, 1),
        ({"state": ["proposed", "closed"]}, 0),
        ({"unit": "第一站"}, 1),
        ({"informant": "信息员丙"}, 0),
        ({"overdue": True}, 0),
    ):
        assert len(few.get(PROMPTS, params=asked).json()["items"]) == found, asked
    assert few.get(PROMPTS, params={"state": "done"}).status_code == 422


def test_giving_up_and_withdrawing(few: TestClient, him: TestClient, number: int) -> None:
    do(few, number, "claim", author="信息员乙")
    assert do(him, number, "release")["state"] == "published"
    assert do(few, number, "withdraw")["state"] == "withdrawn"
    assert few.get(f"{PROMPTS}/list.docx").status_code == 409


def test_the_list_is_a_word_document(few: TestClient, number: int) -> None:
    answer = few.get(f"{PROMPTS}/list.docx", params={"office": "汐州市政协", "number": number})
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert docx.Document(io.BytesIO(answer.content)).paragraphs[0].text.startswith("汐州市政协")


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("99/approve", {}, 404),
        ("1/approve", {}, 409),
        ("1/submit", {}, 409),
        ("1/edit", {}, 400),
        ("1/publish", {"deadline": "2020-01-01"}, 400),
        ("1/feedback", {"verdict": "great"}, 422),
        ("0/approve", {}, 422),
    ],
)
def test_what_makes_no_sense_is_told_in_chinese(
    few: TestClient, number: int, path: str, asked: dict[str, Any], status: int
) -> None:
    assert number == 1
    answer = few.post(f"{PROMPTS}/{path}", json=asked)
    assert answer.status_code == status
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.text)
    assert len(few.get(f"{PROMPTS}/1").json()["events"]) == 3


def test_who_acts_is_who_has_signed_in(few: TestClient, him: TestClient, number: int) -> None:
    other = another(few, "xinxi.bing", "信息员丙", "第二站")
    for asked in ({"author": "信息员丙"}, {"unit": "第二站"}):
        assert do(him, number, "claim", 403, **asked)["code"] == "not_allowed"
    do(few, number, "publish", several=True)
    assert do(him, number, "claim", by="信息员丙")["claims"][0]["author"] == "信息员乙"
    for act, asked in (("release", {}), ("check", {"text": "老年食堂送餐没有人手。"}), ("submit", {})):
        assert do(other, number, act, 403, author="信息员乙", **asked)["code"] == "not_allowed"
    said = do(him, number, "feedback", verdict="useful", unit="第二站")
    assert (said["author"], said["unit"]) == ("信息员乙", "第一站")
    claimed = do(few, number, "claim", author="信息员丙", unit="第二站")["claims"]
    assert {(each["author"], each["unit"]) for each in claimed} == {("信息员乙", "第一站"), ("信息员丙", "第二站")}
