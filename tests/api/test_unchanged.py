"""Answers name their state: it changes whenever the answer does, and what somebody has seen can be changed safely."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, rows
from tests.fuzz import office as furnished
from tests.signing import desk_of, sign_in
from xiansuo.app import create_app
from xiansuo.desk import correcting, document_outcomes, finding, topic_editing, withdrawing
from xiansuo.desk.claiming import claim
from xiansuo.desk.desk import Desk
from xiansuo.desk.feedback import give_feedback
from xiansuo.desk.importing import import_path
from xiansuo.desk.office import settle
from xiansuo.desk.themes import import_themes
from xiansuo.embed import shelf
from xiansuo.records import Level
from xiansuo.records.accounts import Role
from xiansuo.records.archive import AdoptionTold, DocumentChange, InstructionTold
from xiansuo.records.prompts import FeedbackVerdict
from xiansuo.settings import Settings
from xiansuo.store import state

NOW, BY = furnished.NOW, furnished.BY
TOPICS = [
    f"topics{path}?window={window}" for path, window in itertools.product(("", "/map", "/drawing"), ("quarter", "all"))
]
"""What is named after the run it comes from."""
OTHERS = [
    "archive",
    "bulletin",
    "bulletin/file.xlsx",
    "decisions",
    "documents",
    "documents/D00",
    "gaps",
    "gaps?by=unit",
    "gaps/drawing",
    "groups",
    "lookup?q=老年食堂",
    "prompts",
    "prompts/2",
    "suggest?q=老年食堂",
    "themes",
    "themes/log",
    "topics/log",
    "topics/loose",
]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A small office with one of everything, asked by an editor."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    app = create_app(Settings(home=tmp_path / "office", jobs="outside", requests_a_minute=100_000))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        furnished.furnish(app.state.desk, tmp_path)
        yield sign_in(opened)


def told(client: TestClient, path: str, known: str = "") -> tuple[str, bytes]:
    """The name of an answer's state, and the answer; empty where it is known."""
    answer = client.get(f"/api/v1/{path}", headers={"If-None-Match": known} if known else {})
    assert answer.status_code == (304 if known and answer.headers["etag"] == known else 200), (path, answer.text)
    assert not known or answer.status_code == 200 or answer.content == b""
    return answer.headers["etag"], answer.content


def acts(desk: Desk, folder: Path) -> Iterator[Callable[[], Any]]:
    """What may change hot topics, one after another; some change nothing."""
    first, second = (topic for topic in _topics(desk))
    yield lambda: None
    yield lambda: topic_editing.rename(desk, first, "食堂难以为继", by=BY, now=NOW)
    yield lambda: topic_editing.pin(desk, second, by=BY, now=NOW)
    yield lambda: topic_editing.undo(desk, 3, by=BY, now=NOW)
    yield lambda: topic_editing.hide(desk, second, by=BY, now=NOW)
    yield lambda: topic_editing.undo(desk, 4, by=BY, now=NOW)
    yield lambda: document_outcomes.add_outcome(
        desk, "D00", AdoptionTold(what="adoption", level=Level.CITY, date=NOW.date()), by=BY, now=NOW
    )
    yield lambda: correcting.correct(desk, "D01", DocumentChange(unit="市侨联"), by=BY, now=NOW)
    yield lambda: withdrawing.withdraw(desk, "D02", by=BY, now=NOW)
    yield lambda: withdrawing.restore(desk, "D02", by=BY, now=NOW)
    yield lambda: topic_editing.split(desk, first, ["D00"], by=BY, now=NOW)
    yield lambda: topic_editing.undo(desk, 5, by=BY, now=NOW)
    yield lambda: topic_editing.merge(desk, first, second, by=BY, now=NOW)
    yield lambda: finding.draw_all_anew(desk, now=NOW.date())
    yield lambda: _another_day(desk)
    yield lambda: import_path(desk, _one_more(folder), now=NOW)


def _topics(desk: Desk) -> list[str]:
    return sorted(finding.find_topics(desk, now=NOW.date()).topics)


def _another_day(desk: Desk) -> None:
    with desk.database.write() as connection:
        state.put(connection, state.DAY, (NOW.date() + dt.timedelta(days=1)).isoformat())


def _one_more(folder: Path) -> Path:
    path = folder / "又一篇.csv"
    path.write_text(
        f"编号,标题,正文,作者,日期\nE1,老年食堂亏损,{rows()[0]['text']}又一处。,戊,2026-10-30\n", encoding="utf-8"
    )
    return path


