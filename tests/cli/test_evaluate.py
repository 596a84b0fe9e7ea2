"""`xiansuo evaluate` speaks to people and programs, and harms nothing that is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters
from tests.evaluate import labelled

from .conftest import Run


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """Texts whose parts were marked by hand."""
    return matters.write(tmp_path / "标注.jsonl", labelled.sections())


def test_sections_for_programs(xiansuo: Run, marked: Path, tmp_path: Path) -> None:
    ran = xiansuo("evaluate", "sections", marked, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert list(ran.data) == ["texts", "mean_char_f1", "title", "situation", "causes", "suggestions"]
    assert ran.data["texts"] == len(labelled.sections())
    assert not (tmp_path / "home").exists()


def test_sections_for_people(xiansuo: Run, marked: Path, tmp_path: Path) -> None:
    ran = xiansuo("evaluate", "sections", marked, "--predictions", tmp_path / "预测.jsonl")
    assert ran.status == 0
    for name, value in xiansuo("evaluate", "sections", marked, "--json").data.items():
        assert any(name in row and str(value) in row for row in ran.out.splitlines()), name
    assert [line["id"] for line in labelled.read(tmp_path / "预测.jsonl")] == [row["id"] for row in labelled.sections()]


@pytest.mark.usefixtures("stored")
def test_duplicates_beside_an_archive_of_ones_own(xiansuo: Run, tmp_path: Path) -> None:
    rows = [
        {
            "id": row["id"],
            "relation": "copy",
            "a": {**row, "id": f"新-{row['id']}", "title": f"再报{row['title']}"},
            "b": row,
        }
        for row in matters.ALL[:3]
    ]
    data = matters.write(tmp_path / "标注.jsonl", rows)
    before = xiansuo("lookup", "夜市油烟", "--json").data
    ran = xiansuo("evaluate", "duplicates", data, "--now", "2026-11-01", "--json")
    assert ran.status == 0
    assert (ran.data["cases"], ran.data["recall@5"], ran.data["f1"]["copy"]) == (3, 1, 1)
    people = xiansuo("evaluate", "duplicates", data, "--now", "2026-11-01")
    assert (people.status, "f1 · copy" in people.out) == (0, True)
    assert xiansuo("lookup", "夜市油烟", "--json").data["hits"] == before["hits"]


@pytest.mark.usefixtures("quick")
def test_questions_to_archives_that_are_named(xiansuo: Run, tmp_path: Path) -> None:
    data = matters.write(tmp_path / "问.jsonl", [{"id": "1", "query": matters.STALLS["title"], "relevant": ["甲-02"]}])
    files = [matters.write(tmp_path / f"{i}.jsonl", matters.ALL[i::2]) for i in (0, 1)]
    words = [word for file in files for word in ("--archive", file)]
    assert xiansuo("evaluate", "lookup", data, *words, "--json").data["recall@5"] == 1
    assert xiansuo("evaluate", "lookup", data, "--json").data["recall@5"] == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "没有案例"), ("{\n", "第 1 行不是 JSON"), ('{"id": "1"}\n', "缺少“text”")],
)
def test_what_cannot_be_measured_is_told(xiansuo: Run, tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "标注.jsonl").write_text(text, encoding="utf-8")
    ran = xiansuo("evaluate", "sections", tmp_path / "标注.jsonl")
    assert ran.status not in (0, 2)
    assert "标注.jsonl" in ran.err
    assert reason in ran.err
    assert "Traceback" not in ran.said


def test_a_kind_that_does_not_exist_is_told(xiansuo: Run, marked: Path) -> None:
    assert xiansuo("evaluate", "poems", marked).status == 2


def test_topics_are_scored_by_labels(tmp_path: Path, xiansuo: Run) -> None:
    data = matters.write(tmp_path / "材料.jsonl", matters.ALL)
    labels = matters.write(tmp_path / "标注.jsonl", [{"topic_id": "电梯", "ids": [matters.LIFT["id"]]}])
    scores = xiansuo("evaluate", "topics", data, "--labels", labels, "--json").data
    assert scores["documents"] == len(matters.ALL)
    assert scores["labelled"] == 1
