"""How failures look in a browser, and notices that survive a redirect once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import Response
from fastapi.testclient import TestClient
from starlette.requests import Request

from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings
from xiansuo.web import notices

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False) as made:
        yield made


def test_somebody_unknown_is_led_to_sign_in_and_back(client: TestClient) -> None:
    answer = client.get("/docs?a=1&b=二", headers=BROWSER)
    assert answer.status_code == 303
    back = client.get(answer.headers["location"], headers=BROWSER)
    assert back.status_code == 200
    assert "/docs?a=1&amp;b=%E4%BA%8C" in back.text


@pytest.mark.parametrize(("address", "status", "says"), [("/nowhere", 404, "没有这个地址"), ("/login", 405, "不接受")])
def test_a_browser_sees_a_failure_as_a_page_in_the_frame(
    client: TestClient, address: str, status: int, says: str
) -> None:
    sign_in(client)
    answer = client.request("PUT" if status == 405 else "GET", address, headers=BROWSER)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert says in answer.text
    assert 'aria-label="主导航"' in answer.text


@pytest.mark.parametrize(
    ("address", "headers"), [("/nowhere", {}), ("/nowhere", BROWSER | {"HX-Request": "true"}), ("/api/v1/x", BROWSER)]
)
def test_programs_and_parts_of_pages_get_the_problem_itself(
    client: TestClient, address: str, headers: dict[str, str]
) -> None:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_what_nobody_may_open_is_told_on_a_page(client: TestClient) -> None:
    sign_in(client, "xinxiyuan", Role.INFORMANT, name="信息员甲")
    answer = client.get("/archive/none/correct", headers=BROWSER)
    assert answer.status_code in (403, 404)
    assert answer.headers["content-type"].startswith("text/html")


def test_a_page_speaks_to_people_and_not_to_programs(client: TestClient) -> None:
    sign_in(client)
    for address in ("/nowhere", "/prompts/none"):
        told = client.get(address, headers=BROWSER)
        assert told.status_code in (404, 422)
        assert "请对照接口说明" not in told.text
    assert "xiansuo " not in client.get("/prompts/99", headers=BROWSER).text
    assert "请对照接口说明" in client.get("/nowhere").json()["advice"]


def test_who_was_signed_out_meanwhile_comes_back_to_the_page_of_the_form(client: TestClient) -> None:
    said = client.post("/prompts/3/claim", headers=BROWSER | {"Referer": "http://localhost/prompts?focus=x"})
    assert said.status_code == 401
    assert 'href="/login?then=%2Fprompts%3Ffocus%3Dx"' in said.text.replace("then=/", "then=%2F")
    assert "Bearer" not in said.text
    elsewhere = client.post("/prompts/3/claim", headers=BROWSER | {"Referer": "http://elsewhere.example/prompts"})
    assert "elsewhere" not in elsewhere.text


def test_a_refusal_before_anybody_was_asked_is_a_page_too(client: TestClient) -> None:
    answer = client.post("/login", headers=BROWSER | {"Content-Length": str(1 << 40)}, content=b"")
    assert answer.status_code == 413
    assert "内容太大" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def _carried(tone: notices.Tone, text: str) -> str:
    made = Response()
    notices.carry(made, tone, text)
    return made.headers["set-cookie"].split(";")[0]


def test_a_notice_is_shown_once_and_escaped(client: TestClient) -> None:
    sign_in(client)
    name, value = _carried("good", "已保存<script>x</script>").split("=", 1)
    client.cookies.set(name, value.strip('"'), domain="localhost.local", path="/")
    seen = client.get("/docs", headers=BROWSER)
    assert "已保存&lt;script&gt;" in seen.text
    assert "tone-good" in seen.text
    assert "Max-Age=0" in seen.headers["set-cookie"]


def test_a_part_of_a_page_leaves_the_notice_to_the_next_page() -> None:
    cookie = _carried("bad", "出错")
    scope = {"type": "http", "headers": [(b"cookie", cookie.encode()), (b"hx-request", b"true")]}
    assert notices.shown(Request(scope)) == []
    whole = {"type": "http", "headers": [(b"cookie", cookie.encode())]}
    assert notices.shown(Request(whole)) == [("bad", "出错")]


@pytest.mark.parametrize("value", ["", "!!", "bnVsbA==", "WyJldmlsIiwieCJd", "WzEsMl0=", "e30=", "/////w=="])
def test_a_made_up_cookie_shows_nothing(value: str) -> None:
    scope = {"type": "http", "headers": [(b"cookie", f"xiansuo_notice={value}".encode())]}
    assert notices.shown(Request(scope)) == []


def test_long_notices_are_cut() -> None:
    scope = {"type": "http", "headers": [(b"cookie", _carried("info", "长" * 5000).encode())]}
    ((_, text),) = notices.shown(Request(scope))
    assert len(text) == 400
    assert text.endswith("…")
