"""Every address of the application and who gets past the gate there, by a list of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from tests.conftest import GramEncoder
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.embed import shelf
from xiansuo.gate.rules import RULES
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

ANYBODY = """
GET /api/v1/health/live | GET /api/v1/health/ready | GET /login | POST /login | GET /first/{secret}
POST /first/{secret} | GET /oidc | GET /oidc/back
"""
INFORMANTS = """
GET /account | POST /account/password | GET /gaps | GET /gaps/map.json | GET /gaps/{theme} | GET /themes
GET /topics/finding | POST /topics/finding
GET /topics | GET /topics/map | GET /topics/map.json | GET /topics/timeline.json | GET /topics/{id}
GET /topics/{id}/months.json | GET /api/v1/topics/map
GET / | GET /archive | GET /archive/{id:path} | GET /check | POST /check | POST /check/files | GET /checks/{run}
GET /docs | GET /openapi.json | GET /lookup | GET /mine | POST /logout
GET /prompts | GET /prompts/suggested | GET /prompts/{number} | POST /prompts/{number}/claim
POST /prompts/{number}/feedback | POST /prompts/{number}/release | POST /prompts/{number}/submit
GET /write | POST /write/advice | POST /write/keep
GET /api/v1/me | POST /api/v1/me/password | GET /api/v1/archive | GET /api/v1/lookup | GET /api/v1/suggest
GET /api/v1/documents | GET /api/v1/documents/{id:path}
POST /api/v1/check | GET /api/v1/checks | GET /api/v1/checks/{run} | GET /api/v1/checks/{run}/export
GET /api/v1/gaps | GET /api/v1/gaps/drawing | GET /api/v1/themes | GET /api/v1/themes/versions
GET /api/v1/topics | GET /api/v1/topics/drawing | GET /api/v1/topics/{id}
GET /api/v1/prompts | GET /api/v1/prompts/{number} | POST /api/v1/prompts/{number}/claim
POST /api/v1/prompts/{number}/release | POST /api/v1/prompts/{number}/check | POST /api/v1/prompts/{number}/submit
POST /api/v1/prompts/{number}/feedback
"""
EDITORS = """
GET /api/v1/bulletin | GET /api/v1/bulletin/file.xlsx | POST /api/v1/themes
GET /clues | POST /clues | GET /clues/log | GET /clues/{number}
GET /clues/{number}/writers | POST /clues/approve | POST /clues/{number}/approve
POST /clues/{number}/edit | POST /clues/{number}/outcome | POST /clues/{number}/publish | POST /clues/{number}/undo
POST /clues/{number}/withdraw | GET /jobs | GET /jobs/{id} | GET /jobs/{id}/progress | POST /jobs/{id}/again
POST /jobs/{id}/cancel | GET /themes/log | GET /themes/{id} | POST /themes/import | POST /themes/log/{number}/undo
POST /themes/{id}/edit | POST /themes/{id}/merge | POST /themes/{id}/retire | POST /themes/{id}/weigh
GET /topics/log | GET /topics/loose | POST /topics/anew | POST /topics/edits/{number}/undo
POST /topics/runs/{run}/keep | POST /topics/runs/{run}/release | POST /topics/{id}/hide | POST /topics/{id}/merge
POST /topics/{id}/pin | POST /topics/{id}/rename | POST /topics/{id}/split
GET /archive/import | POST /archive/import | GET /archive/import/{number} | GET /archive/import/{number}/progress
GET /archive/import/{number}/remarks.csv | POST /archive/import/{number}/cancel
GET /archive/{id:path}/correct | POST /archive/{id:path}/correct | POST /archive/{id:path}/outcomes
POST /archive/{id:path}/outcomes/take-back | POST /archive/{id:path}/put-back | POST /archive/{id:path}/restore
POST /archive/{id:path}/withdraw
GET /bulletin | GET /bulletin/terms | POST /bulletin/terms | GET /compare | GET /groups | GET /groups/found
POST /groups/merge | POST /groups/undo/{id} | GET /home/emerging
POST /checks/{run}/decisions | POST /checks/{run}/undo
PATCH /api/v1/documents/{id:path} | POST /api/v1/documents/{id:path}/outcomes
POST /api/v1/documents/{id:path}/outcomes/take-back | POST /api/v1/documents/{id:path}/put-back
POST /api/v1/documents/{id:path}/restore | POST /api/v1/documents/{id:path}/withdraw
POST /api/v1/checks/batch | POST /api/v1/checks/batch/file | GET /api/v1/groups | POST /api/v1/merges
POST /api/v1/merges/{id}/undo | GET /api/v1/decisions | POST /api/v1/decisions | POST /api/v1/decisions/{id}/undo
POST /api/v1/prompts | GET /api/v1/prompts/log | GET /api/v1/prompts/list.docx
POST /api/v1/prompts/{number}/approve | POST /api/v1/prompts/{number}/edit | POST /api/v1/prompts/{number}/publish
POST /api/v1/prompts/{number}/withdraw | POST /api/v1/prompts/{number}/undo | POST /api/v1/prompts/{number}/outcome
GET /api/v1/writers | GET /api/v1/jobs | GET /api/v1/jobs/{id} | GET /api/v1/jobs/{id}/events
POST /api/v1/jobs/{id}/cancel | POST /api/v1/jobs/import | POST /api/v1/jobs/topics | POST /api/v1/jobs/prompts
GET /api/v1/topics/loose | GET /api/v1/topics/log | GET /api/v1/topics/diff | GET /api/v1/topics/edits
POST /api/v1/topics/edits/{id}/undo | POST /api/v1/topics/runs/{run}/keep | POST /api/v1/topics/runs/{run}/release
POST /api/v1/topics/anew | POST /api/v1/topics/{id}/rename | POST /api/v1/topics/{id}/merge
POST /api/v1/topics/{id}/split | POST /api/v1/topics/{id}/pin | POST /api/v1/topics/{id}/hide
GET /api/v1/themes/log | POST /api/v1/themes/log/{id}/undo | POST /api/v1/themes/{id}/edit
POST /api/v1/themes/{id}/weigh | POST /api/v1/themes/{id}/merge | POST /api/v1/themes/{id}/retire
"""
ADMINS = """
GET /admin | GET /admin/audit | GET /admin/audit/soundness | GET /admin/backup | POST /admin/backup
GET /admin/backup/{name} | GET /admin/backup/progress
GET /admin/keys | POST /admin/keys | POST /admin/keys/{id}/revoke | GET /admin/models
GET /admin/models/cards/{name} | POST /admin/models/adapt | POST /admin/models/indexes | POST /admin/models/use
GET /admin/settings | POST /admin/settings | GET /admin/users | POST /admin/users | GET /admin/users/{id}
POST /admin/users/{id} | POST /admin/users/{id}/close | POST /admin/users/{id}/door | POST /admin/users/{id}/reopen
POST /first-run/demo
GET /api/v1/users | POST /api/v1/users | PATCH /api/v1/users/{id} | POST /api/v1/users/{id}/close
POST /api/v1/users/{id}/reopen | POST /api/v1/users/{id}/door | GET /api/v1/keys | POST /api/v1/keys
POST /api/v1/keys/{id}/revoke | POST /api/v1/jobs/encoder | POST /api/v1/jobs/indexes | POST /api/v1/jobs/adapt
POST /api/v1/jobs/demo | GET /api/v1/audit | GET /api/v1/audit/soundness
"""
WHO = ("nobody", "informant", "another unit's informant", "editor", "admin")
HEIGHTS = {"nobody": 0, "informant": 1, "another unit's informant": 1, "editor": 2, "admin": 3}
# Open to everybody, but a link that was never sent is refused with the same status as a lack of rights.
REFUSES_BY_ITSELF = {"GET /first/{secret}", "POST /first/{secret}", "POST /login"}


def listed(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|")]


EXPECTED = {
    address: height for height, text in enumerate((ANYBODY, INFORMANTS, EDITORS, ADMINS)) for address in listed(text)
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application over an empty home."""
    home: Path = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shelf, "load", lambda *_: GramEncoder())
        made = create_app(Settings(home=home, jobs="outside", requests_a_minute=100_000))
        with TestClient(made):
            yield made


