"""What every request passes: headers, names, sizes, amounts, and whether a form is really ours."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.gate.conftest import browser
from tests.signing import sign_in
from xiansuo.access import passwords
from xiansuo.desk import accounts, api_keys, auditing, signing_in
from xiansuo.desk.desk import Desk
from xiansuo.gate.who import COOKIE
from xiansuo.records.accounts import Role, Scope

SAID = {"title": "路灯", "text": "春江里路灯坏了三盏，居民夜里出行不便。建议尽快修好。"}
PASSWORD = "海风-码头-星期三-下雨"


@pytest.fixture
def nobody(app: FastAPI) -> TestClient:
    return browser(app)


@pytest.fixture
def editor(app: FastAPI) -> TestClient:
    return sign_in(browser(app))


@pytest.fixture
def admin(app: FastAPI) -> TestClient:
    return sign_in(browser(app), "guanli", Role.ADMIN, name="管理员甲")


def desk_of(app: FastAPI) -> Desk:
    desk: Desk = app.state.desk
    return desk


def guarded(answer: Any) -> bool:
    policy = answer.headers.get("content-security-policy", "")
    return (
        "default-src 'none'" in policy
        and "frame-ancestors 'none'" in policy
        and "unsafe" not in policy
        and "http" not in policy
        and answer.headers["x-content-type-options"] == "nosniff"
        and answer.headers["x-frame-options"] == "DENY"
        and answer.headers["referrer-policy"] == "same-origin"
    )


def test_every_kind_of_answer_is_guarded(
    app: FastAPI, nobody: TestClient, editor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("xiansuo.desk.looking.lookup", fault)
    html = {"Accept": "text/html"}
    answers = {
        "page": (nobody.get("/login"), 200),
        "redirect": (nobody.get("/docs", headers=html), 303),
        "refused": (nobody.get("/api/v1/archive"), 401),
        "unknown": (nobody.get("/nothing"), 404),
        "json": (editor.get("/api/v1/archive"), 200),
        "wrong method": (editor.put("/api/v1/archive"), 405),
        "malformed": (editor.post("/api/v1/check", json={}), 422),
        "forbidden": (editor.get("/api/v1/users"), 403),
        "fault": (editor.get("/api/v1/lookup", params={"q": "路灯"}), 500),
        "static": (nobody.get("/static/app.css"), 200),
        "static unknown": (nobody.get("/static/none.css"), 404),
        "host": (nobody.get("/login", headers={"Host": "evil.example"}), 400),
        "too large": (editor.post("/api/v1/check", content=b"x", headers={"Content-Length": "9" * 30}), 413),
    }
    for name, (answer, status) in answers.items():
        assert answer.status_code == status, name
        assert guarded(answer), name
        assert ("no-store" in answer.headers.get("cache-control", "")) == (not name.startswith("static")), name
        if status >= 400:
            assert answer.headers["content-type"] == "application/problem+json", name
    assert answers["refused"][0].headers["www-authenticate"] == "Bearer"
    assert "strict-transport-security" not in answers["page"][0].headers
    secure = TestClient(app, base_url="https://127.0.0.1").get("/login")
    assert "max-age" in secure.headers["strict-transport-security"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]", "[::1]:8000"])
def test_this_machine_is_asked_by_its_own_names(nobody: TestClient, host: str) -> None:
    assert nobody.get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["", "127.0.0.1.evil.example", "evil.example:127.0.0.1", "::1", "localhost."])
def test_other_names_are_refused(nobody: TestClient, host: str) -> None:
    answer = nobody.get("/login", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "input")


def test_static_files_ask_no_database(nobody: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(signing_in, "of_session", fault)
    nobody.cookies.set(COOKIE, "x")
    assert nobody.get("/static/app.css").status_code == 200
    assert nobody.get("/static/%2e%2e/pages.py").status_code == 404
    assert nobody.get("/login").status_code == 500


class TestSize:
    def test_by_what_it_claims(self, editor: TestClient, nobody: TestClient) -> None:
        for client, claim in ((editor, 16 << 20), (nobody, 64 << 10)):
            told = {"Content-Length": str(claim + 1), "Content-Type": "application/json"}
            answer = client.post("/api/v1/check", content=b"{}", headers=told)
            assert (answer.status_code, answer.json()["code"]) == (413, "file_refused")
        for wrong in ("-1", "x", "٣"):
            raw = {b"Content-Length": wrong.encode(), b"Content-Type": b"application/json"}
            assert editor.post("/api/v1/check", content=b"{}", headers=raw).status_code == 413

    @pytest.mark.parametrize("more", [{}, {"Idempotency-Key": "k"}])
    def test_by_what_comes(self, editor: TestClient, more: dict[str, str]) -> None:
        def stream() -> Iterator[bytes]:
            for _ in range(20):
                yield b" " * (1 << 20)

        for kind in ("application/json", "multipart/form-data; boundary=x"):
            answer = editor.post("/api/v1/check", content=stream(), headers={"Content-Type": kind, **more})
            assert answer.status_code == 413
            assert guarded(answer)

    def test_files_of_somebody_unknown_are_not_read(self, nobody: TestClient) -> None:
        files = {"file": ("a.txt", b"x" * (100 << 10))}
        assert nobody.post("/api/v1/checks/batch/file", files=files).status_code == 413
        assert nobody.post("/api/v1/checks/batch/file", files={"file": ("a.txt", b"x")}).status_code == 401


class TestAmounts:
    def test_too_many_are_told_to_wait(self, editor: TestClient, nobody: TestClient, admin: TestClient) -> None:
        told = [editor.get("/api/v1/me") for _ in range(42)]
        assert [each.status_code for each in told] == [200] * 40 + [429] * 2
        assert 1 <= int(told[-1].headers["retry-after"]) <= 61
        assert told[-1].json()["code"] == "too_soon"
        assert guarded(told[-1])
        assert nobody.get("/login").status_code == admin.get("/api/v1/me").status_code == 200
        assert editor.get("/static/app.css").status_code == 200

    def test_signing_in_is_rarer(self, nobody: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(passwords, "_NOBODYS", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
        told = [nobody.post("/login", data={"login": f"n{n}", "password": "x"}).status_code for n in range(32)]
        assert set(told[:30]) == {401}
        assert told[30:] == [429] * 2


class TestForms:
    def test_a_write_needs_the_sessions_own_token(self, app: FastAPI, editor: TestClient) -> None:
        other = sign_in(browser(app), "bianji.2", name="编辑乙")
        for token in (b"", b"x", "令牌".encode(), other.headers["x-csrf-token"].encode()):
            answer = editor.post("/api/v1/check", json=SAID, headers={b"X-CSRF-Token": token})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert editor.get("/api/v1/checks").json()["items"] == []
        assert editor.post("/api/v1/check", json=SAID).status_code == 200

    @pytest.mark.parametrize("many", [False, True])
    def test_forms_carry_it_in_a_field(self, editor: TestClient, many: bool) -> None:
        token = editor.headers.pop("X-CSRF-Token")
        for field, status in (("", 403), ("x", 403), ("令牌", 403), (token, 303)):
            data = {"csrf_token": field}
            sent: dict[str, Any] = {"files": {key: (None, value) for key, value in data.items()}} if many else {}
            assert editor.post("/logout", **(sent or {"data": data})).status_code == status, field
        assert editor.get("/api/v1/me").status_code == 401

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://127.0.0.1.evil.example"},
        ],
    )
    def test_nobody_is_signed_in_from_elsewhere(self, nobody: TestClient, headers: dict[str, str]) -> None:
        answer = nobody.post("/login", data={"login": "x", "password": "y"}, headers=headers)
        assert answer.status_code == 403

    @pytest.mark.usefixtures("editor")
    def test_a_key_needs_no_token(self, app: FastAPI, nobody: TestClient) -> None:
        desk = desk_of(app)
        made = api_keys.make(
            desk, accounts.named(desk, "bianji").id, "办公系统", [Scope.WRITE], by="管理员", now=_now()
        )
        answer = nobody.post("/api/v1/check", json=SAID, headers={"Authorization": f"Bearer {made.secret}"})
        assert answer.status_code == 200


class TestSigningIn:
    @pytest.fixture(autouse=True)
    def _his(self, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        accounts.add(desk_of(app), "haiwan", role=Role.INFORMANT, by="管理员", now=_now(), password=PASSWORD)

    def enter(self, client: TestClient, then: str = "/", **headers: str) -> Any:
        return client.post("/login", data={"login": "haiwan", "password": PASSWORD, "then": then}, headers=headers)

    def test_the_cookie_is_out_of_reach(self, app: FastAPI, nobody: TestClient) -> None:
        told = self.enter(nobody).headers["set-cookie"].lower()
        assert "httponly" in told
        assert "samesite=lax" in told
        assert "secure" not in told
        assert "domain" not in told
        secure = TestClient(app, base_url="https://127.0.0.1", follow_redirects=False)
        assert "; secure" in self.enter(secure).headers["set-cookie"].lower()

    def test_a_session_set_from_outside_is_never_taken(self, nobody: TestClient) -> None:
        nobody.cookies.set(COOKIE, "planted")
        made = self.enter(nobody)
        assert made.status_code == 303
        nobody.cookies.clear()
        nobody.cookies.set(COOKIE, "planted")
        assert nobody.get("/api/v1/me").status_code == 401
        assert "planted" not in made.headers["set-cookie"]

    def test_signing_in_again_ends_the_session_before(self, app: FastAPI, nobody: TestClient) -> None:
        sign_in(nobody, "haiwan", Role.INFORMANT)
        before = nobody.cookies[COOKIE]
        assert self.enter(nobody).status_code == 303
        assert signing_in.of_session(desk_of(app), before, now=_now()) is None

    @pytest.mark.parametrize(
        "then", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "/\t/evil"]
    )
    def test_it_leads_nowhere_else(self, nobody: TestClient, then: str) -> None:
        place = self.enter(nobody, then).headers["location"]
        assert place == "/" or (place.startswith("/%") and "\t" not in place)

    def test_it_leads_back(self, nobody: TestClient) -> None:
        assert self.enter(nobody, "/docs?a=1").headers["location"] == "/docs?a=1"

    def test_the_password_is_not_sent_back(self, nobody: TestClient) -> None:
        answer = nobody.post("/login", data={"login": "haiwan", "password": "猜的密码"})
        assert answer.status_code == 401
        assert "猜的密码" not in answer.text


def test_keys_do_what_their_scopes_say(app: FastAPI, admin: TestClient) -> None:
    me = admin.get("/api/v1/me").json()["account"]
    allowed = {}
    for scope in Scope:
        made = admin.post("/api/v1/keys", json={"name": "办公系统", "account": me, "scopes": [scope.value]}).json()
        held = {"Authorization": f"Bearer {made['secret']}"}
        client = browser(app)
        allowed[scope] = [
            client.get("/api/v1/archive", headers=held).status_code,
            client.post("/api/v1/check", json=SAID, headers=held).status_code,
            client.get("/api/v1/users", headers=held).status_code,
        ]
        admin.post(f"/api/v1/keys/{made['key']['id']}/revoke")
        assert client.get("/api/v1/archive", headers=held).status_code == 401
    assert allowed == {Scope.READ: [200, 403, 403], Scope.WRITE: [403, 200, 403], Scope.MANAGE: [403, 403, 200]}
    cookie = browser(app)
    cookie.cookies.set(COOKIE, admin.cookies[COOKIE])
    assert cookie.get("/api/v1/me", headers={"Authorization": "Basic x"}).status_code == 401, "no falling back"


def test_every_write_is_put_down_without_its_body(app: FastAPI, admin: TestClient, nobody: TestClient) -> None:
    admin.post("/api/v1/check", json=SAID)
    made = admin.post("/api/v1/users", json={"login": "haiwan"}).json()
    path = admin.post(f"/api/v1/users/{made['id']}/door").json()["path"]
    nobody.post(path, data={"password": PASSWORD, "again": "other"})
    nobody.post("/api/v1/check", json=SAID)
    admin.post("/api/v1/check", json=SAID, headers={"X-CSRF-Token": ""})
    admin.post("/api/v1/decisions/x%00%0a/undo")
    admin.get("/api/v1/archive")
    rows = [each for each in auditing.trail(desk_of(app)) if " " in each.action]
    assert [(each.name, each.action, each.target, each.outcome) for each in reversed(rows)] == [
        ("管理员甲", "POST /api/v1/check", "", "200"),
        ("管理员甲", "POST /api/v1/users", "", "201"),
        ("管理员甲", "POST /api/v1/users/{id}/door", str(made["id"]), "200"),
        ("", "POST /first/{secret}", "", "400"),
        ("", "POST /api/v1/check", "", "401"),
        ("管理员甲", "POST /api/v1/check", "", "403"),
        ("管理员甲", "POST /api/v1/decisions/{id}/undo", "x", "422"),
    ]
    told = json.dumps([each.model_dump(mode="json") for each in auditing.trail(desk_of(app))], ensure_ascii=False)
    for secret in ("春江里", PASSWORD, path.rpartition("/")[2], admin.cookies[COOKIE], admin.headers["x-csrf-token"]):
        assert secret not in told
    assert admin.get("/api/v1/audit/soundness").json()["broken_at"] is None


def test_signing_in_leaves_one_line_a_try(app: FastAPI, nobody: TestClient) -> None:
    desk = desk_of(app)
    accounts.add(desk, "haiwan", role=Role.EDITOR, by="管理员", now=_now(), password=PASSWORD)
    before = len(auditing.trail(desk))
    for password in ("不是这个密码", PASSWORD):
        nobody.post("/login", data={"login": "haiwan", "password": password})
    rows = auditing.trail(desk)[: -before or None]
    assert [(each.action, each.outcome) for each in reversed(rows)] == [("sign_in", "refused"), ("sign_in", "done")]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_what_cannot_be_read_is_told_as_that(editor: TestClient, admin: TestClient) -> None:
    told = {"Content-Type": "application/json"}
    for content in ('{"text": "路灯坏了"}'.encode("gb18030"), b"[" * 100_000):
        answer = editor.post("/api/v1/check", content=content, headers=told)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
        assert "UTF-8" in answer.json()["title"]
    wrong = admin.post("/api/v1/keys", json={"name": "办公系统", "account": 1, "scopes": ["read", "none"]})
    assert (wrong.status_code, wrong.json()["title"]) == (422, "请求里的 scopes 不对。")


def test_who_mistyped_too_often_is_told_how_long_to_wait(nobody: TestClient) -> None:
    told = [nobody.post("/login", data={"login": "haiwan", "password": f"x{each}"}) for each in range(7)]
    assert [each.status_code for each in told[-2:]] == [429] * 2
    assert 1 <= int(told[-1].headers["retry-after"]) <= 60
