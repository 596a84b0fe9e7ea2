"""What one person wrote, claimed or was told is not shown to another; leaders' instructions to no informant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, fill, rows
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.office import settle
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

PROMPTS = "/api/v1/prompts"
INSTRUCTED = "务必三个月内见到实效"
PRIVATE = ("鹤寿堂", "松云阁", "墨池巷", "琴台路", "雁门桥", "柳荫埠", "蟹眼泉", "枫桥渡", "莲花墩", "瓦窑坪", "石鼓岭")
DRAFT = "走访发现社区老年食堂每天就餐不足三十人，送餐没有人手。"
FAR = "2999-12-31"


@pytest.fixture
def app(settings: Settings, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """An archive where half was instructed on, a year and more ago, and every text says something private."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    instruction = {"date": "2025-06-01", "by": "市政府办公室", "text": INSTRUCTED}
    letters = [
        {
            **row,
            "text": f"{row['text']}{PRIVATE[number]}有旧账册。",
            **({"instructions": [instruction], "adoptions": [{"level": "city"}]} if number % 2 == 0 else {}),
        }
        for number, row in enumerate(rows())
    ]
    fill(desk, tmp_path, letters)
    with TestClient(create_app(settings.model_copy(update={"jobs": "outside"}))) as opened:
        made = opened.app
        assert isinstance(made, FastAPI)
        yield made


def person(app: FastAPI, login: str, name: str, unit: str = "", role: Role = Role.INFORMANT) -> TestClient:
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    return sign_in(client, login, role, name=name, unit=unit)


@pytest.fixture
def editor(app: FastAPI) -> TestClient:
    return person(app, "bianji", "编辑甲", role=Role.EDITOR)


@pytest.fixture
def one(app: FastAPI) -> TestClient:
    return person(app, "xinxi.yi", "信息员一", "第一站")


@pytest.fixture
def other(app: FastAPI) -> TestClient:
    return person(app, "xinxi.er", "信息员二", "第二站")


