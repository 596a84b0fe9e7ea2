"""Editors' changes to topics are only ever added to; an undone one stays as history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xiansuo.records import TopicAction, TopicEdit
from xiansuo.store import topic_edits
from xiansuo.store.database import Database

NOW = dt.datetime(2026, 11, 1, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def edit(**changed: Any) -> TopicEdit:
    values = {"id": 0, "action": TopicAction.MERGE, "topic": "t1", "documents": ("甲", "乙"), "by": "编辑甲", "at": NOW}
    return TopicEdit.model_validate(values | {"into": "t2", "into_documents": ("丙",)} | changed)


def put(database: Database, made: TopicEdit) -> int:
    with database.write() as connection:
        return topic_edits.add(connection, made)


@pytest.mark.parametrize("action", list(TopicAction))
def test_an_edit_comes_back_as_it_went_in(database: Database, action: TopicAction) -> None:
    made = edit(action=action, name="老年食堂", id=77)
    id = put(database, made)
    with database.read() as connection:
        assert topic_edits.get(connection, id) == made.model_copy(update={"id": id})
        assert topic_edits.get(connection, id + 1) is None


def test_a_moment_is_kept_in_utc(database: Database) -> None:
    id = put(database, edit())
    with database.read() as connection:
        kept = topic_edits.get(connection, id)
    assert kept is not None
    assert (kept.at.utcoffset(), kept.at.hour) == (dt.timedelta(), 12)


def test_an_undone_edit_stays_with_who_undid_it_first(database: Database) -> None:
    first, second = put(database, edit()), put(database, edit(topic="t3"))
    with database.write() as connection:
        topic_edits.undo(connection, first, "编辑乙", NOW)
        topic_edits.undo(connection, first, "编辑丙", NOW + dt.timedelta(days=1))
        topic_edits.undo(connection, 999, "编辑丙", NOW)
    with database.read() as connection:
        undone, standing = topic_edits.every(connection)
    assert [undone.id, standing.id] == [first, second] == [1, 2]
    assert (undone.undone_by, undone.undone_at) == ("编辑乙", NOW)
    assert (standing.undone_by, standing.undone_at) == ("", None)


def test_what_was_undone_cannot_be_put_in_as_such(database: Database) -> None:
    id = put(database, edit(undone_at=NOW, undone_by="编辑甲"))
    with database.read() as connection:
        kept = topic_edits.get(connection, id)
    assert kept is not None
    assert kept.undone_at is None
