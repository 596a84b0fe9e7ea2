"""Decisions are only ever added to, and the last that is not undone counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xiansuo.records import Decision, Document, Relation, Sections, Verdict
from xiansuo.store import decisions, documents
from xiansuo.store.database import Database

NOW = dt.datetime(2026, 11, 1, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def put(database: Database, **changed: Any) -> int:
    values: dict[str, Any] = {
        "id": 0,
        "draft": "稿",
        "title": "路灯坏了",
        "earlier": "S1",
        "earlier_fingerprint": "旧",
        "verdict": Verdict.REJECTED,
        "relation": Relation.DISTINCT,
        "machine_relation": Relation.SAME_MATTER,
        "machine_probability": 0.8125,
        "by": "编辑甲",
        "at": NOW,
        **changed,
    }
    with database.write() as connection:
        decided = decisions.Decided(Decision.model_validate(values), "巷口路灯坏了。", "望潮区", dt.date(2026, 10, 3))
        return decisions.add(connection, decided)


def standing(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as connection:
        found = [each.decision for each in decisions.standing(connection)]
    return [(each.draft, each.earlier, each.by) for each in found]


def test_a_decision_comes_back_as_it_went_in(database: Database) -> None:
    id = put(database)
    with database.read() as connection:
        kept = decisions.get(connection, id)
        (decided,) = decisions.standing(connection)
        assert decisions.about(connection, "稿") == decisions.about(connection, "旧") == [kept]
        assert decisions.about(connection, "别的") == []
        assert decisions.get(connection, id + 1) is None
    assert kept is not None
    assert kept == decided.decision
    assert (kept.verdict, kept.relation, kept.machine_relation) == (Verdict.REJECTED, Relation.DISTINCT, "same_matter")
    assert (kept.machine_probability, kept.by, kept.at) == (0.8125, "编辑甲", NOW)
    assert (decided.text, decided.unit, decided.date) == ("巷口路灯坏了。", "望潮区", dt.date(2026, 10, 3))


def test_a_moment_is_kept_in_utc(database: Database) -> None:
    id = put(database)
    with database.read() as connection:
        kept = decisions.get(connection, id)
    assert kept is not None
    assert (kept.at.utcoffset(), kept.at.hour) == (dt.timedelta(), 12)


def test_the_last_that_is_not_undone_counts(database: Database) -> None:
    put(database, by="甲")
    put(database, by="丙", earlier="S0")
    last = put(database, by="乙")
    assert standing(database) == [("稿", "S0", "丙"), ("稿", "S1", "乙")]
    with database.write() as connection:
        decisions.undo(connection, last, "丁", NOW)
        decisions.undo(connection, last, "戊", NOW)
        undone = decisions.get(connection, last)
    assert undone is not None
    assert (undone.undone_by, undone.undone_at) == ("丁", NOW)
    assert standing(database) == [("稿", "S0", "丙"), ("稿", "S1", "甲")]
    with database.read() as connection:
        assert [each.by for each in decisions.latest(connection, 10)] == ["乙", "丙", "甲"]
        assert [each.by for each in decisions.latest(connection, 1, earlier="S1")] == ["乙"]
        assert [each.by for each in decisions.latest(connection, 9, draft="稿", earlier="S0")] == ["丙"]


def test_a_number_is_never_given_twice(database: Database) -> None:
    assert [put(database), put(database), put(database)] == [1, 2, 3]


def test_the_earlier_title_is_the_documents_own_and_its_loss_loses_no_decision(database: Database) -> None:
    id = put(database)
    record = Document.model_validate({"id": "S1", "title": "路灯", "text": "路灯坏了三个月。"})
    with database.write() as connection:
        (number,) = documents.add(connection, [(record, Sections(rule="whole"))], "run-1")
        known = decisions.get(connection, id)
        documents.remove(connection, number)
        gone = decisions.get(connection, id)
    assert known is not None
    assert gone is not None
    assert (known.earlier_title, gone.earlier_title) == ("路灯", "")
