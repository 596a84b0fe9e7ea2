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
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.settings import Settings

PROMPTS = "/api/v1/prompts"
BY, HIM = {"by": "编辑甲"}, {"by": "信息员乙"}
FAR = "2999-12-31"


@pytest.fixture
def few(settings: Settings, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An archive of two matters, read with a stand-in encoder."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    fill(desk, tmp_path, [{**row, "adoptions": [{"level": "city"}]} if row["id"] == "D00" else row for row in rows()])
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield opened


def do(client: TestClient, number: int, act: str, status: int = 200, **asked: Any) -> Any:
    answer = client.post(f"{PROMPTS}/{number}/{act}", json=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def number(few: TestClient) -> int:
    """A published prompt's number."""
    made = few.post(PROMPTS, json={"limit": 1, **BY}).json()
    one: int = made["prompts"][0]["number"]
    assert do(few, one, "approve", **BY)["actions"] == ["edit", "publish", "withdraw"]
    do(few, one, "publish", deadline=FAR, **BY)
    return one


def test_a_life_over_http(few: TestClient, number: int) -> None:
    assert do(few, number, "edit", title="食堂怎么办", **BY)["title"] == "食堂怎么办"
    assert do(few, number, "claim", unit="第一站", **HIM)["claims"][0]["author"] == "信息员乙"
    taken = do(few, number, "claim", 409, by="信息员丙")
    assert (taken["code"], taken["status"]) == ("not_now", 409)
    assert "信息员乙" in taken["title"]
    text = "走访发现社区老年食堂每天就餐不足三十人，送餐没有人手。"
    checked = do(few, number, "check", title="食堂", text=text, **HIM)
    run = checked["claims"][0]["check"]["run"]
    assert few.get(f"/api/v1/checks/{run}").status_code == 200
    assert do(few, number, "submit", document="D00", **HIM)["state"] == "submitted"
    assert do(few, number, "outcome", **BY)["claims"][0]["level"] == "city"
    assert do(few, number, "undo", **BY)["state"] == "submitted"
    assert do(few, number, "outcome", adopted=False, **BY)["claims"][0]["adopted"] is False
    assert do(few, number, "feedback", verdict="useful", **HIM)["author"] == "信息员乙"
    page = few.get(f"{PROMPTS}/{number}").json()
    assert page["prompt"]["card"]["titles"]
    assert [said["verdict"] for said in page["feedback"]] == ["useful"]
    assert [event["id"] for event in few.get(f"{PROMPTS}/log").json()] == list(range(len(page["events"]), 0, -1))


def test_lists_are_narrowed(few: TestClient, number: int) -> None:
    do(few, number, "publish", commissioned=["第一站"], **BY)
    for asked, found in (
        ({"state": ["published"]}, 1),
        ({"state": ["proposed", "closed"]}, 0),
        ({"unit": "第一站"}, 1),
        ({"informant": "信息员丙"}, 0),
        ({"overdue": True}, 0),
    ):
        assert len(few.get(PROMPTS, params=asked).json()) == found, asked
    assert few.get(PROMPTS, params={"state": "done"}).status_code == 422


def test_giving_up_and_withdrawing(few: TestClient, number: int) -> None:
    do(few, number, "claim", author="信息员乙", **BY)
    assert do(few, number, "release", **HIM)["state"] == "published"
    assert do(few, number, "withdraw", **BY)["state"] == "withdrawn"
    assert few.get(f"{PROMPTS}/list.docx").status_code == 409


def test_the_list_is_a_word_document(few: TestClient, number: int) -> None:
    answer = few.get(f"{PROMPTS}/list.docx", params={"office": "汐州市政协", "number": number})
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert docx.Document(io.BytesIO(answer.content)).paragraphs[0].text.startswith("汐州市政协")


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("99/approve", BY, 404),
        ("1/approve", BY, 409),
        ("1/submit", HIM, 409),
        ("1/edit", BY, 400),
        ("1/approve", {"by": ""}, 400),
        ("1/approve", {}, 422),
        ("1/publish", {"deadline": "2020-01-01", **BY}, 400),
        ("1/feedback", {"verdict": "great", **HIM}, 422),
        ("0/approve", BY, 422),
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
