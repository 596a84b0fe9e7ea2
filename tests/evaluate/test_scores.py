"""Scores against what one reckons by hand, and against a referee where one is at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import matters
from xiansuo.evaluate import duplicates, lookups, pairs, sections
from xiansuo.records import Relation

from . import labelled

Rows = list[dict[str, Any]]


def case(relation: str, number: int) -> dict[str, Any]:
    return {"id": str(number), "relation": relation, "a": {"id": f"早-{number}", "text": f"路灯坏了{number}天"}}


def line(number: int, said: str, *matches: tuple[str, str, str]) -> dict[str, Any]:
    told = [{"a": a, "relation": relation, "probability": 0.9, "status": status} for a, relation, status in matches]
    return {"id": str(number), "pair": {"relation": said}, "matches": told}


OTHERS = tuple((f"别-{i}", "related", "none") for i in range(5))
DRAFTS: Rows = [
    case(*each) for each in (("copy", 0), ("copy", 1), ("same_matter", 2), ("follow_up", 3), ("distinct", 4))
]
CHECKED: Rows = [
    line(0, "copy", ("早-0", "copy", "confirmed")),
    # Found too late, and never stopped.
    line(1, "same_matter", *OTHERS, ("早-1", "copy", "suggested")),
    line(2, "same_matter", ("别-0", "copy", "confirmed"), ("早-2", "same_matter", "confirmed")),
    # Confirmed as what it is not.
    line(3, "same_matter", ("早-3", "copy", "confirmed")),
    # Confirmed, but not as a repetition.
    line(4, "distinct", ("早-4", "template_swap", "confirmed")),
]
PAIRS: Rows = [
    {"id": "0", "label": 1, "kind": "同"},
    {"id": "1", "label": 2, "kind": "续"},
    {"id": "2", "label": 0, "kind": "异"},
    {"id": "3", "label": 0, "kind": "远"},
]
LIKE: Rows = [{"id": str(i), "similarity": value} for i, value in enumerate((0.9, 0.4, 0.6, 0.1))]
MARKED: Rows = [
    {"id": "0", "title": "修路灯", "situation": "路灯 坏了\n三个月", "causes": "", "suggestions": "修好它"},
    {"id": "1", "title": "修水管", "situation": "水管裂了", "causes": "", "suggestions": ""},
]
PARTED: Rows = [
    {"id": "0", "title": "修路灯", "situation": "路灯坏了", "causes": "没人管", "suggestions": "修\n好 它"},
    {"id": "1", "title": "修水管", "situation": "水管裂了", "causes": "", "suggestions": ""},
]
ASKED: Rows = [{"id": str(i), "relevant": relevant} for i, relevant in enumerate((["甲", "乙"], ["丙"], [], []))]
ANSWERED: Rows = [
    {"id": "0", "hits": ["丁", "甲"], "answered": True},
    {"id": "1", "hits": [], "answered": False},
    {"id": "2", "hits": [], "answered": False},
    {"id": "3", "hits": ["甲"], "answered": True},
]


def test_duplicates() -> None:
    scores = duplicates.score(DRAFTS, CHECKED)
    assert scores["cases"] == 5
    assert scores["recall@5"] == 0.75
    assert scores["confirmed_precision"] == scores["confirmed_recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert scores["false_alarms"] == 0.5
    f1 = {"copy": 0.667, "same_matter": 0.5, "distinct": 1}
    assert scores["f1"] == {each.value: f1.get(each.value, 0) for each in Relation}
    assert scores["relation_macro_f1"] == pytest.approx((2 / 3 + 0.5 + 1) / 7, abs=1e-4)


def test_pairs() -> None:
    assert pairs.score(PAIRS, LIKE) == {
        "pairs": 4,
        "auc": 0.75,
        "average_precision": round((1 + 2 / 3) / 2, 4),
        "auc_by_kind": {"同 / 异": 1, "同 / 远": 1, "续 / 异": 0, "续 / 远": 1},
    }


def test_pairs_of_one_label_or_none_have_no_order() -> None:
    for labels in ([1, 1], [0, 0], [None, None]):
        assert pairs.score([{"label": each} for each in labels], [{"similarity": 0.5}] * 2) == {"pairs": 2}


def test_sections() -> None:
    situation = round((8 / 11 + 1) / 2, 4)
    assert sections.score(MARKED, PARTED) == {
        "texts": 2,
        "mean_char_f1": round((1 + situation + 0.5 + 1) / 4, 4),
        "title": 1,
        "situation": situation,
        "causes": 0.5,
        "suggestions": 1,
    }


def test_lookups() -> None:
    assert lookups.score(ASKED, ANSWERED) == {"queries": 4, "recall@5": 0.25, "mrr": 0.25, "answered_accuracy": 0.5}


@pytest.mark.parametrize(
    ("kind", "score", "cases", "lines"),
    [
        ("duplicates", duplicates.score, DRAFTS, CHECKED),
        ("pairs", pairs.score, PAIRS, LIKE),
        ("sections", sections.score, MARKED, PARTED),
        ("lookup", lookups.score, ASKED, ANSWERED),
    ],
)
def test_the_referee_says_the_same(
    kind: str, score: Callable[[Rows, Rows], dict[str, Any]], cases: Rows, lines: Rows, tmp_path: Path
) -> None:
    files = matters.write(tmp_path / "标注.jsonl", cases), matters.write(tmp_path / "预测.jsonl", lines)
    scores = score(cases, lines)
    for name, value in labelled.as_the_service_names_them(kind, labelled.refereed(kind, *files)).items():
        # The service rounds to four places, F1 of a relation to three.
        assert scores[name] == pytest.approx(value, abs=6e-4 if name == "f1" else 1e-4), name
