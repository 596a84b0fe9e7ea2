"""Decisions over HTTP: a page or another program decides, lists and undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.reopening import save_report
from xiansuo.settings import Settings

DRAFT = {"title": "电梯没有人维护", "text": matters.LIFT["text"]}
LIFT = matters.LIFT["id"]


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    """A small archive that may be written to."""
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)
    app = create_app(settings)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def say(office: TestClient, **changed: Any) -> Any:
    body = {**DRAFT, "earlier": LIFT, "verdict": "rejected", **changed}
    return office.post("/api/v1/decisions", json=body)


def decided(office: TestClient) -> Any:
    matches = office.post("/api/v1/check", json=DRAFT).json()["matches"]
    return next(each["decision"] for each in matches if each["facts"]["id"] == LIFT)


def test_a_decision_is_kept_shown_and_undone(office: TestClient) -> None:
    assert decided(office) is None
    made = say(office)
    assert made.status_code == 200
    assert made.json().items() >= {"id": 1, "verdict": "rejected", "relation": "distinct", "by": "编辑甲"}.items()
    assert decided(office) == made.json() == say(office).json()
    sign_in(office, "bianji.2", name="编辑乙")
    undone = office.post("/api/v1/decisions/1/undo")
    assert (undone.status_code, undone.json()["undone_by"]) == (200, "编辑乙")
    assert decided(office) is None
    assert office.get("/api/v1/decisions").json()["items"] == [undone.json()]


def test_who_decides_is_who_has_signed_in(office: TestClient) -> None:
    assert say(office, by="编辑丙").json()["by"] == "编辑甲"


def test_a_relation_can_be_named(office: TestClient) -> None:
    assert say(office, verdict="relabelled", relation="follow_up", date="2026-10-08").json()["relation"] == "follow_up"
    assert say(office, verdict="accepted").json()["relation"] == "copy"
    assert [each["verdict"] for each in office.get("/api/v1/decisions", params={"limit": 1}).json()["items"]] == [
        "accepted"
    ]
    assert office.get("/api/v1/decisions", params={"earlier": "甲-02"}).json()["items"] == []


def test_a_check_that_was_kept_stands_for_its_draft(office: TestClient, settings: Settings) -> None:
    with Desk(settings) as desk:
        run = save_report(desk, check(desk, DRAFT["title"], DRAFT["text"], now=NOON), NOON).run
    made = say(office, title="", text="", run=run)
    assert made.status_code == 200
    assert decided(office) == made.json()
    unknown = say(office, text="", run="check-20260101-0000000000")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"earlier": "甲-99"}, 404, "not_found"),
        ({"verdict": "perhaps"}, 422, "malformed"),
        ({"verdict": "relabelled"}, 400, "input"),
        ({"relation": "copy"}, 400, "input"),
        ({"text": ""}, 422, "text_unusable"),
    ],
)
def test_what_cannot_be_is_refused(office: TestClient, changed: dict[str, Any], status: int, code: str) -> None:
    answer = say(office, **changed)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert office.get("/api/v1/decisions").json()["items"] == []


@pytest.mark.parametrize(("id", "status"), [("9", 404), ("x", 422), ("9" * 30, 422)])
def test_an_undoing_that_cannot_be_is_refused(office: TestClient, id: str, status: int) -> None:
    say(office)
    assert office.post(f"/api/v1/decisions/{id}/undo").status_code == status
    assert decided(office) is not None


def test_no_draft_reaches_a_log_or_an_answer(office: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sent = [say(office, text=DRAFT["text"] + "请致电13812345678。"), say(office, earlier="甲-99")]
    told = [each.text for each in sent] + [office.get("/api/v1/decisions").text]
    assert not [each for each in [*told, caplog.text] if "春江里" in each or "12345678" in each]
