from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk.archives import NOW, fill, rows
from xiansuo.cli import boards, topic_pages
from xiansuo.desk.desk import Desk
from xiansuo.desk.topic_page import topic_page
from xiansuo.desk.topics import hot_topics


def test_a_line_has_one_place_a_count() -> None:
    assert boards.spark([0, 1, 4, 0]) == "·▂█·"
    assert boards.spark([0] * 12) == "·" * 12


def test_the_column_of_twelve_months_holds_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    later = NOW.replace(year=NOW.year + 1, month=3)
    boards.board(hot_topics(fill(desk, tmp_path, rows()), now=later, window="all"), as_json=False)
    out = capsys.readouterr().out
    lines = re.findall(r"[·▁▂▃▄▅▆▇█]{2,}", out)
    assert lines
    # The last text is four months old: the line ends with as many empty months.
    assert all(len(line) == 12 and line.endswith("····") and set(line) != {"·"} for line in lines)
    assert "2026-04 至 2027-03" in out


def test_a_topic_without_places_has_no_empty_line(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [{key: value for key, value in row.items() if key not in ("region", "unit")} for row in rows()]
    fill(desk, tmp_path, told)
    topic_pages.page(topic_page(desk, hot_topics(desk, now=NOW).topics[0].id, now=NOW), as_json=False)
    out = capsys.readouterr().out
    assert "关键词：" in out
    assert not any(line.endswith("：") and line != "代表材料：" for line in out.splitlines())
