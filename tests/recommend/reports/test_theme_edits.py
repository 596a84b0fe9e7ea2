"""Edits are done to a list again and again with the same outcome, and only to the tasks that they mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xiansuo.recommend.reports.theme_edits import edited, fits
from xiansuo.records import Focus, ThemeAction, ThemeChange, ThemeEdit, WorkTheme

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
FOOD = WorkTheme(id="1", name="老年食堂", weight=2, keywords=("食堂",), clause="办好食堂", since=dt.date(2026, 1, 1))
CARE = WorkTheme(id="2", name="长护险", weight=3, keywords=("护理", "食堂"), clause="推进长护险")
ROAD = WorkTheme(id="3", name="断头路", clause="打通断头路", since=dt.date(2026, 6, 1), until=dt.date(2026, 9, 1))
ALL = [FOOD, CARE, ROAD]


def edit(action: ThemeAction, theme: str, *merged: str, **change: Any) -> ThemeEdit:
    names = {each.id: each.name for each in ALL}
    told = {"merged": merged, "names": tuple(names.get(id, "?") for id in (theme, *merged))}
    return ThemeEdit(
        id=1, version="2026", action=action, theme=theme, change=ThemeChange(**change), by="编辑甲", at=NOW, **told
    )


def test_what_is_not_named_stays() -> None:
    changed, *others = edited(ALL, [edit(ThemeAction.EDIT, "1", name="社区食堂", focus=Focus.PUBLIC_CONCERN)])
    assert (changed.name, changed.focus, changed.weight, changed.keywords) == (
        "社区食堂",
        Focus.PUBLIC_CONCERN,
        2,
        ("食堂",),
    )
    assert others == ALL[1:]


def test_merged_themes_have_the_words_and_clauses_of_all() -> None:
    merged, care, road = edited(ALL, [edit(ThemeAction.MERGE, "1", "2", "3")])
    assert merged.keywords == ("食堂", "护理")
    assert merged.clause.split("\n") == ["办好食堂", "推进长护险", "打通断头路"]
    assert (merged.weight, merged.since, merged.until) == (3, None, None)
    assert [(each.retired, each.into) for each in (care, road)] == [(True, "1"), (True, "1")]
    assert not merged.retired


def test_days_of_merged_themes_reach_from_the_first_to_the_last() -> None:
    food = FOOD.model_copy(update={"until": dt.date(2026, 12, 31)})
    merged, *_ = edited([food, ROAD], [edit(ThemeAction.MERGE, "1", "3")])
    assert (merged.since, merged.until) == (food.since, food.until)


def test_edits_are_done_in_order_and_a_retired_theme_keeps_its_place() -> None:
    steps = [edit(ThemeAction.MERGE, "1", "2"), edit(ThemeAction.WEIGH, "1", weight=9), edit(ThemeAction.RETIRE, "3")]
    made = edited(ALL, steps)
    assert [each.id for each in made] == ["1", "2", "3"]
    assert [each.weight for each in made] == [9, 3, 1]
    assert [each.retired for each in made] == [False, True, True]
    assert edited(ALL, steps) == made


def test_an_edit_of_a_theme_that_is_gone_changes_nothing() -> None:
    assert edited(ALL, [edit(ThemeAction.RETIRE, "9")]) == ALL
    merged, *_ = edited([FOOD], [edit(ThemeAction.MERGE, "1", "2")])
    assert merged.keywords == FOOD.keywords


def test_an_edit_fits_a_list_that_has_all_its_themes_under_their_names() -> None:
    merging = edit(ThemeAction.MERGE, "1", "2")
    assert fits(merging, ALL)
    assert not fits(merging, [FOOD, ROAD])
    assert not fits(merging, [FOOD, CARE.model_copy(update={"name": "别的事"})])
