"""Labelled pairs: does the similarity order them as the labels do?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xiansuo.desk.comparing import Text, judge_pair, stored_text
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.evaluate.cases import Case, field, text_of, wrong


def predict(desk: Desk, cases: Sequence[Case], path: Path, *, progress: Progress = silent) -> list[dict[str, Any]]:
    """Judge every pair; `a` and `b` are texts, or ids of documents in the archive."""
    for case in cases:
        if not isinstance(case.get("label"), int | float | None):
            raise wrong(path, "label")
    lines = []
    for done, case in enumerate(cases):
        a, b = field(case, "a", path), field(case, "b", path)
        judged = judge_pair(desk, _text(desk, b), _text(desk, a))
        lines.append(
            {
                "id": name_of(case, done),
                "relation": judged.relation.value,
                "probability": judged.probability,
                "similarity": judged.similarity,
            }
        )
        progress("比对", done + 1, len(cases))
    return lines


def name_of(case: Case, place: int) -> str:
    """Name a pair: its id, or those of its two texts, or for texts that are given whole its place, 0 the first."""
    if "id" in case:
        return str(case["id"])
    return str(place) if isinstance(case["a"], dict) else f"{case['a']}|{case['b']}"


def score(cases: Sequence[Case], lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score similarity: labels from 1 up against 0, and each kind of pair against each."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    groups: dict[tuple[bool, str], list[float]] = defaultdict(list)
    for case, line in zip(cases, lines, strict=True):
        label = case.get("label")
        if label is not None:
            groups[float(label) >= 1, str(case.get("kind", label))].append(line["similarity"])
    positive = [value for (good, _), values in groups.items() if good for value in values]
    negative = [value for (good, _), values in groups.items() if not good for value in values]
    if not positive or not negative:
        return {"pairs": len(cases)}

    def auc(left: list[float], right: list[float]) -> float:
        return round(float(roc_auc_score([1] * len(left) + [0] * len(right), left + right)), 4)

    truth = [1] * len(positive) + [0] * len(negative)
    return {
        "pairs": len(cases),
        "auc": auc(positive, negative),
        "average_precision": round(float(average_precision_score(truth, positive + negative)), 4),
        "auc_by_kind": {
            f"{kind} / {other}": auc(groups[True, kind], groups[False, other])
            for good, kind in sorted(groups)
            if good
            for bad, other in sorted(groups)
            if not bad
        },
    }


def _text(desk: Desk, told: Any) -> Text:
    return text_of(told) if isinstance(told, dict) else stored_text(desk, str(told))
