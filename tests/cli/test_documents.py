"""Documents on the command line: listed, shown, corrected, withdrawn, restored, with what became of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters

from .conftest import Run

LIFT = matters.LIFT["id"]


@pytest.fixture(autouse=True)
def _stored(quick: None, xiansuo: Run, tmp_path: Path) -> None:  # noqa: ARG001 - the encoder comes first
    assert xiansuo("import", matters.write(tmp_path / "早先.jsonl", matters.ALL)).status == 0


def test_documents_are_listed_and_narrowed_and_paged(xiansuo: Run) -> None:
    ran = xiansuo("documents", "list", "-n", "4")
    assert "甲-06" in ran.out
    assert "--cursor" in ran.err
    first = xiansuo("documents", "list", "-n", "4", "--json").data
    rest = xiansuo("documents", "list", "-n", "4", "--cursor", first["next"], "--json").data
    assert len({each["id"] for each in (*first["items"], *rest["items"])}) == 6
    found = xiansuo("documents", "list", "电梯 维修金", "--year", "2025", "--json").data
    assert [each["id"] for each in found["items"]] == [LIFT]
    assert "没有这样的材料" in xiansuo("documents", "list", "--withdrawn").out


def test_a_document_is_corrected_shown_and_put_back(xiansuo: Run, tmp_path: Path) -> None:
    body = tmp_path / "正文.txt"
    body.write_text("地下车库的排水泵坏了半年，建议尽快更换。", encoding="utf-8")
    made = xiansuo("documents", "correct", LIFT, "--title", "排水泵", "--text", body, "--by", "编辑甲", "--json").data
    assert (made["version"], made["title"], made["unit"]) == (2, "排水泵", matters.LIFT["unit"])
    shown = xiansuo("documents", "show", LIFT).out
    assert "第 2 版" in shown
    assert matters.LIFT["title"] in shown
    back = xiansuo("documents", "put-back", LIFT, "1", "--by", "编辑甲", "--json").data
    assert (back["version"], back["text"]) == (3, matters.LIFT["text"])


def test_a_document_is_withdrawn_and_restored(xiansuo: Run) -> None:
    assert "已撤下" in xiansuo("documents", "withdraw", LIFT, "--by", "编辑甲").out
    assert LIFT in xiansuo("documents", "list", "--withdrawn").out
    assert "在档" in xiansuo("documents", "restore", LIFT, "--by", "编辑甲").out


def test_outcomes_are_put_down_and_taken_back(xiansuo: Run) -> None:
    words = ("documents", "outcome", LIFT, "--adopted", "省级", "--date", "2025-06-01", "--by", "编辑甲")
    assert "省级采用" in xiansuo(*words).out
    assert "未见采用" in xiansuo(*words, "--take-back").out
    replied = xiansuo("documents", "outcome", LIFT, "--reply", "已解决", "--office", "住建局", "--by", "甲", "--json")
    assert replied.data["replies"][0]["department"] == "住建局"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "没有"), "没有编号为"),
        (("correct", LIFT, "--unit", "x"), "没有写明是谁"),
        (("correct", LIFT, "--title", "", "--by", "甲"), "不对"),
        (("correct", LIFT, "--date", "昨天", "--by", "甲"), "看不懂"),
        (("outcome", LIFT, "--by", "甲"), "中的一个"),
        (("list", "--cursor", "x"), "翻页的标记不对"),
    ],
)
def test_what_cannot_be_done_is_told(xiansuo: Run, words: tuple[str, ...], says: str) -> None:
    ran = xiansuo("documents", *words)
    assert ran.status != 0
    assert says in ran.err
