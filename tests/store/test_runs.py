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
