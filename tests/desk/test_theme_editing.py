"""What editors did to work themes is remembered, survives a new import of the version, and can be undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xiansuo.desk import theme_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.themes import import_themes, list_themes, list_versions, take_themes, themes_in_force
from xiansuo.errors import InputError, NotFound
from xiansuo.records import Focus, ThemeChange, WorkTheme

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
HEADER = "编号,名称,权重,关键词,原文条款,起始日期\n"
ROWS = [
    "T01,老年食堂,2,食堂,办好老年食堂。,2026-01-01\n",
    "T02,长期护理保险,3,护理,推进长护险。,2026-01-01\n",
    "T03,断头路,1,断头路,打通断头路。,2026-01-01\n",
]


def write(folder: Path, rows: list[str], name: str = "2026.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def listed(office: Desk, tmp_path: Path) -> Desk:
    import_themes(office, write(tmp_path, [row.replace("2026-", "2025-") for row in ROWS], "2025.csv"))
    import_themes(office, write(tmp_path, ROWS))
    return office


def one(desk: Desk, id: str, version: str | None = None) -> WorkTheme:
    return next(theme for theme in list_themes(desk, version, retired=True) if theme.id == id)


def test_a_theme_is_changed_in_its_version_alone(listed: Desk) -> None:
    change = ThemeChange(name=" 社区  食堂 ", focus=Focus.PUBLIC_CONCERN, keywords=("助餐", "助餐", " "))
    made = theme_editing.edit(listed, "T01", change, by="编辑甲", now=NOW)
    theme = one(listed, "T01")
    assert (theme.name, theme.focus, theme.keywords, theme.weight) == (
        "社区 食堂",
        Focus.PUBLIC_CONCERN,
        ("助餐",),
        2,
    )
    assert (made.version, made.names) == ("2026", ("老年食堂",))
    told = ThemeChange(keywords=("联系 13800138000",))
    assert "13800138000" not in str(theme_editing.edit(listed, "T02", told, by="编辑甲", now=NOW))
    assert one(listed, "T01", "2025").name == "老年食堂"
    theme_editing.weigh(listed, "T01", 7, by="编辑甲", now=NOW, version="2025")
    assert (one(listed, "T01").weight, one(listed, "T01", "2025").weight) == (2, 7)


def test_merged_and_retired_themes_leave_suggestions_and_stay_in_their_version(listed: Desk) -> None:
    theme_editing.merge(listed, "T01", ["T02"], by="编辑甲", now=NOW)
    theme_editing.retire(listed, "T03", by="编辑甲", now=NOW)
    assert [theme.id for theme in themes_in_force(listed, NOW.date())] == ["T01"]
    assert [theme.id for theme in list_themes(listed)] == ["T01"]
    assert [(theme.id, theme.into) for theme in list_themes(listed, retired=True)] == [
        ("T01", ""),
        ("T02", "T01"),
        ("T03", ""),
    ]
    assert one(listed, "T01").clause == "办好老年食堂。\n推进长护险。"
    newest, oldest = list_versions(listed)
    assert (newest.themes, newest.retired, newest.edits) == (1, 2, 2)
    assert (oldest.themes, oldest.retired, oldest.edits) == (3, 0, 0)


def test_a_version_whose_themes_are_all_retired_is_not_followed_by_the_older_one(listed: Desk) -> None:
    for id in ("T01", "T02", "T03"):
        theme_editing.retire(listed, id, by="编辑甲", now=NOW)
    assert themes_in_force(listed, NOW.date()) == []


def test_every_edit_can_be_undone_and_stays_in_the_log(listed: Desk) -> None:
    before = list_themes(listed)
    steps = [
        theme_editing.edit(listed, "T01", ThemeChange(name="助餐"), by="编辑甲", now=NOW),
        theme_editing.merge(listed, "T01", ["T02", "T03"], by="编辑甲", now=NOW),
        theme_editing.weigh(listed, "T01", 9, by="编辑甲", now=NOW),
        theme_editing.retire(listed, "T01", by="编辑甲", now=NOW),
    ]
    assert list_themes(listed) == []
    for step in steps:
        theme_editing.undo(listed, step.id, by="编辑乙", now=NOW)
    assert list_themes(listed) == before
    log = theme_editing.edits(listed)
    assert [(edit.id, edit.undone_by) for edit in log] == [(step.id, "编辑乙") for step in reversed(steps)]
    assert theme_editing.edits(listed, "2025") == ()


def test_the_same_list_imported_again_keeps_what_editors_did(listed: Desk, tmp_path: Path) -> None:
    theme_editing.merge(listed, "T01", ["T02"], by="编辑甲", now=NOW)
    theme_editing.weigh(listed, "T01", 9, by="编辑甲", now=NOW)
    before = list_themes(listed, retired=True)
    taken = take_themes(listed, write(tmp_path, [*ROWS, "T04,水厂,1,,,2026-01-01\n"]))
    assert (taken.edits, taken.undone) == (2, 0)
    assert [theme.id for theme in taken.themes] == ["T01", "T03", "T04"]
    assert list_themes(listed, retired=True)[:3] == before


def test_a_list_that_edits_do_not_fit_is_refused_until_that_is_wanted(listed: Desk, tmp_path: Path) -> None:
    theme_editing.weigh(listed, "T01", 9, by="编辑甲", now=NOW)
    theme_editing.weigh(listed, "T03", 8, by="编辑甲", now=NOW)
    other = write(tmp_path, ["T01,别的事,1,,,2026-01-01\n", ROWS[2]])
    with pytest.raises(InputError, match="T01 老年食堂") as refused:
        take_themes(listed, other)
    assert "--replace" in refused.value.advice
    assert [theme.name for theme in list_themes(listed)] == ["老年食堂", "长期护理保险", "断头路"]
    taken = take_themes(listed, other, replace_at=NOW)
    assert (taken.edits, taken.undone) == (1, 1)
    assert [(theme.name, theme.weight) for theme in taken.themes] == [("别的事", 1), ("断头路", 8)]
    assert [bool(edit.undone_at) for edit in theme_editing.edits(listed)] == [False, True]
    assert take_themes(listed, other, version="另一版").edits == 0


def test_what_makes_no_sense_is_refused(listed: Desk) -> None:
    def change(**told: object) -> None:
        theme_editing.edit(listed, "T01", ThemeChange.model_validate(told), by="编辑甲", now=NOW)

    theme_editing.merge(listed, "T01", ["T02"], by="编辑甲", now=NOW)
    with pytest.raises(InputError, match="已并入 T01"):
        theme_editing.weigh(listed, "T02", 3, by="编辑甲", now=NOW)
    for wrong in (0, -1, float("nan"), float("inf")):
        with pytest.raises(InputError, match="大于 0"):
            theme_editing.weigh(listed, "T01", wrong, by="编辑甲", now=NOW)
    for others in ([], ["T01"], ["T03", "T01"]):
        with pytest.raises(InputError, match="两项"):
            theme_editing.merge(listed, "T01", others, by="编辑甲", now=NOW)
    with pytest.raises(InputError, match="没有写要改什么"):
        change()
    with pytest.raises(InputError, match="断头路"):
        change(name="断头路")
    with pytest.raises(InputError, match="早于"):
        change(until="2025-12-31")
    with pytest.raises(InputError, match="名称"):
        change(name="路")
    with pytest.raises(InputError, match="关键词"):
        change(keywords=tuple(f"词{number}" for number in range(31)))
    with pytest.raises(InputError, match="是谁"):
        theme_editing.retire(listed, "T01", by=" ", now=NOW)
    for wrong_version, theme in (("2026", "T99"), ("2024", "T01")):
        with pytest.raises(NotFound):
            theme_editing.retire(listed, theme, by="编辑甲", now=NOW, version=wrong_version)
    with pytest.raises(NotFound):
        theme_editing.undo(listed, 99, by="编辑甲", now=NOW)
    assert len(theme_editing.edits(listed)) == 1


def test_nothing_is_there_to_edit_before_anything_was_imported(office: Desk) -> None:
    with pytest.raises(NotFound, match="还没有导入"):
        theme_editing.retire(office, "T01", by="编辑甲", now=NOW)
    assert theme_editing.edits(office) == ()
    assert list_versions(office) == ()
    assert list_themes(office) == []
