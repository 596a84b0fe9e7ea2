"""The duplicate check on labelled drafts: is the earlier text found, and is the relation right?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xiansuo.desk.checking import check
from xiansuo.desk.comparing import judge_pair
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.evaluate.cases import Case, field, record, text_of, wrong
from xiansuo.records import Relation

_MATCHES = 10
_FIRST = 5
_TO_BE_FOUND = (Relation.COPY, Relation.SAME_MATTER, Relation.FOLLOW_UP, Relation.TEMPLATE_SWAP)
_TO_BE_STOPPED = (Relation.COPY, Relation.SAME_MATTER)


def predict(
    desk: Desk, cases: Sequence[Case], path: Path, *, now: dt.datetime, progress: Progress = silent
) -> list[dict[str, Any]]:
    """Check every draft `b` against the archive and judge it against its labelled `a`."""
    for case in cases:
        # Before the work, not after it.
        if field(case, "relation", path) not in list(Relation):
            raise wrong(path, "relation")
    lines = []
    for done, case in enumerate(cases, start=1):
        draft, earlier = text_of(record(case, "b", path)), text_of(record(case, "a", path))
        report = check(desk, draft.title, draft.body, now=now, limit=_MATCHES, unit=draft.unit, date=draft.date)
        pair = judge_pair(desk, draft, earlier)
        lines.append(
            {
                "id": field(case, "id", path),
                "matches": [
                    {
                        "a": match.facts.id,
                        "relation": match.judgement.relation.value,
                        "probability": match.judgement.probability,
                        "status": match.judgement.status,
                    }
                    for match in report.matches
                ],
                "pair": {"relation": pair.relation.value, "probability": pair.probability},
            }
        )
        progress("查重", done, len(cases))
    return lines


def score(cases: Sequence[Case], lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score predictions: macro-F1 of the relations, recall of the earlier text, confirmed repetitions."""
    from sklearn.metrics import f1_score

    labels = [str(case["relation"]) for case in cases]
    said = [line["pair"]["relation"] for line in lines]
    known = [each.value for each in Relation]
    found = stopped = right = wrong = to_find = to_stop = 0
    for case, line in zip(cases, lines, strict=True):
        own = str(case["a"]["id"])
        label = Relation(case["relation"])  # type: ignore[call-arg]
        confirmed = any(
            match["a"] == own and match["status"] == "confirmed" and match["relation"] in _TO_BE_STOPPED
            for match in line["matches"]
        )
        if label in _TO_BE_FOUND:
            to_find += 1
            found += own in [match["a"] for match in line["matches"][:_FIRST]]
        if label in _TO_BE_STOPPED:
            to_stop += 1
            right += confirmed
        else:
            stopped += 1
            wrong += confirmed
    scores = f1_score(labels, said, labels=known, average=None, zero_division=0.0)
    return {
        "cases": len(cases),
        "relation_macro_f1": round(float(scores.mean()), 4),
        "recall@5": round(found / max(1, to_find), 4),
        "confirmed_precision": round(right / max(1, right + wrong), 4),
        "confirmed_recall": round(right / max(1, to_stop), 4),
        "false_alarms": round(wrong / max(1, stopped), 4),
        "f1": {name: round(float(value), 3) for name, value in zip(known, scores, strict=True)},
    }
