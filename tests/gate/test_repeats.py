"""A write that names itself is done once, however often it is sent."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.gate.conftest import browser
from tests.signing import sign_in
from xiansuo.desk import accounts
from xiansuo.errors import HomeError
from xiansuo.records.accounts import Role

USERS = "/api/v1/users"


@pytest.fixture
def admin(app: FastAPI) -> TestClient:
    return sign_in(browser(app), "guanli", Role.ADMIN, name="管理员甲")


def add(client: TestClient, login: str, key: str = "k1") -> Any:
    return client.post(USERS, json={"login": login}, headers={"Idempotency-Key": key})


def logins(client: TestClient) -> list[str]:
    return [each["login"] for each in client.get(USERS).json()["items"]]


def test_the_same_twice_is_done_once_and_answered_alike(admin: TestClient) -> None:
    first, again = add(admin, "haiwan"), add(admin, "haiwan")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("idempotency-replayed" in first.headers, "idempotency-replayed" in again.headers) == (False, True)
    assert logins(admin).count("haiwan") == 1
    assert add(admin, "haiwan", "k2").status_code == 409, "without the name it is another request"
    assert add(admin, "haiwan", "k2").json()["code"] == "not_now"


def test_another_request_under_the_same_name_is_refused(admin: TestClient) -> None:
    add(admin, "haiwan")
    other = add(admin, "shanlu")
    assert (other.status_code, other.json()["code"]) == (409, "key_used")
    assert admin.post(f"{USERS}/1/close", headers={"Idempotency-Key": "k1"}).status_code == 409
    assert "shanlu" not in logins(admin)
    assert add(admin, "shanlu", "k" * 101).status_code == 400


def test_what_is_still_worked_on_says_when_to_ask_again(
    app: FastAPI, admin: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    add_account = accounts.add

    def slow(*told: Any, **more: Any) -> Any:
        begun.set()
        assert go_on.wait(20)
        return add_account(*told, **more)

    monkeypatch.setattr(accounts, "add", slow)
    other = sign_in(browser(app), "guanli", Role.ADMIN)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(add, admin, "haiwan")
        assert begun.wait(20)
        meanwhile = add(other, "haiwan")
        go_on.set()
    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "still_at_it")
    assert int(meanwhile.headers["retry-after"]) >= 1
    assert add(other, "haiwan").content == first.result().content


def test_every_write_says_that_it_can_be_named(admin: TestClient) -> None:
    paths = admin.get("/openapi.json").json()["paths"]
    named = {
        f"{method} {path}": [each["name"] for each in told.get("parameters", ()) if each["in"] == "header"].count(
            "Idempotency-Key"
        )
        for path, methods in paths.items()
        for method, told in methods.items()
    }
    assert {name for name, times in named.items() if times} == {name for name in named if not name.startswith("get ")}
    assert set(named.values()) == {0, 1}


def test_names_are_ones_own(app: FastAPI, admin: TestClient) -> None:
    other = sign_in(browser(app), "guanli.2", Role.ADMIN, name="管理员乙")
    assert [add(admin, "haiwan").status_code, add(other, "shanlu").status_code] == [201, 201]


def test_many_at_once_do_it_once(app: FastAPI, admin: TestClient) -> None:
    clients = [sign_in(browser(app), "guanli", Role.ADMIN) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        told = [each.status_code for each in pool.map(lambda client: add(client, "haiwan"), clients)]
    assert set(told) <= {201, 409}
    assert 201 in told
    assert logins(admin).count("haiwan") == 1


@pytest.mark.parametrize("fault", [HomeError("磁盘满了。"), ZeroDivisionError()])
def test_after_a_failure_it_may_be_sent_again(
    admin: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(accounts, "add", failing)
        assert add(admin, "haiwan").status_code in (500, 503)
    assert add(admin, "haiwan").status_code == 201


def test_a_refusal_is_not_what_became_of_it(admin: TestClient) -> None:
    token = admin.headers.pop("x-csrf-token")
    assert add(admin, "haiwan").status_code == 403
    admin.headers["x-csrf-token"] = token
    assert add(admin, "haiwan").status_code == 201


def test_what_is_shown_once_is_kept_nowhere(app: FastAPI, admin: TestClient) -> None:
    asked = {"name": "办公系统", "account": 1, "scopes": ["read"]}
    first, again = (admin.post("/api/v1/keys", json=asked, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()["code"]) == (201, 409, "not_now")
    assert len(admin.get("/api/v1/keys").json()["items"]) == 1
    door = admin.post(f"{USERS}/1/door", headers={"Idempotency-Key": "d"})
    assert admin.post(f"{USERS}/1/door", headers={"Idempotency-Key": "d"}).status_code == 409
    home = app.state.desk.settings.home
    kept = b"".join(each.read_bytes() for each in home.glob("xiansuo.db*"))
    for secret in (first.json()["secret"], door.json()["path"].rpartition("/")[2]):
        assert secret.encode() not in kept


def test_the_same_file_between_other_boundaries_is_the_same(admin: TestClient) -> None:
    def send(boundary: str) -> Any:
        part = b'Content-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
        body = b"--%s\r\n%s%s\r\n--%s--\r\n" % (boundary.encode(), part, "路灯坏了".encode(), boundary.encode())
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": "f"}
        return admin.post("/api/v1/jobs/import", content=body, headers=headers)

    first, again = send("aaaa"), send("bbbbbb")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
