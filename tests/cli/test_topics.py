"""Topics on the command line: pictures, changes and what an editor does to them, in words a person reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.desk.archives import NOW, rows

from .conftest import Run

AT = ("--now", NOW.isoformat())
BY = ("--by", "编辑甲", *AT)


@pytest.fixture
def topics(quick: None, xiansuo: Run, tmp_path: Path) -> list[str]:  # noqa: ARG001 - the encoder comes first
    """Import two matters and tell the ids of their topics, hottest first."""
    path = tmp_path / "来稿.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows()), encoding="utf-8")
    assert xiansuo("import", path).status == 0
    return [topic["id"] for topic in xiansuo("topics", *AT, "--json").data["topics"]]


def test_one_topic_is_told_with_its_months_and_texts(topics: list[str], xiansuo: Run) -> None:
    told = xiansuo("topics", "show", topics[0], *AT).out
    for label in ("热度", "关键词", "每月篇数", "代表材料"):
        assert label in told


def test_a_page_and_a_picture_are_drawn(topics: list[str], xiansuo: Run, tmp_path: Path) -> None:
    assert len(topics) == 2
    page = tmp_path / "图" / "热点.html"
    assert xiansuo("topics", "draw", page, *AT).status == 0
    assert "<svg" in page.read_text(encoding="utf-8")
    drawn = xiansuo("topics", "draw", tmp_path / "热点.png", "--timeline", *AT)
    assert (tmp_path / "热点.png").is_file() or "字体" in drawn.err
    wrong = xiansuo("topics", "draw", tmp_path / "热点.gif", *AT)
    assert wrong.status != 0
    assert "html" in wrong.err


def test_a_picture_that_cannot_be_written_says_so(topics: list[str], xiansuo: Run, tmp_path: Path) -> None:
    assert topics
    (tmp_path / "占用").write_text("文件", encoding="utf-8")
    ran = xiansuo("topics", "draw", tmp_path / "占用" / "热点.html", *AT)
    assert ran.status != 0
    assert "写不到" in ran.err


def test_edits_are_told_listed_and_undone(topics: list[str], xiansuo: Run) -> None:
    first, second = topics
    assert "还没有人修改过" in xiansuo("topics", "edits").out
    assert "改名为“食堂办不下去”" in xiansuo("topics", "rename", first, "食堂办不下去", *BY).out
    assert "食堂办不下去" in xiansuo("topics", *AT).out
    assert "置顶" in xiansuo("topics", "pin", second, *BY).out
    assert "★" in xiansuo("topics", *AT).out
    assert "隐藏" in xiansuo("topics", "hide", first, *BY).out
    assert "编辑隐藏了 1 个热点" in xiansuo("topics", *AT).out
    assert "（已隐藏）" in xiansuo("topics", "show", first, *AT).out
    assert "已撤销" in xiansuo("topics", "undo", "3", *BY).out
    listed = xiansuo("topics", "edits").out
    assert all(f"第 {number} 号修改" in listed for number in (1, 2, 3))
    assert len(xiansuo("topics", "edits", "--json").data) == 3


def test_merges_and_splits_stand_in_log_and_diff(topics: list[str], xiansuo: Run) -> None:
    first, second = topics
    members = xiansuo("topics", "show", first, *AT, "--json").data["topic"]["members"]
    assert "并入" in xiansuo("topics", "merge", first, second, *BY).out
    xiansuo("topics", *AT)
    assert "拆出 1 篇" in xiansuo("topics", "split", second, members[0], *BY).out
    xiansuo("topics", *AT)
    told = xiansuo("topics", "log").out
    assert "第一次" in told
    assert "并入 1" in told
    runs = [run["run"] for run in xiansuo("topics", "log", "--json").data]
    assert len(runs) == 3
    changed = xiansuo("topics", "diff", runs[2], runs[0]).out
    assert "2 个热点变为 2 个" in changed
    assert first in changed
    anew = xiansuo("topics", "anew", *AT).out
    assert "2 个热点变为 2 个，其中 2 个没有变化" in anew


def test_a_run_is_kept_and_what_was_shortened_says_so(
    topics: list[str], xiansuo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert topics
    monkeypatch.setenv("XIANSUO_TOPIC_RUNS", "2")
    first = xiansuo("topics", "log", "--json").data[0]["run"]
    assert f"{first} 已保留" in xiansuo("topics", "keep", first, *BY).out
    for day in range(2, 5):
        xiansuo("topics", "--now", f"2026-11-0{day}")
    told = xiansuo("topics", "log")
    assert "编辑甲 保留" in told.out.replace("\n", "")
    assert "已精简的只留这一行" in told.out
    last, _, gone, kept = (run["run"] for run in xiansuo("topics", "log", "--json").data)
    assert kept == first
    assert xiansuo("topics", "diff", kept, last).status == 0
    refused = xiansuo("topics", "diff", gone, last)
    assert refused.status != 0
    assert "已经精简" in refused.err.replace("\n", "")
    assert "不再保留" in xiansuo("topics", "keep", first, "--off", *BY).out


def test_themes_head_their_topics(xiansuo: Run, at_demo: None, demo_home: Path, tmp_path: Path) -> None:  # noqa: ARG001
    told = xiansuo("topics", "--window", "year", "-n", "60", "--by-theme", "--now", "2026-10-31").out
    assert "【各自成题】" in told
    assert told.count("【") > 3


def test_an_empty_home_says_what_to_do(quick: None, xiansuo: Run, tmp_path: Path) -> None:  # noqa: ARG001
    assert "还没有计算过热点" in xiansuo("topics", "log").out
    assert xiansuo("topics", "draw", tmp_path / "空.html").status == 0
    shutil.rmtree(tmp_path / "空", ignore_errors=True)


def test_what_is_in_no_topic_is_listed_with_what_is_nearest(topics: list[str], xiansuo: Run) -> None:
    assert topics
    told = xiansuo("topics", "loose", *AT).out
    assert "单独一事" in told or "暂不归类" in told
    assert {each["state"] for each in xiansuo("topics", "loose", "--state", "isolated", *AT, "--json").data} <= {
        "isolated"
    }
    assert xiansuo("topics", "loose", "--state", "丢了", *AT).status != 0


def test_where_all_have_a_topic_it_is_said(quick: None, xiansuo: Run) -> None:  # noqa: ARG001
    assert "每一篇都归入了热点" in xiansuo("topics", "loose").out
