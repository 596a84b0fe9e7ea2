"""Small labelled data of every kind, taken from the demo corpus, and a referee's scores where one is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import corpus, matters
from tests.measuring import measuring
from xiansuo.records import Relation

NOTHING_FITS = "南极科考船员的签证"


def document(id: str) -> dict[str, Any]:
    """Take a document of the demo corpus, with what a case tells of it."""
    row = next(row for row in corpus.rows("documents.jsonl") if row["id"] == id)
    return {name: row[name] for name in ("id", "title", "text", "unit", "date", "kind") if row.get(name)}


def duplicates() -> list[dict[str, Any]]:
    """Two pairs of every relation."""
    taken: dict[str, int] = {}
    cases: list[dict[str, Any]] = []
    for row in corpus.rows("gold/pairs.jsonl"):
        taken[row["relation"]] = taken.get(row["relation"], 0) + 1
        if taken[row["relation"]] <= 2:
            pair = {"a": document(row["a"]), "b": document(row["b"])}
            cases.append({"id": f"对-{len(cases):02d}", "relation": row["relation"], **pair})
    return cases


def pairs() -> list[dict[str, Any]]:
    """Pairs as ids and as whole texts, with an id of their own or without."""
    good = {Relation.COPY, Relation.SAME_MATTER}
    cases: list[dict[str, Any]] = []
    for place, row in enumerate(corpus.rows("gold/pairs.jsonl")[::10]):
        case: dict[str, Any] = {"label": int(row["relation"] in good), "kind": row["relation"]}
        if place % 3 == 0:
            case |= {"id": f"比-{place}"}
        whole = place % 4 == 1
        cases.append(case | {side: document(row[side]) if whole else row[side] for side in ("a", "b")})
    return cases


def sections() -> list[dict[str, Any]]:
    """Texts whose parts were marked by hand."""
    cases = []
    for row in corpus.rows("gold/sections.jsonl")[:12]:
        whole = document(row["id"])
        parts = {part: row[part] for part in ("situation", "causes", "suggestions")}
        cases.append({"id": row["id"], "text": f"{whole['title']}\n{whole['text']}", "title": whole["title"], **parts})
    return cases


def lookup() -> list[dict[str, Any]]:
    """Questions to the office's submissions, and one that none of them answers."""
    asked = [("夜市油烟怎么管", "甲-02"), ("山区农村旱季饮水困难", "甲-04"), ("小区电梯停了没人修", "甲-01")]
    cases: list[dict[str, Any]] = [
        {"id": f"问-{place}", "query": query, "relevant": [id]} for place, (query, id) in enumerate(asked)
    ]
    return [*cases, {"id": "问-9", "query": NOTHING_FITS, "relevant": []}]


CASES = {"duplicates": duplicates, "pairs": pairs, "sections": sections, "lookup": lookup}


def archive(folder: Path) -> Path:
    """Write the documents that pairs and questions are about."""
    wanted = {case[side] for case in pairs() for side in ("a", "b") if isinstance(case[side], str)}
    rows = [document(id) for id in sorted(wanted)]
    return matters.write(folder / "档案.jsonl", [*rows, *matters.ALL])


def read(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def refereed(kind: str, labelled: Path, predictions: Path) -> dict[str, Any]:
    """Score with the referee, which shares no code with the service; skip where it is missing."""
    referee = measuring("tools/score.py")
    words = [sys.executable, str(referee), kind, str(labelled), str(predictions)]
    told: dict[str, Any] = json.loads(subprocess.run(words, capture_output=True, check=True, encoding="utf-8").stdout)
    return told


def as_the_service_names_them(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    """Give the referee's scores the service's names."""
    if kind == "duplicates":
        same = ("relation_macro_f1", "recall@5", "confirmed_precision", "confirmed_recall", "f1")
        return {name: told[name] for name in same} | {"false_alarms": told["false_alarm_rate"]}
    if kind == "pairs":
        by_kind = {name.replace("+", "").replace(" vs -", " / "): auc for name, auc in told["auc_by_kind"].items()}
        return {"auc": told["auc"], "average_precision": told["average_precision"], "auc_by_kind": by_kind}
    if kind == "sections":
        parts = {part: told[part]["char_f1"] for part in ("title", "situation", "causes", "suggestions")}
        return {"mean_char_f1": told["mean_char_f1"], **parts}
    return told
