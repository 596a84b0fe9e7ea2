"""Writing prompts on the command line, from proposal to outcome, in words a person reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.desk.archives import NOW, rows

from .conftest import Run

AT = ("--now", NOW.isoformat())
BY = ("--by", "编辑甲", *AT)
HIM = ("--by", "信息员乙", *AT)
DRAFT = "走访发现社区老年食堂每天就餐不足三十人，送餐没有人手，补贴一年没到位。建议按人次补贴。"


@pytest.fixture
def archive(quick: None, xiansuo: Run, tmp_path: Path) -> None:  # noqa: ARG001 - the encoder comes first
    """Two matters, and a list of themes."""
    path = tmp_path / "来稿.jsonl"
    told = [{**row, "adoptions": [{"level": "city"}]} if row["id"] == "D00" else row for row in rows()]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in told), encoding="utf-8")
    assert xiansuo("import", path).status == 0
    themes = tmp_path / "2026.csv"
    themes.write_text("编号,名称,关键词\nT3,低空经济,无人机、起降点\n", encoding="utf-8")
    assert xiansuo("themes", "import", themes).status == 0


@pytest.fixture
def number(archive: None, xiansuo: Run) -> str:  # noqa: ARG001 - the archive comes first
    """A published prompt's number."""
    made = xiansuo("prompts", "propose", *BY, "--json").data["prompts"]
    one = str(made[0]["number"])
    assert xiansuo("prompts", "approve", one, *BY).status == 0
    ran = xiansuo("prompts", "publish", one, "--deadline", "2026-11-20", *BY)
    assert "已发布，截止 2026-11-20" in ran.out
    return one


def line(xiansuo: Run, number: str) -> Any:
    return xiansuo("prompts", "show", number, *AT, "--json").data["line"]


def test_a_batch_is_told_and_the_next_one_says_what_it_left_out(archive: None, xiansuo: Run) -> None:
    assert archive is None
    assert "没有这样的选题" in xiansuo("prompts", "list", *AT).out
    assert "还没有选题" in xiansuo("prompts", "log").out
    first = xiansuo("prompts", "propose", *BY).out
    assert "条待审" in first
    assert "待审" in xiansuo("prompts", "list", "--state", "待审", *AT).out
    again = xiansuo("prompts", "propose", *BY).out
    assert "提出 0 条待审" in again
    assert "同一条线索" in again
    assert xiansuo("prompts", "list", "--theme", "低空经济", *AT, "--json").data


def test_a_life_is_lived_and_told(number: str, xiansuo: Run, tmp_path: Path) -> None:
    edited = xiansuo("prompts", "edit", number, "--title", "食堂怎么办", "--note", "请走访", *BY).out
    assert f"第 {number} 号选题《食堂怎么办》" in edited
    assert "信息员乙（已认领）" in xiansuo("prompts", "claim", number, "--unit", "第一站", *HIM).out
    second = xiansuo("prompts", "claim", number, "--by", "信息员丙", *AT)
    assert second.status == 1
    assert "已由“信息员乙”" in second.err
    file = tmp_path / "稿.txt"
    file.write_text(f"食堂怎么办\n{DRAFT}", encoding="utf-8")
    checked = xiansuo("prompts", "check", number, file, *HIM).out
    assert "已查重" in checked
    piped = xiansuo("prompts", "check", number, "-", *HIM, "--json", stdin=DRAFT.encode("gb18030"))
    assert piped.data["claims"][0]["check"]["run"].startswith("check-")
    assert "已报送" in xiansuo("prompts", "submit", number, "--document", "D00", *HIM).out
    assert "没有新的采用情况" not in xiansuo("prompts", "outcome", *BY).out
    assert "没有新的采用情况" in xiansuo("prompts", "outcome", *BY).out
    assert line(xiansuo, number)["state"] == "closed"
    assert "已报送" in xiansuo("prompts", "undo", number, *BY).out
    assert "已有结果" in xiansuo("prompts", "outcome", number, "--not-adopted", *BY).out
    told = xiansuo("prompts", "show", number, *AT).out
    for word in ("来源：热点", "角度", "编辑说明", "可用题目", "认领", "没有采用", "经过", "撤销"):
        assert word in told
    assert "《食堂怎么办》" not in told.split("可用题目")[1]
    evidence, covered = told.split("依据：")[1].split("认领：")[0].partition("另有材料：")[::2]
    assert "D00" in evidence + covered
    assert (evidence + covered).count("D00，") + (evidence + covered).count("D00）") == 1
    assert [event["action"] for event in xiansuo("prompts", "log", number, "--json").data] == [
        *("outcome", "undo", "outcome", "submit", "check", "check", "claim", "edit", "publish", "approve", "propose")
    ]
    assert "登记结果" in xiansuo("prompts", "log").out


