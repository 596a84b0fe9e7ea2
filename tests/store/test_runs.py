"""Runs are kept once and can be read in part."""

from __future__ import annotations

import datetime as dt

from xiansuo.store import runs
from xiansuo.store.database import Database

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def test_one_field_of_some_runs_is_what_was_kept_of_it(database: Database) -> None:
    told = {"a": [{"id": "甲", "others": ["乙"]}], "b": [], "c": [{"id": "丙", "others": []}]}
    with database.write() as connection:
        for id, changes in told.items():
            runs.put(connection, id, "topics", NOW, {}, {}, {"changes": changes, "ground": id})
        assert runs.part(connection, ["a", "b", "x"], "changes") == {"a": told["a"], "b": []}
        assert runs.part(connection, ["c"], "ground") == {"c": "c"}
        assert runs.part(connection, [], "changes") == {}


def test_the_newest_of_a_kind_and_the_one_just_made_are_kept(database: Database) -> None:
    with database.write() as connection:
        for day in range(5):
            runs.put(connection, f"groups-{day}", "groups", NOW + dt.timedelta(days=day), {}, {}, [])
        runs.put(connection, "check-0", "check", NOW, {}, {}, [])
        runs.keep_only(connection, "groups", 3, "groups-0")
        assert [run["id"] for run in runs.asked(connection, "groups")] == ["groups-4", "groups-3", "groups-0"]
        assert runs.kind_of(connection, "check-0") == "check"
        assert runs.kind_of(connection, "groups-1") is None


def test_a_run_that_becomes_another_kind_keeps_what_was_asked(database: Database) -> None:
    with database.write() as connection:
        runs.put(connection, "topics-1", "topics", NOW, {"seq": 3}, {"encoder": "甲"}, {"named": ["长"] * 99})
        before = runs.get(connection, "topics-1")
        runs.become(connection, "topics-1", "topics.line", {"topics": 99})
        assert runs.get(connection, "topics-1") == {**(before or {}), "kind": "topics.line", "result": {"topics": 99}}
