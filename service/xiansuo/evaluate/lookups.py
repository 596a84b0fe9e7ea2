"""Lookup on labelled questions: is what fits found, and is it said when nothing fits?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.desk.looking import lookup
from xiansuo.desk.progress import Progress, silent
from xiansuo.evaluate.cases import Case, field, wrong

_HITS = 10
_FIRST = 5


def predict(desk: Desk, cases: Sequence[Case], path: Path, *, progress: Progress = silent) -> list[dict[str, Any]]:
    """Look every question up."""
    for case in cases:
        if not isinstance(field(case, "relevant", path), list):
            raise wrong(path, "relevant")
    lines = []
    for done, case in enumerate(cases, start=1):
        found = lookup(desk, str(field(case, "query", path)), limit=_HITS)
        hits = [hit.facts.id for hit in found.hits]
        lines.append({"id": field(case, "id", path), "hits": hits, "answered": found.answered})
        progress("查一查", done, len(cases))
    return lines


def score(cases: Sequence[Case], lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score recall among the first five hits, mean reciprocal rank, and whether it was rightly answered."""
    recall = rank = right = asked = 0.0
    for case, line in zip(cases, lines, strict=True):
        wanted = {str(id) for id in case["relevant"]}
        right += line["answered"] == bool(wanted)
        if wanted:
            asked += 1
            recall += len(wanted & set(line["hits"][:_FIRST])) / min(_FIRST, len(wanted))
            rank += next((1 / place for place, id in enumerate(line["hits"], start=1) if id in wanted), 0.0)
    return {
        "queries": len(cases),
        "recall@5": round(recall / max(1.0, asked), 4),
        "mrr": round(rank / max(1.0, asked), 4),
        "answered_accuracy": round(right / len(cases), 4),
    }