def test_claims_are_given_up_and_prompts_withdrawn(number: str, xiansuo: Run) -> None:
    xiansuo("prompts", "claim", number, "--author", "信息员乙", *BY)
    assert "已发布" in xiansuo("prompts", "release", number, *HIM).out
    assert "撤回" in xiansuo("prompts", "withdraw", number, *BY).out
    assert "已发布" not in xiansuo("prompts", "claim", number, *HIM).out
    refused = xiansuo("prompts", "claim", number, *HIM)
    assert (refused.status, "“撤回”，不能认领" in refused.err) == (1, True)


def test_a_commission_and_what_is_overdue_are_marked(number: str, xiansuo: Run) -> None:
    assert "约 信息员乙" in xiansuo("prompts", "publish", number, "--to", "信息员乙", *BY).out
    assert [each["number"] for each in xiansuo("prompts", "list", "--informant", "信息员乙", *AT, "--json").data] == [
        int(number)
    ]
    assert xiansuo("prompts", "edit", number, "--to-all", *BY, "--json").data["commissioned"] == []
    late = xiansuo("prompts", "list", "--overdue", "--now", "2026-12-01")
    assert "（已过）" in late.out
    assert xiansuo("prompts", "list", "--overdue", *AT, "--json").data == []


def test_feedback_is_kept(number: str, xiansuo: Run) -> None:
    assert "不适合我" in xiansuo("prompts", "feedback", number, "不适合我", "--note", "不熟", *HIM).out
    assert xiansuo("prompts", "feedback", number, "useful", *HIM, "--json").data["verdict"] == "useful"
    assert "信息员乙：有用" in xiansuo("prompts", "show", number, *AT).out


def test_the_list_of_the_month_is_written(number: str, xiansuo: Run, tmp_path: Path) -> None:
    path = tmp_path / "清单.docx"
    ran = xiansuo("prompts", "export", path, "--office", "汐州市政协", "--month", "2026-11", *AT)
    assert "1 条" in ran.err
    assert docx.Document(str(path)).paragraphs[0].text.startswith("汐州市政协")
    again = xiansuo("prompts", "export", path, "--number", number, *AT, "--json")
    assert again.data == {"prompts": [int(number)], "file": str(path)}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("approve", "1", "--by", " "), "没有写明是谁审定的"),
        (("approve", "1"), "--by"),
        (("approve", "99", "--by", "甲"), "没有第 99 号选题"),
        (("show", "9" * 20), "number"),
        (("export", "清单.docx", "--number", "9" * 20), "--number"),
        (("approve", "1", "--by", "甲"), "不能审定"),
        (("publish", "1", "--deadline", "明天", "--by", "甲"), "看不懂"),
        (("submit", "1", "--by", "甲"), "还没有人认领"),
        (("outcome", "1", "--level", "街道", "--by", "甲"), "没有“街道”这一级"),
        (("outcome", "--level", "city", "--by", "甲"), "要写选题的编号"),
        (("feedback", "1", "很好", "--by", "甲"), "没有“很好”这种反馈"),
        (("list", "--state", "完成"), "没有“完成”这种状态"),
        (("export", "清单.pdf"), "不能存成"),
        (("export", "清单.docx", "--month", "2026-09"), "没有可以列入清单"),
        (("export", "清单.docx", "--month", "九月"), "看不懂"),
    ],
)
def test_what_makes_no_sense_is_told_in_chinese(number: str, xiansuo: Run, words: tuple[str, ...], reason: str) -> None:
    before = xiansuo("prompts", "log", "--json").data
    ran = xiansuo("prompts", *(number if word == "1" else word for word in words))
    assert ran.status in (1, 2)
    assert reason in ran.err
    assert "Traceback" not in ran.said
    assert xiansuo("prompts", "log", "--json").data == before
