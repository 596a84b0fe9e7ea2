"""Batches and groups on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters

from .conftest import Run

RESENT = {**matters.LIFT, "id": "新-1", "unit": "市政协", "date": "2026-09-01"}
OTHER_UNIT = {**matters.LIFT, "id": "新-2", "author": "信息员癸", "unit": "市总工会", "date": "2026-09-02"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good ledger and a bad file."""
    matters.write(tmp_path / "稿件" / "台账.jsonl", [RESENT, OTHER_UNIT])
    (tmp_path / "稿件" / "坏.docx").write_bytes(b"no document")
    return tmp_path / "稿件"


@pytest.mark.usefixtures("stored")
def test_a_folder_is_checked_as_a_batch(xiansuo: Run, folder: Path) -> None:
    ran = xiansuo("check", folder)
    assert ran.status == 3
    assert "成批查重：2 篇" in ran.out
    assert "多家反映同一事" in ran.out
    assert "坏.docx" in ran.out
    told = xiansuo("check", folder, "--json").data
    assert [draft["matches"][0]["facts"]["id"] for draft in told["drafts"]] == ["甲-01", "甲-01"]
    assert [pair["overlap"] for pair in told["pairs"]] == ["several_units"]


@pytest.mark.usefixtures("stored")
def test_a_ledger_of_several_drafts_is_a_batch_and_one_of_one_is_not(xiansuo: Run, tmp_path: Path) -> None:
    both = xiansuo("check", matters.write(tmp_path / "两篇.jsonl", [RESENT, OTHER_UNIT]), "--json")
    one = xiansuo("check", matters.write(tmp_path / "一篇.jsonl", [RESENT]), "--json")
    assert (both.status, len(both.data["drafts"])) == (0, 2)
    assert one.data["matches"][0]["facts"]["id"] == "甲-01"


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("name", ["结果.csv", "结果.xlsx"])
def test_the_ledger_is_written(xiansuo: Run, folder: Path, tmp_path: Path, name: str) -> None:
    ran = xiansuo("check", folder, "--save-as", tmp_path / name)
    assert name in ran.err
    assert (tmp_path / name).stat().st_size > 100


@pytest.mark.usefixtures("stored")
def test_what_cannot_be_done_is_told(xiansuo: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert "没有可以读取的文件" in xiansuo("check", tmp_path / "空").err
    ran = xiansuo("check", folder, "--save-as", tmp_path / "结果.docx")
    assert (ran.status, "不能存成" in ran.err) == (1, True)


def test_the_archives_groups_are_listed(xiansuo: Run, tmp_path: Path) -> None:
    assert "0 篇材料里没有找到重复的" in xiansuo("check", "--archive").out
    xiansuo("import", matters.write(tmp_path / "来稿.jsonl", [*matters.ALL, OTHER_UNIT]))
    shown = xiansuo("check", "--archive").out
    assert f"代表稿：{matters.LIFT['title']}" in shown
    assert "信息员甲、信息员癸" in shown
    (group,) = xiansuo("check", "--archive", "--json").data["groups"]
    assert [member["facts"]["id"] for member in group["members"]] == ["新-2"]


@pytest.mark.usefixtures("stored")
def test_documents_are_merged_and_taken_apart_again(xiansuo: Run) -> None:
    made = xiansuo("decisions", "merge", "甲-01", "甲-02", "甲-03", "--by", "编辑甲", "--json").data
    assert (made["canonical"], made["members"]) == ("甲-01", ["甲-02", "甲-03"])
    hits = xiansuo("lookup", matters.LIFT["title"], "--json").data["hits"]
    assert len(next(hit for hit in hits if hit["facts"]["id"] == "甲-01")["facts"]["contributors"]) == 3
    assert "编辑乙 已撤销" in xiansuo("decisions", "unmerge", str(made["id"]), "--by", "编辑乙").out
    assert "没有编号为“甲-99”" in xiansuo("decisions", "merge", "甲-01", "甲-99", "--by", "编辑甲").err