def do(client: TestClient, number: int, act: str, **asked: Any) -> Any:
    answer = client.post(f"{PROMPTS}/{number}/{act}", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def numbers(editor: TestClient) -> list[int]:
    """Prompts: a published one, one for the first station, one that waits, one withdrawn."""
    made = [each["number"] for each in editor.post(PROMPTS, json={"limit": 4}).json()["prompts"]]
    assert len(made) >= 3
    for number, whom in ((made[0], []), (made[1], ["第一站"])):
        do(editor, number, "approve")
        do(editor, number, "publish", deadline=FAR, commissioned=whom)
    if len(made) > 3:
        do(editor, made[3], "withdraw")
    return made


def test_prompts_are_seen_when_published_and_commissions_by_whom_they_are_for(
    editor: TestClient, one: TestClient, other: TestClient, numbers: list[int]
) -> None:
    def seen(client: TestClient) -> set[int]:
        listed = {each["number"] for each in client.get(PROMPTS, params={"limit": 100}).json()["items"]}
        opened = {each for each in numbers if client.get(f"{PROMPTS}/{each}").status_code == 200}
        assert listed == opened
        pages = {each for each in numbers if client.get(f"/prompts/{each}").status_code == 200}
        assert pages == opened
        return listed

    assert seen(editor) == set(numbers)
    assert seen(one) == set(numbers[:2])
    assert seen(other) == set(numbers[:1])
    for state in ("proposed", "approved", "withdrawn"):
        assert one.get(PROMPTS, params={"state": state}).json()["items"] == []
    for act, asked in (("claim", {}), ("feedback", {"verdict": "useful"}), ("check", {"text": DRAFT})):
        for number in numbers[1:]:
            assert other.post(f"{PROMPTS}/{number}/{act}", json=asked).status_code in (403, 404)


def test_checks_claims_and_feedback_are_ones_own(
    app: FastAPI, editor: TestClient, one: TestClient, other: TestClient, numbers: list[int]
) -> None:
    do(editor, numbers[0], "publish", several=True)
    do(one, numbers[0], "claim")
    run = do(one, numbers[0], "check", title="食堂", text=DRAFT)["claims"][0]["check"]["run"]
    do(one, numbers[0], "submit", document="D01")
    do(one, numbers[0], "feedback", verdict="useful", note="已电话联系过站长")
    namesake = person(app, "xinxi.san", "信息员一", "第三站")
    for client in (other, namesake):
        do(client, numbers[0], "claim")
        page = client.get(f"{PROMPTS}/{numbers[0]}")
        assert run not in page.text
        assert "已电话联系过站长" not in page.text
        assert page.json()["events"] == []
        for each in (*page.json()["claims"], *page.json()["line"]["claims"]):
            assert each["check"] is None
            assert each["document"] == ""
        for path in (f"/api/v1/checks/{run}", f"/api/v1/checks/{run}/export", f"/checks/{run}"):
            assert client.get(path).status_code == 404
        assert client.get("/api/v1/checks").json()["items"] == []
        assert run not in client.get("/mine").text
    for client in (one, editor):
        assert client.get(f"/api/v1/checks/{run}").status_code == 200
        assert [each["run"] for each in client.get("/api/v1/checks").json()["items"]] == [run]
    assert {each["author"] for each in one.get(f"{PROMPTS}/{numbers[0]}").json()["feedback"]} == {"信息员一"}


def test_a_namesake_of_another_unit_works_on_their_own_claim_only(
    app: FastAPI, one: TestClient, numbers: list[int]
) -> None:
    do(one, numbers[0], "claim")
    namesake = person(app, "xinxi.san", "信息员一", "第三站")
    for act, asked in (("release", {}), ("check", {"text": DRAFT}), ("submit", {})):
        assert namesake.post(f"{PROMPTS}/{numbers[0]}/{act}", json=asked).status_code == 403
    for act in ("release", "submit"):
        page = namesake.post(f"/prompts/{numbers[0]}/{act}", data={"csrf_token": namesake.headers["x-csrf-token"]})
        assert page.status_code == 403
    assert len(one.get(f"{PROMPTS}/{numbers[0]}").json()["claims"]) == 1


def everything(client: TestClient, numbers: list[int], run: str) -> dict[str, str]:
    """Ask for all that can be read over and about the archive."""
    topics = [each["id"] for each in client.get("/api/v1/topics", params={"window": "all"}).json()["topics"]]
    assert topics
    asked: list[tuple[str, dict[str, Any]]] = [
        ("/api/v1/lookup", {"q": "老年食堂亏损"}),
        ("/api/v1/lookup", {"q": "海上风电渔民补偿"}),
        ("/api/v1/suggest", {"limit": 50}),
        ("/api/v1/suggest", {"q": "老年食堂", "limit": 50}),
        ("/api/v1/topics", {"window": "all"}),
        ("/api/v1/topics/drawing", {"window": "all"}),
        *((f"/api/v1/topics/{each}", {"window": "all"}) for each in topics),
        ("/api/v1/gaps", {}),
        ("/api/v1/gaps/drawing", {}),
        ("/api/v1/themes", {}),
        ("/api/v1/archive", {}),
        ("/api/v1/documents", {"limit": 50}),
        *((f"/api/v1/documents/D{each:02d}", {}) for each in range(11)),
        (PROMPTS, {}),
        *((f"{PROMPTS}/{each}", {}) for each in numbers),
        ("/api/v1/checks", {}),
        (f"/api/v1/checks/{run}", {"limit": 100}),
        (f"/api/v1/checks/{run}/export", {"format": "html", "limit": 100}),
        ("/", {}),
        ("/archive", {}),
        *((f"/archive/D{each:02d}", {}) for each in range(11)),
        ("/lookup", {"q": "老年食堂亏损"}),
        ("/prompts", {}),
        ("/prompts/suggested", {}),
        *((f"/prompts/{each}", {}) for each in numbers),
        ("/mine", {}),
        (f"/checks/{run}", {}),
    ]
    told = {}
    for place, options in asked:
        answer = client.get(place, params=options)
        assert answer.status_code in (200, 404), (place, answer.text)
        told[f"{place} {options}"] = answer.text
    return told


def test_no_informant_reads_instructions_or_whole_texts_of_others(
    editor: TestClient, one: TestClient, numbers: list[int]
) -> None:
    checked = one.post("/api/v1/check", json={"title": "食堂", "text": DRAFT}, params={"limit": 100})
    run = checked.json()["run"]
    told = {"check": checked.text, **everything(one, numbers, run)}
    assert [place for place, text in told.items() if INSTRUCTED in text] == []
    assert [place for place, text in told.items() if any(each in text for each in PRIVATE)] == []
    assert [place for place, text in told.items() if "有批示" in text or "获批示" in text] == []
    assert [place for place, text in told.items() if re.search("委员[0-9]{3}", text)] == []
    seen = everything(editor, numbers, run)
    assert [place for place, text in seen.items() if INSTRUCTED in text], "or there was nothing to hide"
    assert [place for place, text in seen.items() if any(each in text for each in PRIVATE)]
    assert [place for place, text in seen.items() if "有批示" in text]
    assert len([place for place, text in seen.items() if re.search("委员[0-9]{3}", text)]) > 5


def test_an_office_may_settle_otherwise(app: FastAPI, one: TestClient, numbers: list[int]) -> None:
    settle(app.state.desk, by="管理员", now=dt.datetime.now(dt.UTC), instructions=True, texts=True)
    told = one.get("/api/v1/documents/D00").text
    assert INSTRUCTED in told
    assert PRIVATE[0] in told
    assert re.search("委员[0-9]{3}", one.get("/api/v1/lookup", params={"q": "老年食堂亏损"}).text)
    assert numbers


def test_other_users_are_not_listed(one: TestClient, other: TestClient, editor: TestClient) -> None:
    for client in (one, editor):
        assert client.get("/api/v1/users").status_code == 403
    for place in ("/", "/mine", "/prompts", "/archive", "/api/v1/me", "/api/v1/archive"):
        assert "xinxi.er" not in one.get(place).text
        assert "信息员二" not in one.get(place).text
    assert other.get("/api/v1/me").json()["login"] == "xinxi.er"


def test_suggestions_are_fitted_to_who_asks(one: TestClient, editor: TestClient) -> None:
    for named in ({"author": "信息员二"}, {"unit": "第三站"}):
        assert one.get("/api/v1/suggest", params=named).status_code == 403
        assert editor.get("/api/v1/suggest", params=named).status_code == 200
    assert one.get("/api/v1/suggest", params={"author": "信息员一"}).status_code == 200
