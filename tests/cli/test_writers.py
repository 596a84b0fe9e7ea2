"""Who could write, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import prompts
from tests.desk.archives import rows
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings

from .conftest import Run

AT = ("--now", "2026-11-01")


@pytest.mark.usefixtures("at_demo")
def test_writers_are_told_with_reasons(xiansuo: Run) -> None:
    ran = xiansuo("writers", "老年食堂亏损", "--name", "没有这个人", "-n", "2", *AT)
    assert ran.status == 0
    for told in ("信息员", "单位", "有关材料", "可用 --limit 多列", "没有这个人：档案里没有其报送的材料"):
        assert told in ran.out
    data = xiansuo("writers", "老年食堂亏损", "-n", "2", "--json", *AT).data
    assert [each["rank"] for each in data["informants"]] == [1, 2]
    assert data["asked"] == "“老年食堂亏损”"


@pytest.mark.usefixtures("at_demo")
def test_a_call_without_a_question_says_what_is_missing(xiansuo: Run) -> None:
    ran = xiansuo("writers")
    assert ran.status == 1
    assert "只给一样" in ran.err
    assert "没有编号或名称为“T99”" in xiansuo("writers", "--theme", "T99").err


@pytest.mark.usefixtures("quick")
def test_a_prompt_is_told_with_a_commission(xiansuo: Run, tmp_path: Path) -> None:
    path = tmp_path / "来稿.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows()), encoding="utf-8")
    assert xiansuo("import", path).status == 0
    with Desk(Settings()) as desk:
        number = str(prompts.published(desk))
    told = xiansuo("writers", "--prompt", number, *AT)
    data = xiansuo("writers", "--prompt", number, "--json", *AT).data
    assert data["commission"] == [each["name"] for each in data["informants"][:3]]
    assert f"prompts publish {number} --to {data['commission'][0]}" in told.out
