"""The section parser against texts whose parts were marked by hand."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xiansuo.desk.parsing import parse
from xiansuo.evaluate.cases import Case, field
from xiansuo.records import Part

_FIELDS = ("title", *(part.value for part in Part))


def predict(cases: Sequence[Case], path: Path) -> list[dict[str, Any]]:
    """Find the parts of every text; its first line is the title."""
    return [{"id": field(case, "id", path), **parse(str(field(case, "text", path)))} for case in cases]


def score(cases: Sequence[Case], lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score by characters: F1 of the matching blocks of each part, blanks left out."""
    found = {
        name: [_agreement(case.get(name), line[name]) for case, line in zip(cases, lines, strict=True)]
        for name in _FIELDS
    }
    means = {name: round(sum(values) / len(values), 4) for name, values in found.items()}
    return {"texts": len(cases), "mean_char_f1": round(sum(means.values()) / len(means), 4), **means}


def _agreement(left: object, right: str) -> float:
    a, b = ("".join(str(each or "").split()) for each in (left, right))
    if not a or not b:
        return float(a == b)
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(a) + len(b))
