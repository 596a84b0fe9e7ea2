"""Work themes on the command line: a report taken in, looked at, edited, in words a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import shipped
from tests.reports import REVIEW, TITLE, report

from .conftest import Run

BY = ("--by", "编辑甲", "--now", "2026-03-01")


@pytest.fixture
def imported(xiansuo: Run) -> Run:
    assert xiansuo("themes", "import", shipped("work-report-2026.txt"), "--version", "2026").status == 0
    return xiansuo


def test_a_report_is_told_as_a_table_with_the_paragraphs(xiansuo: Run) -> None:
    ran = xiansuo("themes", "import", shipped("work-report-2026.txt"), "--version", "2026", "--most", "12")
    assert ran.status == 0
    for said in ("编号", "聚焦", "权重", "出处段", "从工作报告里拆出", "没有留下"):
        assert said in ran.out
    assert len(xiansuo("themes", "list", "--json").data) == 12


def test_programs_get_all_of_it(xiansuo: Run) -> None:
    taken = xiansuo("themes", "import", shipped("work-report-2026.txt"), "--version", "2026", "--json").data
    assert taken == xiansuo("themes", "list", "--json").data
    text = shipped("work-report-2026.txt").read_text(encoding="utf-8")
    assert all(text[theme["start"] : theme["end"]] == theme["clause"] for theme in taken)
    (version,) = xiansuo("themes", "versions", "--json").data
    assert version["themes"] == len(taken)


def test_an_editor_edits_and_undoes(imported: Run) -> None:
    assert (
        imported("themes", "edit", "001", "--name", "重点项目", "--focus", "中心大局", "--keyword", "项目", *BY).status
        == 0
    )
    assert "权重改为 8" in imported("themes", "weigh", "001", "8", *BY).out
    assert "002、003 并入 001" in imported("themes", "merge", "001", "002", "003", *BY).out
    assert "停用" in imported("themes", "retire", "004", *BY).out
    shown = imported("themes", "list", "--all").out
    assert "已并入" in shown
    assert "停用" in shown
    listed = {theme["id"]: theme for theme in imported("themes", "list", "--json").data}
    assert not {"002", "003", "004"} & listed.keys()
    assert (listed["001"]["name"], listed["001"]["weight"]) == ("重点项目", 8)
    log = imported("themes", "log").out
    assert [f"第 {number} 号修改" in log for number in range(1, 5)] == [True] * 4
    assert "已撤销" in imported("themes", "undo", "4", *BY).out
    assert "004" in {theme["id"] for theme in imported("themes", "list", "--json").data}
    assert [edit["action"] for edit in imported("themes", "log", "--json").data] == ["retire", "merge", "weigh", "edit"]
    assert "停用或并入 2 项，修改 3 次" in imported("themes", "versions").out


def test_an_import_that_would_lose_edits_says_what_to_do(imported: Run) -> None:
    imported("themes", "weigh", "100", "8", *BY)
    refused = imported("themes", "import", shipped("work-report-2026.txt"), "--version", "2026", "--most", "3")
    assert refused.status != 0
    assert "--replace" in refused.err
    again = imported("themes", "import", shipped("work-report-2026.txt"), "--version", "2026")
    assert "1 次修改仍然有效" in again.out
    replaced = imported(
        "themes", "import", shipped("work-report-2026.txt"), "--version", "2026", "--most", "3", "--replace"
    )
    assert "已撤销" in replaced.out


def test_what_is_wrong_is_told_in_chinese(xiansuo: Run, tmp_path: Path) -> None:
    path = tmp_path / "回顾.txt"
    path.write_text(report(TITLE, REVIEW, ["一年来，" + "各项事业取得新的进步，" * 9] * 9), encoding="utf-8")
    for words in (
        ("import", path),
        ("import", tmp_path / "没有.docx"),
        ("list", "--version", "2020"),
        ("retire", "001", *BY),
        ("undo", "9", *BY),
        ("edit", "001", "--focus", "别的", *BY),
    ):
        ran = xiansuo("themes", *words)
        assert ran.status != 0
        assert any("\u4e00" <= letter <= "\u9fff" for letter in ran.err), words
    assert "还没有中心工作清单" in xiansuo("themes", "versions").out
    assert "还没有人修改过" in xiansuo("themes", "log").out