def test_hot_topics_have_another_state_whenever_they_are_others(office: TestClient, tmp_path: Path) -> None:
    desk = desk_of(office)
    seen: dict[str, dict[str, bytes]] = {path: {} for path in TOPICS}
    changed = dict.fromkeys(TOPICS, 0)
    known: dict[str, tuple[str, bytes]] = {}
    for act in acts(desk, tmp_path):
        act()
        for path in TOPICS:
            name, body = told(office, path)
            # One name never stands for two answers, however often and whenever it is made.
            assert seen[path].setdefault(name, body) == body, path
            assert told(office, path, name) == (name, b"")
            if path in known:
                assert (known[path][1] == body) or told(office, path, known[path][0])[0] == name
                changed[path] += known[path][1] != body
            known[path] = name, body
    assert min(changed[path] for path in TOPICS if path.endswith("all")) > 5


def test_a_kept_answer_stands_after_a_new_start(office: TestClient) -> None:
    before = {path: told(office, path)[0] for path in TOPICS}
    again = create_app(desk_of(office).settings)
    with TestClient(again, base_url="http://127.0.0.1") as opened:
        sign_in(opened)
        assert {path: told(opened, path, name)[0] for path, name in before.items()} == before


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_known_is_not_sent_again_to_anybody(office: TestClient, path: str) -> None:
    name, body = told(office, path)
    assert told(office, path, name) == (name, b"")
    assert told(office, path) == (name, body)


def test_a_reader_never_takes_the_answer_of_another_for_their_own(office: TestClient) -> None:
    desk = desk_of(office)
    signed = InstructionTold(what="instruction", date=NOW.date(), by="市政府", text="请研究落实。")
    document_outcomes.add_outcome(desk, "D00", signed, by=BY, now=NOW)
    draft = {"title": str(rows()[0]["title"]), "text": rows()[0]["text"]}
    sign_in(office, "xinxi.yi", Role.INFORMANT, name="信息员一", unit="第二联络站")
    run = office.post("/api/v1/check", json=draft).json()["run"]
    paths = [f"checks/{run}", "prompts/2", "documents/D00", "documents", "lookup?q=老年食堂"]
    theirs = {path: told(office, path) for path in paths}
    settle(desk, by="管理员甲", now=NOW, instructions=True)
    settled = {path: told(office, path) for path in paths}
    sign_in(office)
    for path in paths:
        readings = [theirs[path], settled[path], told(office, path)]
        assert len({name for name, _ in readings}) == len({body for _, body in readings}), path
        assert len({name for name, _ in readings}) > 1, path


def test_a_prompt_is_edited_only_as_it_was_seen(office: TestClient) -> None:
    desk = desk_of(office)
    path = "/api/v1/prompts/2"
    name = told(office, "prompts/2")[0]
    give_feedback(desk, 2, FeedbackVerdict.USEFUL, by="信息员一", now=NOW, unit="第二联络站")
    later = told(office, "prompts/2")[0]
    # What an informant says changes the page, and not what an editor may change.
    assert name != later
    assert office.post(f"{path}/edit", json={"note": "请写数字。"}, headers={"If-Match": name}).status_code == 200
    for stale in (name, later, '"x"', "0"):
        late = office.post(f"{path}/edit", json={"note": "另一说明。"}, headers={"If-Match": stale})
        assert (late.status_code, late.json()["code"]) == (412, "changed_since"), stale
    assert office.get(path).json()["prompt"]["note"] == "请写数字。"
    current = told(office, "prompts/2")[0]
    claim(desk, 2, by="信息员一", now=NOW, author="信息员一", unit="第二联络站")
    assert office.post(f"{path}/edit", json={"note": "三"}, headers={"If-Match": current}).status_code == 412
    for place, header in enumerate(("", "*", told(office, "prompts/2")[0])[::-1]):
        answer = office.post(
            f"{path}/edit", json={"note": f"说明 {place}"}, headers={"If-Match": header} if header else {}
        )
        assert answer.status_code == 200, header


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        ("edit", {"change": {"keywords": ["送餐"]}}),
        ("weigh", {"weight": 7}),
        ("merge", {"others": ["T2"]}),
        ("retire", {}),
    ],
)
def test_a_theme_is_changed_only_in_the_list_that_was_seen(
    office: TestClient, tmp_path: Path, act: str, asked: dict[str, Any]
) -> None:
    address = f"/api/v1/themes/T1/{act}"
    stale = told(office, "themes")[0]
    assert told(office, "themes?retired=true")[0].split("-")[0] == stale.split("-")[0]
    assert office.post("/api/v1/themes/T2/weigh", json={"weight": 5}).status_code == 200
    late = office.post(address, json=asked, headers={"If-Match": stale})
    assert (late.status_code, late.json()["code"]) == (412, "changed_since")
    seen = told(office, "themes")[0]
    path = tmp_path / "2026.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("养老", "老年"), encoding="utf-8")
    import_themes(desk_of(office), path)
    assert told(office, "themes")[0] != seen
    assert office.post(address, json=asked, headers={"If-Match": seen}).status_code == 412
    current = told(office, "themes")[0]
    assert office.post(address, json=asked, headers={"If-Match": current}).status_code == 200
