"""An editor's decisions on the command line: told in Chinese, kept, and undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import matters

from .conftest import Run

pytestmark = pytest.mark.usefixtures("quick")
LIFT = matters.LIFT["id"]


@pytest.fixture
def draft(xiansuo: Run, tmp_path: Path) -> Path:
    """A draft that repeats what is in the archive."""
    xiansuo("import", matters.write(tmp_path / "来稿.jsonl", matters.ALL))
    path = tmp_path / "稿.txt"
    path.write_text(f"电梯没有人维护\n{matters.LIFT['text']}", encoding="utf-8")
    return path


def decided(xiansuo: Run, draft: Path) -> Any:
    matches = xiansuo("check", draft, "--json").data["matches"]
    return next(each for each in matches if each["facts"]["id"] == LIFT)["decision"]


def test_a_match_is_rejected_listed_and_brought_back(xiansuo: Run, draft: Path) -> None:
    assert "还没有判过" in xiansuo("decisions", "list").out
    said = xiansuo("decisions", "reject", draft, LIFT, "--by", "编辑甲")
    assert said.status == 0
    assert all(word in said.out for word in ("第 1 号", "不是重复", "编辑甲"))
    assert decided(xiansuo, draft)["verdict"] == "rejected"
    listed = xiansuo("decisions", "list")
    assert all(word in listed.out for word in ("不是重复", "文字重复", "编辑甲", LIFT))
    undone = xiansuo("decisions", "undo", "1", "--by", "编辑乙")
    assert "编辑乙 已撤销" in undone.out
    assert decided(xiansuo, draft) is None
    (kept,) = xiansuo("decisions", "list", "--json").data
    assert (kept["verdict"], kept["by"], kept["undone_by"]) == ("rejected", "编辑甲", "编辑乙")


def test_a_match_is_accepted_and_relabelled_by_either_name_of_a_relation(xiansuo: Run, draft: Path) -> None:
    by = ("--by", "编辑甲", "--json")
    assert xiansuo("decisions", "accept", draft, LIFT, *by).data["relation"] == "copy"
    assert xiansuo("decisions", "relabel", draft, LIFT, "续报", *by).data["relation"] == "follow_up"
    assert xiansuo("decisions", "relabel", draft, LIFT, "template_swap", *by).data["verdict"] == "relabelled"
    assert xiansuo("decisions", "reject", draft, LIFT, "--relation", "同主题", *by).data["relation"] == "related"
    assert len(xiansuo("decisions", "list", "--earlier", LIFT, "--json").data) == 4
    assert xiansuo("decisions", "list", "--earlier", "甲-02", "--json").data == []


def test_a_piped_draft_is_the_same_draft(xiansuo: Run, draft: Path) -> None:
    piped = draft.read_text(encoding="utf-8").encode("gb18030")
    assert xiansuo("decisions", "reject", "-", LIFT, "--by", "编辑甲", stdin=piped).status == 0
    assert decided(xiansuo, draft)["by"] == "编辑甲"
    assert xiansuo("decisions", "undo", "-", LIFT, "--by", "编辑甲", stdin=piped).status == 0
    assert decided(xiansuo, draft) is None


def test_the_day_can_be_given(xiansuo: Run, draft: Path) -> None:
    made = xiansuo("decisions", "reject", draft, LIFT, "--by", "编辑甲", "--now", "2026-11-01", "--json").data
    assert made["at"].startswith("2026-11-01")
    undone = xiansuo("decisions", "undo", draft, LIFT, "--by", "编辑甲", "--now", "2026-11-02", "--json").data
    assert undone["undone_at"].startswith("2026-11-02")


def test_decisions_are_written_as_labelled_cases(xiansuo: Run, draft: Path, tmp_path: Path) -> None:
    xiansuo("decisions", "relabel", draft, LIFT, "follow_up", "--by", "编辑甲")
    file = tmp_path / "判断.jsonl"
    assert "1 对" in xiansuo("decisions", "export", file).err
    (case,) = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert (case["relation"], case["a"]["id"]) == ("follow_up", LIFT)
    scores = xiansuo("evaluate", "duplicates", file, "--no-adapt", "--json")
    assert (scores.status, scores.data["cases"]) == (0, 1)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("reject", "{draft}", LIFT), "没有写明是谁判的"),
        (("accept", "{draft}", "甲-99", "--by", "甲"), "没有编号为“甲-99”"),
        (("relabel", "{draft}", LIFT, "抄袭", "--by", "甲"), "没有“抄袭”这种关系"),
        (("reject", "{draft}", LIFT, "--relation", "copy", "--by", "甲"), "矛盾"),
        (("reject", "没有.txt", LIFT, "--by", "甲"), "没有.txt"),
        (("accept", "check-20260101-0000000000", LIFT, "--by", "甲"), "没有编号为“check-20260101-0000000000”"),
        (("undo", "7", "--by", "甲"), "没有第 7 号判断"),
        (("undo", "{draft}", LIFT, "--by", "甲"), "还没有判过"),
        (("undo", "{draft}", "--by", "甲"), "撤销要写判断的编号"),
        (("export", "{draft}/判断.jsonl"), "文件夹"),
    ],
)
def test_what_cannot_be_decided_is_told_in_chinese(
    xiansuo: Run, draft: Path, words: tuple[str, ...], reason: str
) -> None:
    ran = xiansuo("decisions", *(word.format(draft=draft) for word in words))
    assert ran.status in (1, 2)
    assert reason in ran.err
    assert "Traceback" not in ran.said
    assert xiansuo("decisions", "list", "--json").data == []
