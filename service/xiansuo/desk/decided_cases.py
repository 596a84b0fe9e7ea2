"""Pairs on which editors decided, as labelled cases: to measure the service on, to calibrate it, to train on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xiansuo.dedup.relation import ABOUT_ONE_MATTER
from xiansuo.desk.desk import Desk
from xiansuo.embed.pairs import Decided
from xiansuo.store import decisions, documents
from xiansuo.store.database import reporting
from xiansuo.text.passages import read_passages


def decided_cases(desk: Desk) -> list[dict[str, Any]]:
    """Return the pairs whose decision stands as labelled cases, as `evaluate duplicates` and calibration read them.

    Pairs whose earlier document is gone are left out. Ordered by the texts: who decided in which order does not show.
    """
    with desk.database.read() as connection:
        found = [(each, documents.by_id(connection, each.decision.earlier)) for each in decisions.standing(connection)]
    return [
        {
            "id": f"{each.decision.draft[:16]}|{each.decision.earlier}",
            "relation": each.decision.relation.value,
            "a": earlier.document.model_dump(mode="json", include={"id", "title", "text", "unit", "date", "kind"}),
            "b": {
                "title": each.decision.title,
                "text": each.text,
                "unit": each.unit,
                "date": each.date.isoformat() if each.date else None,
            },
        }
        for each, earlier in found
        if earlier is not None
    ]


def decided_pairs(desk: Desk) -> list[Decided]:
    """Return the pairs whose decision stands as texts for the encoder to learn from: about one matter, or not."""
    return [
        (
            "\n".join(read_passages(case["b"]["title"], case["b"]["text"]).texts),
            "\n".join(read_passages(case["a"]["title"], case["a"]["text"]).texts),
            case["relation"] in ABOUT_ONE_MATTER,
        )
        for case in decided_cases(desk)
    ]


def export(desk: Desk, path: Path) -> int:
    """Write the decided pairs as JSON lines; the same decisions give the same bytes.

    :return: how many pairs.
    :raises HomeError: the file cannot be written.
    """
    cases = decided_cases(desk)
    lines = [json.dumps(case, ensure_ascii=False, sort_keys=True) + "\n" for case in cases]
    with reporting(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(cases)
