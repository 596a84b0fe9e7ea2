"""Editors read proposed clues, approve, publish and give them out; each step can be taken back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.signing import account, sign_in
from xiansuo.app import create_app
from xiansuo.desk.proposing import propose
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings


@pytest.fixture(scope="module")
def client(own_demo: Path) -> Iterator[TestClient]:
    """The demo archive with six proposed clues, in a home of its own."""
    settings = Settings(home=own_demo, jobs="outside")
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        desk = opened.app.state.desk  # type: ignore[attr-defined]
        propose(desk, by="编辑甲", now=desk.moment(dt.datetime.now().astimezone()), limit=6)
        yield sign_in(opened)


def number_at(client: TestClient, place: int, state: str = "proposed") -> int:
    found = re.findall(r'<h3>.*?href="/clues/(\d+)"', client.get(f"/clues?state={state}").text)
    return int(found[place])


def test_proposed_clues_are_read_with_their_reasons(client: TestClient) -> None:
    page = client.get("/clues").text
    assert page.count('<article class="card prompt">') >= 1
    for told in ("角度", "为何现在", "已有什么", "为什么推荐", "审定勾选的"):
        assert told in page
    assert "这里没有线索" in client.get("/clues?state=closed").text


def test_a_batch_is_asked_for_as_a_job(client: TestClient) -> None:
    told = client.post("/clues", data={"wish": "海上风电", "limit": 3}, follow_redirects=False)
    assert told.status_code == 303
    assert re.fullmatch(r"/jobs/\d+", told.headers["location"])
    job = client.get(f"/api/v1{told.headers['location']}").json()
    assert (job["kind"], job["arguments"]["wish"]) == ("prompts", "海上风电")


def test_a_clue_is_approved_changed_published_and_taken_back(client: TestClient) -> None:
    number = number_at(client, 0)
    here = f"/clues/{number}"
    assert "已审定" in client.post(f"{here}/approve").text
    changed = client.post(
        f"{here}/edit", data={"title": "关于补贴老年食堂的建议", "angle": "从账本写起", "note": "写实例"}
    )
    assert "关于补贴老年食堂的建议" in changed.text
    terms = {"deadline": "2026-12-01", "commissioned": "青屿县政协，市侨联", "several": "true"}
    kept = client.post(f"{here}/publish", data={**terms, "deadline": "2020-01-01"}).text
    assert "已经过去" in kept
    assert "青屿县政协，市侨联" in kept, "what was typed stays"
    assert "约稿" in client.post(f"{here}/publish", data=terms).text + client.get("/clues?state=published").text
    assert client.get(f"/api/v1/prompts/{number}").json()["line"]["commissioned"] == ["青屿县政协", "市侨联"]
    assert "现在没有信息员看得到这一条" in client.get(here).text, "nobody has an account of these units"
    account(client.app.state.desk, "qingyu", Role.INFORMANT, unit="青屿县政协")  # type: ignore[attr-defined]
    told = client.get(here).text
    assert "“市侨联”不是任何可用账号的署名或单位，看不到这一条" in told
    assert client.get("/api/v1/prompts/list.docx").content[:2] == b"PK"
    client.post(f"{here}/undo")
    assert client.get(f"/api/v1/prompts/{number}").json()["line"]["state"] == "approved"
    assert "已撤回" in client.post(f"{here}/withdraw").text
    assert "修改" in client.get("/clues/log").text


def test_who_could_write_is_told(client: TestClient) -> None:
    told = client.get(f"/clues/{number_at(client, 0)}/writers").text
    assert "信息员" in told
    assert "单位" in told


def test_several_are_approved_at_once(client: TestClient) -> None:
    assert "请先勾选" in client.post("/clues/approve").text
    numbers = [number_at(client, 0), number_at(client, 1)]
    assert "已审定 2 条" in client.post("/clues/approve", data={"number": [str(each) for each in numbers]}).text
    again = client.post("/clues/approve", data={"number": [str(numbers[0])]}).text
    assert "没有审定" in again, re.findall(r"notice tone.*", again)


@pytest.mark.parametrize(
    ("act", "form", "told"),
    [
        ("publish", {}, "请先审定"),
        ("edit", {"title": ""}, "不能为空"),
        ("publish", {"deadline": "明天"}, "看不懂"),
    ],
)
def test_what_cannot_be_is_told_on_the_page(client: TestClient, act: str, form: dict[str, str], told: str) -> None:
    number = number_at(client, 0)
    answer = client.post(f"/clues/{number}/{act}", data=form)
    assert answer.status_code in (400, 409)
    assert told in answer.text


def test_an_informant_sees_none_of_it(client: TestClient) -> None:
    with TestClient(client.app, base_url="http://127.0.0.1", raise_server_exceptions=False) as other:
        sign_in(other, "xinxi", Role.INFORMANT, name="信息员一")
        assert other.get("/clues").status_code == 403


def test_an_empty_archive_says_what_comes_first(settings: Settings) -> None:
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as opened:
        page = sign_in(opened).get("/clues").text
    assert "请先导入材料" in page
    assert 'action="/clues"' not in page, "nothing can be proposed from nothing"
