"""Editors' changes to work themes are only ever added to; an undone one stays as history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xiansuo.records import Focus, ThemeAction, ThemeChange, ThemeEdit, WorkTheme
from xiansuo.store import theme_edits, themes
from xiansuo.store.database import Database

NOW = dt.datetime(2026, 11, 1, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def edit(**changed: Any) -> ThemeEdit:
    values = {"id": 0, "version": "2026", "action": ThemeAction.EDIT, "theme": "T01", "names": ("养老",), "at": NOW}
    change = ThemeChange(name="养老服务", focus=Focus.PUBLIC_CONCERN, keywords=("食堂",), since=dt.date(2026, 1, 1))
    return ThemeEdit.model_validate(values | {"by": "编辑甲", "change": change} | changed)


def put(database: Database, made: ThemeEdit) -> int:
    with database.write() as connection:
        return theme_edits.add(connection, made)


@pytest.mark.parametrize("action", list(ThemeAction))
def test_an_edit_comes_back_as_it_went_in(database: Database, action: ThemeAction) -> None:
    made = edit(action=action, merged=("T02", "T03"), names=("养老", "托育", "就业"), id=77)
    id = put(database, made)
    with database.read() as connection:
        assert theme_edits.get(connection, id) == made.model_copy(update={"id": id})
        assert theme_edits.get(connection, id + 1) is None


def test_an_undone_edit_stays_with_who_undid_it_first(database: Database) -> None:
    first, second = put(database, edit()), put(database, edit(theme="T02"))
    with database.write() as connection:
        theme_edits.undo(connection, first, "编辑乙", NOW)
        theme_edits.undo(connection, first, "编辑丙", NOW + dt.timedelta(days=1))
        theme_edits.undo(connection, 999, "编辑丙", NOW)
    with database.read() as connection:
        undone, standing = theme_edits.every(connection)
        assert theme_edits.standing(connection, "2026") == [standing]
    assert [undone.id, standing.id] == [first, second] == [1, 2]
    assert (undone.undone_by, undone.undone_at) == ("编辑乙", NOW)
    assert undone.undone_at is not None
    assert undone.undone_at.utcoffset() == dt.timedelta()


def test_versions_do_not_see_each_others_edits(database: Database) -> None:
    put(database, edit())
    put(database, edit(version="2025"))
    with database.read() as connection:
        assert [each.version for each in theme_edits.every(connection)] == ["2026", "2025"]
        assert [each.version for each in theme_edits.every(connection, "2025")] == ["2025"]
        assert theme_edits.standing(connection, "2024") == []


def test_a_theme_comes_back_with_its_place_and_without_what_edits_make_of_it(database: Database) -> None:
    theme = WorkTheme(
        id="T01", name="养老", version="2026", clause="办好食堂", source="报告.docx", paragraph=3, start=5, end=9
    )
    with database.write() as connection:
        themes.put(connection, "2026", [theme.model_copy(update={"retired": True, "into": "T02"})])
    with database.read() as connection:
        assert themes.read(connection) == [theme]