def served(app: FastAPI) -> set[str]:
    return {
        f"{method} {each.path}"
        for each in iter_route_contexts(app.routes)
        for method in getattr(each, "methods", None) or ()
    }


def somebody(app: FastAPI, who: str) -> TestClient:
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)
    match who:
        case "informant":
            sign_in(client, "xinxi.jia", Role.INFORMANT, name="信息员甲", unit="第一站")
        case "another unit's informant":
            sign_in(client, "xinxi.yi", Role.INFORMANT, name="信息员乙", unit="第二站")
        case "editor":
            sign_in(client)
        case "admin":
            sign_in(client, "guanli", Role.ADMIN, name="管理员甲")
    return client


def test_every_address_is_listed_here_and_in_the_rules(app: FastAPI) -> None:
    assert served(app) == set(EXPECTED), "say here who may go there"
    assert set(RULES) == set(EXPECTED)
    assert len(EXPECTED) == sum(len(listed(text)) for text in (ANYBODY, INFORMANTS, EDITORS, ADMINS))


@pytest.mark.parametrize("who", WHO)
def test_nobody_gets_further_than_the_list_says(app: FastAPI, who: str) -> None:
    client, wrong = somebody(app, who), []
    for address, height in EXPECTED.items():
        method, path = address.split(" ")
        place = re.sub(r"\{[^}]+\}", "987654321", path)
        answer = client.request(method, place, json=None if method == "GET" else {})
        passed = answer.status_code not in (401, 403)
        if address in REFUSES_BY_ITSELF:
            passed = True
        if passed != (HEIGHTS[who] >= height) or answer.status_code >= 500:
            wrong.append((address, answer.status_code))
        if not passed and answer.status_code != (401 if who == "nobody" else 403):
            wrong.append((address, answer.status_code))
        if address == "POST /logout":
            client = somebody(app, who)
    assert wrong == []


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"])
def test_other_methods_are_no_way_around(app: FastAPI, method: str) -> None:
    client = somebody(app, "nobody")
    for address in EXPECTED:
        if f"{method} {address.split(' ')[1]}" not in EXPECTED:
            answer = client.request(method, re.sub(r"\{[^}]+\}", "987654321", address.split(" ")[1]))
            assert answer.status_code in (401, 403, 404, 405), (method, address)


def test_a_path_written_otherwise_is_no_way_around(app: FastAPI) -> None:
    client = somebody(app, "informant")
    for path in ("//api/v1/users", "/api/v1/users/", "/API/v1/users", "/api/v1/./users", "/api/v1/%75sers"):
        answer = client.get(path)
        assert answer.status_code in (307, 403, 404), path
        assert "login" not in answer.text.replace("/login", "")
