"""Every kind of evaluation runs the real thing, writes what was promised, and leaves the archive alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias, get_args

import pytest

from tests import matters
from tests.conftest import NOON
from xiansuo.errors import FileUnreadable, NotFound
from xiansuo.evaluate.run import What, evaluate
from xiansuo.records import Part, Relation
from xiansuo.settings import Settings

from . import labelled

KINDS: tuple[What, ...] = get_args(What)
Ran: TypeAlias = dict[str, tuple[dict[str, Any], list[dict[str, Any]], Path]]

STATUSES = {"confirmed", "suggested", "none"}


def run(what: What, cases: list[dict[str, Any]], folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Evaluate cases; give scores and predictions."""
    data = matters.write(folder / "标注.jsonl", cases)
    archives = [labelled.archive(folder)] if what in ("pairs", "lookup") else []
    out = folder / "结果" / "预测.jsonl"
    settings = Settings(home=folder / "home")
    scores = evaluate(what, data, settings=settings, now=NOON, archives=archives, predictions=out)
    assert not settings.home.exists()
    return scores, labelled.read(out)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Run every kind once."""
    found: Ran = {}
    for what in KINDS:
        folder = tmp_path_factory.mktemp(what)
        found[what] = (*run(what, labelled.CASES[what](), folder), folder)
    return found


@pytest.mark.parametrize("what", KINDS)
def test_the_scores_are_those_of_the_referee(ran: Ran, what: What) -> None:
    scores, _, folder = ran[what]
    told = labelled.refereed(what, folder / "标注.jsonl", folder / "结果" / "预测.jsonl")
    for name, value in labelled.as_the_service_names_them(what, told).items():
        # The service rounds to four places, F1 of a relation to three.
        assert scores[name] == pytest.approx(value, abs=6e-4 if name == "f1" else 6e-5), name


@pytest.mark.parametrize("what", KINDS)
def test_every_case_has_its_line_in_order(ran: Ran, what: What) -> None:
    _, lines, _ = ran[what]
    cases = labelled.CASES[what]()
    names = [case.get("id") or f"{case['a']}|{case['b']}" for case in cases]
    whole = {place for place, case in enumerate(cases) if "id" not in case and isinstance(case["a"], dict)}
    assert [line["id"] for line in lines] == [str(i) if i in whole else name for i, name in enumerate(names)]
    assert len({line["id"] for line in lines}) == len(cases)


def test_lines_of_duplicates(ran: Ran) -> None:
    scores, lines, _ = ran["duplicates"]
    for line, case in zip(lines, labelled.duplicates(), strict=True):
        assert list(line) == ["id", "matches", "pair"]
        assert list(line["pair"]) == ["relation", "probability"]
        assert len(line["matches"]) <= 10
        for match in line["matches"]:
            assert list(match) == ["a", "relation", "probability", "status"]
            assert match["status"] in STATUSES
            assert match["relation"] in list(Relation)
            assert 0 <= match["probability"] <= 1
        if case["relation"] == "copy":
            assert line["matches"][0]["a"] == case["a"]["id"]
    assert scores["cases"] == len(lines)
    # Drafts are told by relations that the model was fitted to: nearly all must be found.
    assert scores["recall@5"] > 0.8


def test_lines_of_pairs(ran: Ran) -> None:
    scores, lines, _ = ran["pairs"]
    for line in lines:
        assert list(line) == ["id", "relation", "probability", "similarity"]
        assert line["relation"] in list(Relation)
        assert 0 <= line["similarity"] <= 1 >= line["probability"] > 0
    assert scores["auc"] > 0.7


def test_lines_of_sections(ran: Ran) -> None:
    scores, lines, _ = ran["sections"]
    for line, case in zip(lines, labelled.sections(), strict=True):
        assert list(line) == ["id", "title", *(part.value for part in Part)]
        assert line["title"] == case["title"]
        assert all(line[part.value] in case["text"] or "\n" in line[part.value] for part in Part)
    assert scores["title"] == 1
    assert scores["mean_char_f1"] > 0.8


def test_lines_of_lookup(ran: Ran) -> None:
    scores, lines, _ = ran["lookup"]
    for line, case in zip(lines, labelled.lookup(), strict=True):
        assert list(line) == ["id", "hits", "answered"]
        assert set(case["relevant"]) <= set(line["hits"])
        assert line["answered"] is bool(case["relevant"])
    assert scores == {"queries": 4, "recall@5": 1, "mrr": 1, "answered_accuracy": 1}


def test_the_same_data_gives_the_same_bytes(ran: Ran, tmp_path: Path) -> None:
    *_, folder = ran["duplicates"]
    run("duplicates", labelled.duplicates(), tmp_path)
    name = Path("结果") / "预测.jsonl"
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize(
    ("what", "field"),
    [
        *(("duplicates", each) for each in ("id", "a", "b", "relation")),
        *(("pairs", each) for each in ("a", "b")),
        *(("sections", each) for each in ("id", "text")),
        *(("lookup", each) for each in ("id", "query", "relevant")),
    ],
)
def test_a_case_that_lacks_a_field_is_told(tmp_path: Path, what: What, field: str) -> None:
    cases = labelled.CASES[what]()[:1]
    del cases[0][field]
    with pytest.raises(FileUnreadable, match=rf"标注\.jsonl .*缺少“{field}”"):
        run(what, cases, tmp_path)


@pytest.mark.parametrize(
    ("what", "field", "value"),
    [
        ("duplicates", "relation", "重复"),
        ("duplicates", "a", "S2024-001"),
        ("duplicates", "b", "S2024-001"),
        ("pairs", "label", "相同"),
        ("lookup", "relevant", "甲-01"),
    ],
)
def test_a_field_that_holds_what_it_cannot_is_told(tmp_path: Path, what: What, field: str, value: str) -> None:
    with pytest.raises(FileUnreadable, match=rf"标注\.jsonl .*“{field}”不对"):
        run(what, [labelled.CASES[what]()[0] | {field: value}], tmp_path)


def test_an_earlier_text_without_a_number_is_told(tmp_path: Path) -> None:
    (case, *_) = labelled.duplicates()
    del case["a"]["id"]
    with pytest.raises(FileUnreadable, match="缺少“id”"):
        run("duplicates", [case], tmp_path)


def test_a_pair_of_a_document_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="没有编号为“无此稿”"):
        run("pairs", [{"a": "无此稿", "b": "甲-01", "label": 0}], tmp_path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "没有案例"),
        (b"\n \r\n", "没有案例"),
        (b"{}\n[1]\n", "第 2 行不是 JSON"),
        (b'\n{"id": ', "第 2 行不是 JSON"),
        ("编号,正文\n".encode(), "第 1 行不是 JSON"),
        ("编号".encode("gb18030"), "读不了"),
    ],
)
@pytest.mark.parametrize("what", KINDS)
def test_a_file_without_cases_is_told(tmp_path: Path, what: What, data: bytes, reason: str) -> None:
    (tmp_path / "标注.jsonl").write_bytes(data)
    with pytest.raises(FileUnreadable, match=reason):
        evaluate(what, tmp_path / "标注.jsonl", settings=Settings(home=tmp_path / "home"), now=NOON)
    with pytest.raises(FileUnreadable, match="读不了"):
        evaluate(what, tmp_path / "没有.jsonl", settings=Settings(home=tmp_path / "home"), now=NOON)


def test_odd_line_ends_within_a_text_end_no_line(tmp_path: Path) -> None:
    text = "修路灯\n路灯坏了。\u2028没人管。\x85建议：修好它。"
    lines = [json.dumps({"id": str(i), "text": text}, ensure_ascii=False) for i in range(2)]
    (tmp_path / "标注.jsonl").write_bytes("\r\n".join(["\ufeff" + lines[0], lines[1], ""]).encode())
    scores = evaluate("sections", tmp_path / "标注.jsonl", settings=Settings(home=tmp_path / "home"), now=NOON)
    assert scores["texts"] == 2
