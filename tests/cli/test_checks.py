"""A check on the command line: coloured, kept, opened again, cut, written to a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters

from .conftest import Run

DRAFT = f"{matters.LIFT['title']}\n{matters.LIFT['text']}"


@pytest.mark.usefixtures("stored")
def test_a_check_is_kept_and_opened_again(xiansuo: Run) -> None:
    assert "还没有查过重" in xiansuo("check", "--history").out
    made = xiansuo("check", "--json", stdin=DRAFT.encode()).data
    again = xiansuo("check", "--run", made["run"], "--json").data
    assert again == made
    cut = xiansuo("check", "--run", made["run"], "--threshold", "0.5", "--json").data
    assert cut["threshold"] == 0.5
    assert len(cut["matches"]) < len(made["matches"])
    assert cut == xiansuo("check", "--threshold", "0.5", "--json", stdin=DRAFT.encode()).data | {"run": made["run"]}
    (past,) = xiansuo("check", "--history", "--json", "--limit", "1").data
    assert past["title"] == made["title"]
    assert made["run"] in xiansuo("check", "--history").out


@pytest.mark.usefixtures("stored")
def test_colours_reasons_and_numbers_are_shown(xiansuo: Run) -> None:
    shown = xiansuo("check", stdin=f"{DRAFT}\n电话13812345678。".encode()).out
    assert "红 100% 见 1" in shown
    assert "已遮盖" in shown
    assert "13812345678" not in shown
    assert "最可能是" in shown.replace("\n", "")


@pytest.mark.usefixtures("stored")
def test_brackets_in_a_text_are_text(xiansuo: Run) -> None:
    assert "[bold]" in xiansuo("check", "--title", "电梯[bold]", stdin=DRAFT.encode()).out


@pytest.mark.usefixtures("stored")
def test_reports_are_written_beside_each_other(xiansuo: Run, tmp_path: Path) -> None:
    drafts = matters.write(
        tmp_path / "待查.jsonl", [{"title": row["title"], "text": row["text"]} for row in matters.ALL[:2]]
    )
    assert xiansuo("check", drafts, "--save-as", tmp_path / "报告.html").status == 0
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["报告-1.html", "报告-2.html"]
    one = xiansuo("check", "--save-as", tmp_path / "一篇.docx", stdin=DRAFT.encode())
    assert (tmp_path / "一篇.docx").read_bytes().startswith(b"PK")
    assert "一篇.docx" in one.err


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--run", "check-20200101-0123456789"), "没有编号为"),
        (("--save-as", "报告.pdf"), "不能存成“pdf”"),
        (("--threshold", "1.5"), "threshold"),
    ],
)
def test_what_cannot_be_done_is_told(xiansuo: Run, words: tuple[str, ...], reason: str) -> None:
    ran = xiansuo("check", *words, stdin=DRAFT.encode())
    assert ran.status != 0
    assert reason in ran.err
